#include "vision/challenge/challenge_folder.h"

#include <fmt/format.h>

#include <fstream>
#include <opencv2/imgcodecs.hpp>

#include "base/bytes.h"
#include "base/sha256.h"

namespace batchwright::vision::challenge {

namespace {

Result<std::string> png_of(const Frame& frame) {
  try {
    std::vector<std::uint8_t> bytes;
    const int type = frame.format == PixelFormat::kGrey ? CV_8UC1 : CV_8UC3;
    const cv::Mat picture(frame.height, frame.width, type,
                          const_cast<std::uint8_t*>(frame.bytes.data()),  // NOLINT(*-const-cast)
                          frame.stride);
    if (cv::imencode(".png", picture, bytes, {cv::IMWRITE_PNG_COMPRESSION, 3}))
      return std::string(bytes.begin(), bytes.end());
  } catch (const cv::Exception&) {
    // told below
  }
  return fail(ErrorCode::kIo, "A picture could not be encoded.");
}

Result<void> prepare(const FolderFacts& facts) {
  std::error_code error;
  std::filesystem::create_directories(facts.folder, error);
  if (error || !std::filesystem::is_directory(facts.folder, error))
    return fail(ErrorCode::kIo, "This folder can't be made.", facts.folder.string());
  if (!std::filesystem::is_empty(facts.folder, error) || error)
    return fail(ErrorCode::kConflict, "This folder holds something already; name an empty one.",
                facts.folder.string());
  return {};
}

Result<ChallengeCase> save_case(DrawnCase drawn, const FolderFacts& facts, int number) {
  auto& asked = drawn.asked;
  asked.id = fmt::format("{:06}", number);
  asked.split = facts.split;
  for (std::size_t i = 0; i < drawn.frames.size(); ++i) {
    const auto name = fmt::format("{}-{}.png", asked.id, i + 1);
    const auto png = png_of(drawn.frames[i]);
    if (!png) return std::unexpected(png.error());
    if (auto saved = save_whole(facts.folder / name, *png); !saved)
      return std::unexpected(saved.error());
    asked.images.push_back({name, to_hex(sha256(*png))});
  }
  return std::move(asked);
}

}  // namespace

Result<void> save_whole(const std::filesystem::path& path, std::string_view bytes) {
  auto beside = path;
  beside += ".part";
  std::error_code error;
  {
    std::ofstream file(beside, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.flush();
    if (!file) error = std::make_error_code(std::errc::io_error);
  }
  if (!error) std::filesystem::rename(beside, path, error);
  if (error) return fail(ErrorCode::kIo, "This file could not be written.", path.string());
  return {};
}

Result<std::string> write_challenge(const SceneKind& kind, const FolderFacts& facts) {
  if (auto ready = prepare(facts); !ready) return std::unexpected(ready.error());
  ChallengeManifest manifest;
  manifest.id = kind.name;
  manifest.made = facts.date;
  manifest.generator = kind.about;
  manifest.seed = std::to_string(facts.seed);
  for (int number = 0; number < facts.count; ++number) {
    auto written = save_case(kind.draw(facts.seed, number, facts.frames), facts, number);
    if (!written) return std::unexpected(written.error());
    manifest.cases.push_back(std::move(*written));
  }
  if (auto saved = save_whole(facts.folder / "check.json", file_of(kind.check())); !saved)
    return std::unexpected(saved.error());
  const auto text = file_of(manifest);
  // What can't be read again is told now, not when it is needed.
  if (const auto again = manifest_from_json(text); !again.manifest)
    return fail(ErrorCode::kMalformed, again.findings.front().message,
                again.findings.front().place);
  if (auto saved = save_whole(facts.folder / "manifest.json", text); !saved)
    return std::unexpected(saved.error());
  return to_hex(sha256(text));
}

Result<std::string> write_challenge(std::string_view kind, const FolderFacts& facts) {
  for (const auto& known : scene_kinds())
    if (known.name == kind) return write_challenge(known, facts);
  return fail(ErrorCode::kNotFound, "Known are label, label-text and kit.", std::string(kind));
}

}  // namespace batchwright::vision::challenge
