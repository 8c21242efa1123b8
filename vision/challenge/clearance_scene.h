// A bench that must be clear, with and without something left on it.
#pragma once

#include <opencv2/core.hpp>

#include "vision/challenge/dice.h"
#include "vision/check.h"
#include "vision/frame.h"

namespace batchwright::vision::challenge {

// Never changes once it is made.
struct Bench {
  Station station;
  cv::Scalar colour;
  cv::Mat board;  // kDraw_px_per_mm, with what always stands there
  std::vector<Region> regions;
};
[[nodiscard]] Bench any_bench(Dice& dice);

// The check that a trainer would make of it, from frames of its own dice.
[[nodiscard]] Result<Check> teach(const Bench& bench, Dice& dice);

enum class BenchCase { kClear, kLeftover, kHand };
[[nodiscard]] const char* to_string(BenchCase kind);

struct BenchScene {
  Frame frame;
  BenchCase kind = BenchCase::kClear;
  Box leftover;         // on the plane
  double contrast = 0;  // to what lies under it, the largest colour, grey levels
};
// A leftover measures 20 to 80 plane pixels across, of any shape and colour; half of them are pale:
// 40 to 60 grey levels away from the bench. Paler ones are outside of what is claimed.
[[nodiscard]] BenchScene bench_scene(const Bench& bench, BenchCase kind, Dice& dice);

}  // namespace batchwright::vision::challenge
