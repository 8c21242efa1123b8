// Cases of the sequence check: six devices to be opened in their order, opened in each of the 720.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vision/challenge/clip_scene.h"
#include "vision/check_result.h"

namespace batchwright::vision::challenge {

inline constexpr int kSequenceDevices = 6;
inline constexpr int kSequenceOrders = 720;

// Case `number` has order number % 720 in lexical order, so 0 is the right one. From 720 on, idle
// time and hands that cover something without doing anything lie between the actions.
struct SequenceCase {
  std::vector<int> order;         // devices, 0..5
  std::vector<Happening> script;  // the same with what lies between
  std::string came, due;          // what a fail must name; empty for the right order
};

[[nodiscard]] SequenceCase sequence_case(std::uint64_t seed, int number);

// One line of a manifest.
[[nodiscard]] std::string truth_of(const SequenceCase& one);

// Renders the case on a board of its own and judges it until it passes, fails or ends. `frames`:
// how many were judged.
[[nodiscard]] CheckResult play(const SequenceCase& one, std::uint64_t seed, int number,
                               int* frames = nullptr);

// What the result says of the order: passes with every action, or fails and names both.
[[nodiscard]] bool is_right(const SequenceCase& one, const CheckResult& result);

}  // namespace batchwright::vision::challenge
