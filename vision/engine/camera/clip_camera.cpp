// A clip played by frames: each look is the next one, however long it took, so that a clip gives
// the same frames on every machine. It ends with its last frame.
#include <sys/stat.h>

#include <cmath>
#include <opencv2/videoio.hpp>

#include "vision/engine/camera/camera.h"
#include "vision/engine/camera/picture_folder.h"
#include "vision/engine/internal/picture.h"

namespace batchwright::vision {

namespace {

constexpr double kFolderFramesPerS = 25;

// Frames in their order; null after the last one.
class Reel {
 public:
  Reel() = default;
  virtual ~Reel() = default;
  Reel(const Reel&) = delete;
  Reel& operator=(const Reel&) = delete;
  [[nodiscard]] virtual Result<void> rewind() = 0;
  [[nodiscard]] virtual Result<Shot> next() = 0;  // without a frame after the last one
  [[nodiscard]] virtual double frames_per_s() const = 0;
};

class FolderReel final : public Reel {
 public:
  explicit FolderReel(PictureFolder folder) : folder_(std::move(folder)) {}

  [[nodiscard]] Result<void> rewind() override {
    auto names = folder_.names();
    if (!names) return std::unexpected(names.error());
    names_ = std::move(*names);
    at_ = 0;
    return {};
  }
  [[nodiscard]] Result<Shot> next() override {
    Shot shot;
    if (at_ == names_.size()) return shot;
    shot.picture = names_[at_++];
    auto frame = folder_.load(shot.picture);
    if (!frame) return std::unexpected(frame.error());
    shot.frame = std::move(*frame);
    return shot;
  }
  [[nodiscard]] double frames_per_s() const override { return kFolderFramesPerS; }

 private:
  PictureFolder folder_;
  std::vector<std::string> names_;
  std::size_t at_ = 0;
};

class VideoReel final : public Reel {
 public:
  explicit VideoReel(std::string path) : path_(std::move(path)) {}

  [[nodiscard]] Result<void> rewind() override {
    try {
      if (video_.open(path_, cv::CAP_FFMPEG)) return {};
    } catch (const cv::Exception&) {
      video_.release();
    }
    return fail(ErrorCode::kUnreadable, "The clip can't be read.", path_);
  }
  [[nodiscard]] Result<Shot> next() override {
    Shot shot;
    cv::Mat picture;
    try {
      if (!video_.read(picture) || picture.empty()) return shot;
    } catch (const cv::Exception&) {
      return fail(ErrorCode::kMalformed, "The clip is damaged.", path_);
    }
    auto frame = frame_of(picture);
    if (!frame) return std::unexpected(frame.error());
    shot.frame = std::make_shared<const Frame>(std::move(*frame));
    return shot;
  }
  [[nodiscard]] double frames_per_s() const override { return video_.get(cv::CAP_PROP_FPS); }

 private:
  std::string path_;
  cv::VideoCapture video_;
};

class ClipCamera final : public Camera {
 public:
  ClipCamera(const CameraSource& source, std::unique_ptr<Reel> reel)
      : id_(source.id), reel_(std::move(reel)) {
    const double rate = source.frames_per_s > 0 ? source.frames_per_s : reel_->frames_per_s();
    if (std::isfinite(rate) && rate >= 1) due_ms_ = static_cast<int>(std::lround(1000 / rate));
  }

  [[nodiscard]] Result<void> begin() {
    begun_ = false;
    current_ = {};
    if (auto rewound = reel_->rewind(); !rewound) return rewound;
    auto first = reel_->next();
    if (!first) return std::unexpected(first.error());
    if (!first->frame) return fail(ErrorCode::kNotFound, "The clip has no frames.");
    ahead_ = std::move(*first);
    return {};
  }

  [[nodiscard]] CameraState state() const override {
    CameraState state;
    state.id = id_;
    state.open = true;
    state.width = ahead_.frame ? ahead_.frame->width : 0;
    state.height = ahead_.frame ? ahead_.frame->height : 0;
    return state;
  }

  [[nodiscard]] Result<Shot> take(Turn turn) override {
    if (turn == Turn::kFirst && begun_)
      if (auto again = begin(); !again) return std::unexpected(again.error());
    begun_ = true;
    if (ahead_.frame) {
      current_ = std::move(ahead_);
      ahead_ = {};
      auto next = reel_->next();
      // A clip with a damaged frame isn't shown as if that frame had not been there.
      if (!next) return std::unexpected(next.error());
      ahead_ = std::move(*next);
    }
    if (!current_.frame) return fail(ErrorCode::kMalformed, "The clip is damaged.");
    current_.ended = !ahead_.frame;
    current_.due_ms = due_ms_;
    return current_;
  }

 private:
  std::string id_;
  std::unique_ptr<Reel> reel_;
  int due_ms_ = 40;
  bool begun_ = false;
  Shot current_, ahead_;
};

}  // namespace

Result<std::unique_ptr<Camera>> open_clip_camera(const CameraSource& source) {
  struct stat facts{};
  if (::stat(source.path.c_str(), &facts) != 0)
    return fail(ErrorCode::kNotFound, "The clip can't be found.", source.path);
  std::unique_ptr<Reel> reel;
  if (S_ISDIR(facts.st_mode)) {
    auto folder = PictureFolder::open(source.path);
    if (!folder) return std::unexpected(folder.error());
    reel = std::make_unique<FolderReel>(std::move(*folder));
  } else if (S_ISREG(facts.st_mode)) {
    reel = std::make_unique<VideoReel>(source.path);
  } else {
    return fail(ErrorCode::kUnreadable, "A clip is a file or a folder of frames.", source.path);
  }
  if (auto ready = reel->rewind(); !ready) return std::unexpected(ready.error());
  auto camera = std::make_unique<ClipCamera>(source, std::move(reel));
  if (auto begun = camera->begin(); !begun) return std::unexpected(begun.error());
  return camera;
}

}  // namespace batchwright::vision
