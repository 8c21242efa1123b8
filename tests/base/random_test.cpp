#include "base/random.h"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace batchwright {
namespace {

TEST(Random, FillsEveryByteAndNeverRepeats) {
  std::set<std::array<std::uint8_t, 16>> drawn;
  std::array<bool, 16> was_set{};
  for (int i = 0; i < 200; ++i) {
    std::array<std::uint8_t, 16> bytes{};
    fill_random(bytes);
    for (std::size_t at = 0; at < bytes.size(); ++at) was_set[at] = was_set[at] || bytes[at] != 0;
    drawn.insert(bytes);
  }
  EXPECT_EQ(drawn.size(), 200u);
  for (const bool set : was_set) EXPECT_TRUE(set);
}

}  // namespace
}  // namespace batchwright
