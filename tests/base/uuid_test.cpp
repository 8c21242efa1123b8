#include "base/uuid.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <regex>
#include <set>

namespace batchwright {
namespace {

// RFC 9562, appendix A.6: milliseconds 0x017f22e279b0, rand_a 0xcc3, rand_b 0x18c4dc0c0c07398f.
TEST(Uuid, GivesTheExampleOfTheStandard) {
  // The 74 random bits in a row: cc3, then 01 1000 1100 0100 ...
  Digest entropy{};
  const std::uint8_t bits[] = {0xcc, 0x36, 0x31, 0x37, 0x03, 0x03, 0x01, 0xce, 0x63, 0xc0};
  std::copy(std::begin(bits), std::end(bits), entropy.begin());
  EXPECT_EQ(make_uuid_v7(0x017f22e279b0, entropy), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

TEST(Uuid, DrawnInOneCallAreDifferentAndRepeatable) {
  Digest seed{};
  seed.fill(7);
  IdSource first(seed, 1'800'000'000'000);
  IdSource second(seed, 1'800'000'000'000);
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = first.next();
    EXPECT_EQ(id, second.next());
    ids.insert(id);
  }
  EXPECT_EQ(ids.size(), 1000u);
}

TEST(Uuid, OfAnotherSeedIsAnother) {
  Digest seed{};
  IdSource first(seed, 0);
  seed[31] = 1;
  IdSource second(seed, 0);
  EXPECT_NE(first.next(), second.next());
}

RC_GTEST_PROP(Uuid, HasVersionSevenAndSortsByTime, (const Digest& a, const Digest& b)) {
  const auto early = *rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 47);
  const auto late = early + *rc::gen::inRange<std::int64_t>(1, 1'000'000);
  const std::string first = make_uuid_v7(early, a);
  static const std::regex kForm(
      "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  RC_ASSERT(std::regex_match(first, kForm));
  RC_ASSERT(first < make_uuid_v7(late, b));
}

}  // namespace
}  // namespace batchwright
