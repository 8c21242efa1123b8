// The clamps of the shipped recipe (step 24): vent open, feed clamp open, vent closed, outlet clamp
// open. A check and rendered clips for demonstrations and training.
#pragma once

#include <string>

#include "vision/frame.h"

namespace batchwright::vision::challenge {

enum class DemoClip : std::uint8_t {
  kRight,
  kSwapped,  // the outlet clamp is opened when the feed clamp is due
};

inline constexpr double kDemoFramesPerS = 10;

// The bytes of the check file `clamp-sequence`, of camera CAM-B. Always the same. Actions are
// "vent-open", "feed-open", "vent-closed" and "outlet-open".
[[nodiscard]] std::string clamp_sequence_check();

// 1280 x 720, BGR. 0 <= i < demo_clip_frames(clip).
[[nodiscard]] int demo_clip_frames(DemoClip clip);
[[nodiscard]] Frame demo_clip_frame(DemoClip clip, int i);

}  // namespace batchwright::vision::challenge
