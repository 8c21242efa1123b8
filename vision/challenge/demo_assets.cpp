#include "vision/challenge/demo_assets.h"

#include <fmt/format.h>

#include <fstream>
#include <opencv2/imgcodecs.hpp>

#include "base/bytes.h"
#include "base/sha256.h"
#include "vision/challenge/demo_objects.h"
#include "vision/challenge_manifest.h"

namespace batchwright::vision::challenge {

namespace {

namespace fs = std::filesystem;

Result<void> write(const fs::path& path, std::string_view bytes) {
  std::error_code ignored;
  fs::create_directories(path.parent_path(), ignored);
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.flush();
  if (file.good()) return {};
  return fail(ErrorCode::kIo, "The file can't be written.", path.string());
}

Result<std::string> png_of(const Frame& frame) {
  const int type = frame.format == PixelFormat::kGrey ? CV_8UC1 : CV_8UC3;
  const cv::Mat picture(frame.height, frame.width, type,
                        const_cast<std::uint8_t*>(frame.bytes.data()), frame.stride);
  std::vector<std::uint8_t> bytes;
  if (!cv::imencode(".png", picture, bytes))
    return fail(ErrorCode::kIo, "A picture can't be encoded.");
  return std::string(bytes.begin(), bytes.end());
}

Result<void> write_story(const fs::path& folder, const DemoObject& object) {
  for (std::size_t i = 0; i < object.frames.size(); ++i) {
    const auto png = png_of(object.frames[i]);
    if (!png) return std::unexpected(png.error());
    if (auto done = write(folder / object.id / fmt::format("{:04}.png", i + 1), *png); !done)
      return done;
  }
  return {};
}

Result<ChallengeCase> write_case(const fs::path& folder, const DemoObject& object) {
  ChallengeCase one;
  one.id = object.id;
  one.values = object.expected;
  one.truth = object.truth;
  one.readings = object.readings;
  one.wrong = object.truth == Verdict::kPass ? WrongKind::kNone : WrongKind::kPlausible;
  for (std::size_t i = 0; i < object.frames.size(); ++i) {
    const auto png = png_of(object.frames[i]);
    if (!png) return std::unexpected(png.error());
    const auto name = fmt::format("{}-{:04}.png", object.id, i + 1);
    if (auto done = write(folder / name, *png); !done) return std::unexpected(done.error());
    one.images.push_back({name, to_hex(sha256(*png))});
  }
  return one;
}

Result<void> write_challenge(const fs::path& folder, const DemoCheck& demo) {
  ChallengeManifest manifest;
  manifest.id = demo.check.id;
  manifest.made = "2026-11-22";
  manifest.generator = "rendered for the demonstration";
  for (const auto* objects : {&demo.good, &demo.bad})
    for (const auto& object : *objects) {
      auto one = write_case(folder, object);
      if (!one) return std::unexpected(one.error());
      manifest.cases.push_back(std::move(*one));
    }
  return write(folder / "manifest.json", file_of(manifest));
}

}  // namespace

Result<void> write_demo_assets(const fs::path& folder, bool only_checks) {
  auto layout = demo_layout();
  if (!layout) return std::unexpected(layout.error());
  for (const auto& demo : {demo_label(), std::move(*layout), demo_sequence(), demo_display()}) {
    const auto checks = folder / "checks";
    if (auto done = write(checks / (demo.check.id + ".check.json"), file_of(demo.check)); !done)
      return done;
    if (only_checks) continue;
    for (const auto& object : demo.story)
      if (auto done = write_story(folder / "objects", object); !done) return done;
    if (auto done = write_challenge(checks / "challenges" / demo.check.id, demo); !done)
      return done;
  }
  return {};
}

}  // namespace batchwright::vision::challenge
