#include "client/camera/camera_options.h"

#include <algorithm>

#include "client/resources.h"

namespace batchwright::client {

Result<CameraOptions> camera_options(const std::vector<std::string>& cameras,
                                     const std::vector<std::string>& checks) {
  CameraOptions options;
  for (const auto& text : cameras) {
    auto source = vision::camera_from_text(text);
    if (!source) return std::unexpected(source.error());
    const bool twice = std::ranges::find(options.sources, source->id, &vision::CameraSource::id) !=
                       options.sources.end();
    if (twice)
      return fail(ErrorCode::kMalformed, "This camera is named twice. Name it once.", source->id);
    options.sources.push_back(std::move(*source));
  }
  options.checks = {resources_folder() / "checks"};
  for (const auto& folder : checks) options.checks.emplace_back(folder);
  return options;
}

std::filesystem::path vision_program() {
  return program_beside("batchwright-vision");
}

}  // namespace batchwright::client
