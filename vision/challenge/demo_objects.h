// The objects of the shipped recipe as its cameras see them, and the checks that look at them: the
// label of Tris, the filter assembly, its clamps, the display of the pH meter. Rendered; the same
// bytes each time.
#pragma once

#include <string>
#include <vector>

#include "vision/check.h"
#include "vision/check_result.h"
#include "vision/frame.h"

namespace batchwright::vision::challenge {

// What is put before a camera: one picture, or the frames of a clip.
struct DemoObject {
  std::string id;  // "label-expired"
  std::vector<Frame> frames;
  Verdict truth = Verdict::kPass;
  ExpectedValues expected;  // given to the check
  ExpectedValues readings;  // what must be read when it passes
};

// One check of the recipe with the objects of the demonstration's story and those that challenge
// it.
struct DemoCheck {
  Check check;
  std::vector<DemoObject> story, good, bad;
};

inline constexpr int kDemoChallenge = 6;  // good ones, and as many bad ones

[[nodiscard]] DemoCheck demo_label();           // tris-label, CAM-A
[[nodiscard]] Result<DemoCheck> demo_layout();  // filter-layout, CAM-B
[[nodiscard]] DemoCheck demo_sequence();        // clamp-order, CAM-B
[[nodiscard]] DemoCheck demo_display();         // ph-display, CAM-A

}  // namespace batchwright::vision::challenge
