// Pictures are compared with tests/snapshots/NAME.png: to the last bit, but for what another make
// of processor draws. BATCHWRIGHT_ACCEPT=1 writes them instead, for a person to look at before they
// are committed. A failure leaves NAME.actual.png and NAME.difference.png in out/pictures.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "ui/backend/picture.h"
#include "ui/backend/png.h"

namespace batchwright::ui::test {

// Dear ImGui smooths outlines by the processor's own estimate of 1/sqrt (RSQRTSS, good to 12 bits),
// and makers estimate differently: a pixel of an edge may differ by one level. An area that does
// has another colour.
inline bool is_drawn_by_another_processor(const PictureDifference& difference,
                                          const Picture& actual) {
  constexpr int kLevels = 1;
  constexpr std::size_t kOneOf = 500;  // pixels; edges were 1 of 1,100 at most
  return difference.channel_max <= kLevels && difference.pixels * kOneOf <= actual.pixels.size();
}

inline ::testing::AssertionResult matches_snapshot(const Picture& actual, const std::string& name) {
  const std::filesystem::path source = BATCHWRIGHT_SOURCE_DIR;
  const std::filesystem::path expected_path = source / "tests/snapshots" / (name + ".png");
  if (std::getenv("BATCHWRIGHT_ACCEPT") != nullptr) {
    std::filesystem::create_directories(expected_path.parent_path());
    if (auto written = write_png(actual, expected_path); !written) {
      return ::testing::AssertionFailure() << written.error().message;
    }
    return ::testing::AssertionSuccess();
  }
  const std::filesystem::path out = source / "out/pictures";
  const auto save = [&](const Picture& picture, const char* what) {
    std::error_code ignored;
    std::filesystem::create_directories(out, ignored);
    static_cast<void>(write_png(picture, out / (name + "." + what + ".png")));
  };
  const auto expected = read_png(expected_path);
  if (!expected) {
    save(actual, "actual");
    return ::testing::AssertionFailure()
           << expected.error().message << " " << expected_path
           << "; see out/pictures, then run with BATCHWRIGHT_ACCEPT=1 if it is right";
  }
  const auto difference = compare(*expected, actual);
  if (!difference || is_drawn_by_another_processor(*difference, actual))
    return ::testing::AssertionSuccess();
  save(actual, "actual");
  if (!difference->shown.pixels.empty()) save(difference->shown, "difference");
  return ::testing::AssertionFailure()
         << name << ": " << difference->summary << "; see out/pictures";
}

}  // namespace batchwright::ui::test
