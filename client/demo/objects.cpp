#include "client/demo/objects.h"

#include <algorithm>

namespace batchwright::client {

namespace {

// What lies there, time after time.
const std::vector<std::string>& objects_at(const std::string& path) {
  static const std::map<std::string, std::vector<std::string>> objects = {
      {"weigh/identify-tris", {"label-expired", "label-good"}},
      {"compound/read-ph", {"ph-7.52", "ph-7.46", "ph-7.39"}},
      {"filter-assembly/lay-out", {"filter-reversed", "layout-good"}},
      {"filter-assembly/open-in-order", {"clamps-swapped", "clamps-right"}},
  };
  static const std::vector<std::string> none;
  const auto found = objects.find(path);
  return found == objects.end() ? none : found->second;
}

std::vector<std::filesystem::path> pictures_in(const std::filesystem::path& folder) {
  constexpr std::size_t kPicturesMax = 1000;
  std::vector<std::filesystem::path> pictures;
  std::error_code ignored;
  for (const auto& item : std::filesystem::directory_iterator(folder, ignored))
    if (item.path().extension() == ".png" && pictures.size() < kPicturesMax)
      pictures.push_back(item.path());
  std::ranges::sort(pictures);
  return pictures;
}

}  // namespace

Result<void> Objects::put(const std::string& step, const std::string& camera) {
  const auto path = step.substr(0, step.rfind('#'));
  const auto& objects = objects_at(path);
  const auto source = std::ranges::find(cameras_, camera, &vision::CameraSource::id);
  if (objects.empty() || source == cameras_.end() || source->kind != vision::CameraKind::kFolder)
    return fail(ErrorCode::kNotFound, "The story puts nothing before this camera.", step);
  const auto& object = objects[std::min(shown_[path]++, objects.size() - 1)];
  const auto pictures = pictures_in(folder_ / object);
  if (pictures.empty())
    return fail(ErrorCode::kNotFound, "The pictures of this object are missing.", object);
  const std::filesystem::path place = source->path;
  std::error_code error;
  std::filesystem::create_directories(place, error);
  for (const auto& old : pictures_in(place)) std::filesystem::remove(old, error);
  for (const auto& picture : pictures) {
    std::filesystem::copy_file(picture, place / picture.filename(),
                               std::filesystem::copy_options::overwrite_existing, error);
    if (error) return fail(ErrorCode::kIo, "A picture could not be put there.", place.string());
  }
  return {};
}

}  // namespace batchwright::client
