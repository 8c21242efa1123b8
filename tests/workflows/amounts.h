// How much a property test does: the environment says so, else the test does; sanitizers make
// everything about ten times as slow and get a tenth.
#pragma once

#include <cstdint>
#include <cstdlib>

namespace batchwright::workflows::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr std::uint64_t kSlowness = 10;
#else
inline constexpr std::uint64_t kSlowness = 1;
#endif

inline std::uint64_t option(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

inline std::uint64_t amount(const char* name, std::uint64_t otherwise) {
  return option(name, otherwise / kSlowness);
}

}  // namespace batchwright::workflows::test
