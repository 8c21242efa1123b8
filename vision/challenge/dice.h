// Seeded numbers that are the same on every machine and with every library: for rendered scenes and
// tests, never for keys. SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number
// generators", 2014).
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace batchwright::vision::challenge {

class Dice {
 public:
  explicit constexpr Dice(std::uint64_t seed) : state_(seed) {}

  constexpr std::uint64_t bits() {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  // In [0, 1).
  constexpr double share() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }
  constexpr double between(double low, double high) { return low + (high - low) * share(); }
  // low..high, both included.
  constexpr int whole(int low, int high) {
    return low + static_cast<int>(bits() % static_cast<std::uint64_t>(high - low + 1));
  }
  constexpr bool chance(double probability) { return share() < probability; }
  // Normal distribution with mean 0 and deviation 1 (Box, Muller 1958).
  double normal() {
    const double radius = std::sqrt(-2 * std::log(1 - share()));
    return radius * std::cos(2 * std::numbers::pi * share());
  }
  template <typename List>
  const auto& one_of(const List& list) {
    return list[static_cast<std::size_t>(whole(0, static_cast<int>(list.size()) - 1))];
  }
  // Fisher-Yates.
  template <typename Element>
  void shuffle(std::vector<Element>& list) {
    for (std::size_t i = list.size(); i > 1; --i)
      std::swap(list[i - 1], list[static_cast<std::size_t>(whole(0, static_cast<int>(i) - 1))]);
  }

  // Dice of their own for case `number`: no case depends on how many numbers another one took.
  [[nodiscard]] static constexpr Dice of_case(std::uint64_t seed, std::uint64_t number) {
    Dice dice(seed);
    const auto first = dice.bits();
    Dice mixed(first ^ (number * 0xd1342543de82ef95));
    mixed.bits();
    return Dice(mixed.bits());
  }

 private:
  std::uint64_t state_;
};

}  // namespace batchwright::vision::challenge
