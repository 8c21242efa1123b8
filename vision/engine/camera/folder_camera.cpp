// A folder that shows one picture until it is told to go on.
#include <algorithm>

#include "vision/engine/camera/camera.h"
#include "vision/engine/camera/picture_folder.h"

namespace batchwright::vision {

namespace {

class FolderCamera final : public Camera {
 public:
  FolderCamera(std::string id, PictureFolder folder)
      : id_(std::move(id)), folder_(std::move(folder)) {}

  [[nodiscard]] CameraState state() const override {
    CameraState state;
    state.id = id_;
    state.open = true;
    return state;
  }

  [[nodiscard]] Result<Shot> take(Turn turn) override {
    const auto names = folder_.names();
    if (!names) return std::unexpected(names.error());
    if (names->empty()) return fail(ErrorCode::kNotFound, "The folder has no picture.");
    const auto name = chosen(*names, turn);
    auto frame = folder_.load(name);
    current_ = name;  // also of a damaged one: the next is the one after
    if (!frame) return std::unexpected(frame.error());
    Shot shot;
    shot.frame = std::move(*frame);
    shot.picture = name;
    shot.ended = name == names->back();
    return shot;
  }

 private:
  [[nodiscard]] std::string chosen(const std::vector<std::string>& names, Turn turn) const {
    if (turn == Turn::kFirst || current_.empty()) return names.front();
    // One that was taken away gives its place to the next.
    const auto at = turn == Turn::kNext ? std::ranges::upper_bound(names, current_)
                                        : std::ranges::lower_bound(names, current_);
    return at == names.end() ? names.back() : *at;
  }

  std::string id_;
  PictureFolder folder_;
  std::string current_;
};

}  // namespace

Result<std::unique_ptr<Camera>> open_folder_camera(const CameraSource& source) {
  auto folder = PictureFolder::open(source.path);
  if (!folder) return std::unexpected(folder.error());
  return std::make_unique<FolderCamera>(source.id, std::move(*folder));
}

}  // namespace batchwright::vision
