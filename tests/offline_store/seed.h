// Random tests that can be repeated: the seed is printed, BATCHWRIGHT_SEED sets it,
// BATCHWRIGHT_LONG=1 asks for the long form.
#pragma once

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

namespace batchwright::offline_store::test {

inline std::uint64_t seed() {
  std::uint64_t value = 20261122;
  const char* const given = std::getenv("BATCHWRIGHT_SEED");
  if (given != nullptr) std::from_chars(given, given + std::strlen(given), value);
  std::printf("BATCHWRIGHT_SEED=%llu\n", static_cast<unsigned long long>(value));
  return value;
}

inline std::mt19937_64 seeded_random() {
  return std::mt19937_64(seed());
}

inline bool long_run() {
  const char* const given = std::getenv("BATCHWRIGHT_LONG");
  return given != nullptr && std::strcmp(given, "1") == 0;
}

}  // namespace batchwright::offline_store::test
