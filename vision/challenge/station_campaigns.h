// One case each of the campaigns over stations: also what the short form in the test command runs.
#pragma once

#include <cstdint>
#include <string>

#include "vision/challenge/clearance_scene.h"
#include "vision/challenge/kit_scene.h"
#include "vision/check_result.h"

namespace batchwright::vision::challenge {

struct JudgedKit {
  KitCase kind = KitCase::kGood;
  std::string slot;  // that is wrong
  CheckResult result;
};
// Case `number` goes through the kinds in turn; every 90 cases share a kit and its check, the
// shipped filter assembly and any other in turn.
[[nodiscard]] KitCase kit_case_of(int number);
[[nodiscard]] JudgedKit judge_kit_case(std::uint64_t seed, int number);

struct JudgedBench {
  BenchCase kind = BenchCase::kClear;
  Box leftover;
  double contrast = 0;
  CheckResult result;
};
// Every 60 cases share a bench.
[[nodiscard]] BenchCase bench_case_of(int number);
[[nodiscard]] JudgedBench judge_bench_case(std::uint64_t seed, int number);

struct JudgedTags {
  int shown = 0, found = 0, wrong = 0;  // tags of 20 pixels or more
};
// A 1080p frame with 6 tags, 20 to 90 pixels wide, tilted, on a cluttered table.
[[nodiscard]] JudgedTags judge_tag_case(std::uint64_t seed, int number);

}  // namespace batchwright::vision::challenge
