#include "client/camera/check_library.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "client/file.h"

namespace batchwright::client {

namespace {

constexpr std::string_view kSuffix = ".check.json";

std::vector<std::filesystem::path> check_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error))
    if (at->path().filename().string().ends_with(kSuffix)) files.push_back(at->path());
  // Which ones are known must not depend on how the folder lists them.
  std::ranges::sort(files);
  if (files.size() > CheckLibrary::kFilesMax) files.resize(CheckLibrary::kFilesMax);
  return files;
}

}  // namespace

void CheckLibrary::add_folder(const std::filesystem::path& folder) {
  for (const auto& path : check_files(folder)) {
    auto bytes = load_file(path, vision::kCheckBytesMax);
    if (!bytes) {
      spdlog::warn("check file {} can't be read", path.filename().string());
      continue;
    }
    auto reading = vision::check_from_json(*bytes);
    if (!reading.check) {
      spdlog::warn("check file {} has errors", path.filename().string());
      continue;
    }
    const auto challenge = folder / "challenges" / reading.check->id;
    std::error_code ignored;
    const bool has_set = std::filesystem::is_regular_file(challenge / "manifest.json", ignored);
    const auto hash = reading.check->sha256_hex;
    checks_.insert_or_assign(
        hash, KnownCheck{std::make_shared<const std::string>(std::move(*bytes)),
                         std::move(*reading.check), has_set ? challenge : std::filesystem::path()});
  }
}

const KnownCheck* CheckLibrary::find(const std::string& sha256_hex) const {
  const auto found = checks_.find(sha256_hex);
  return found == checks_.end() ? nullptr : &found->second;
}

}  // namespace batchwright::client
