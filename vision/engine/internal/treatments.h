// Ways to look at a picture once more: each makes one kind of poor picture readable.
#pragma once

#include <array>
#include <span>

#include "vision/engine/internal/picture.h"

namespace batchwright::vision {

enum class Treatment : std::uint8_t {
  kNone,
  kGlobalThreshold,  // none to the picture; zxing's global threshold
  kEvenLight,        // local contrast made equal (CLAHE)
  kSharpen,          // unsharp mask
  kTwiceSharpen,     // twice the size, then unsharp mask
  kTwice,
  kThrice,
  kFourTimes,  // linear interpolation, for few and clean pixels
  kHalf,
  kThird,
  kSoften,          // against dots and grain
  kSmallThreshold,  // adaptive threshold, 25 px around
  kLargeThreshold,  // adaptive threshold, 51 px around
  kOtsu,
  kOpen,              // closes light gaps between printed dots
  kClose,             // removes dark specks
  kInverted,          // light on dark
  kMargin,            // a quiet zone where the picture ends at the symbol
  kMadeTall,          // a strip of a few rows, repeated
  kAlongBars,         // averaged along upright bars
  kAlongBarsSharpen,  // the same, twice the size, sharpened
  kAlongBarsLarge,    // the same, three times, wider
  kTurnedLeft,        // 10 degrees
  kTurnedRight,
  kTurnedFarLeft,  // 25 degrees
  kTurnedFarRight,
  kTurnedHalf,  // 45 degrees
  kBent,        // one of the bends below
};

[[nodiscard]] const char* to_string(Treatment treatment);

// How it is for a treatment: the sizes a result may have, so that time and memory stay bounded.
inline constexpr int kTreatedPixelsMax = 12'000'000;

// The treated picture with its place; empty when it would be too large to be worth it.
[[nodiscard]] Picture treat(const Picture& picture, Treatment treatment);

// A label around a vial or on cloth is no plane. Each bend pulls the picture along one smooth
// curve; a symbol that is bent the other way becomes straight.
inline constexpr int kBends = 32;
[[nodiscard]] Picture bend(const Picture& picture, int which);

}  // namespace batchwright::vision
