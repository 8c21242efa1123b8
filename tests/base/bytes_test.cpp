#include "base/bytes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace batchwright {
namespace {

TEST(Hex, IsLowerCaseWithTwoDigitsPerByte) {
  const std::array<std::uint8_t, 3> bytes{0x00, 0x7f, 0xff};
  EXPECT_EQ(to_hex(bytes), "007fff");
}

TEST(Hex, RefusesUpperCaseOddLengthAndOtherCharacters) {
  for (const char* const text : {"0", "0A", "0g", "0x", " 0", "00 "}) {
    const auto bytes = bytes_from_hex(text);
    ASSERT_FALSE(bytes) << text;
    EXPECT_EQ(bytes.error().code, ErrorCode::kMalformed);
  }
}

TEST(Hex, OfTheWrongLengthIsNoArray) {
  EXPECT_TRUE(array_from_hex<2>("beef"));
  EXPECT_FALSE(array_from_hex<2>("be"));
  EXPECT_FALSE(array_from_hex<2>("beef00"));
}

RC_GTEST_PROP(Hex, RoundTrips, (const std::vector<std::uint8_t>& bytes)) {
  const auto back = bytes_from_hex(to_hex(bytes));
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == bytes);
}

}  // namespace
}  // namespace batchwright
