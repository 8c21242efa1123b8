// Requirement E2: what several symbols say together is one label's only where they stand as on one.
#include "vision/engine/internal/label_content.h"

#include <gtest/gtest.h>

namespace batchwright::vision {
namespace {

Symbol symbol(const char* text, int x, int y, int width, int height) {
  Symbol made;
  made.text = text;
  made.gs1 = true;
  made.corners = {{{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}}};
  return made;
}

constexpr const char* kItem = "0109521234543213";
constexpr const char* kLot = "17271231\x31\x30L2041";
constexpr const char* kUnit = "00095212345000000012";  // an SSCC: none of the values

TEST(LabelContent, SymbolsUnderOneAnotherAreOneLabel) {
  const auto content = gs1_content({symbol(kItem, 0, 0, 300, 60), symbol(kLot, 0, 90, 280, 60)});
  EXPECT_EQ(content.code, "ok");
  EXPECT_EQ(content.values.size(), 3U);
}

TEST(LabelContent, ALongSymbolDoesNotReachTheNeighboursSmallOne) {
  const auto content = gs1_content({symbol(kItem, 0, 0, 600, 60), symbol(kLot, 700, 0, 60, 60)});
  EXPECT_EQ(content.code, "ambiguous");
}

TEST(LabelContent, ASymbolWithoutValuesNeitherJoinsTwoLabelsNorSpoilsOne) {
  const auto unit = symbol(kUnit, 200, 0, 100, 100);
  EXPECT_EQ(gs1_content({unit, symbol(kItem, 0, 0, 100, 100), symbol(kLot, 400, 0, 100, 100)}).code,
            "ambiguous")
      << "each is near the one between them, and they are no label";
  const auto whole = gs1_content({symbol(kUnit, 2000, 0, 100, 100), symbol(kItem, 0, 0, 100, 100),
                                  symbol(kLot, 120, 0, 100, 100)});
  EXPECT_EQ(whole.code, "ok");
  EXPECT_EQ(whole.symbol, 1U);
}

TEST(LabelContent, TheSameTwiceIsNoContradiction) {
  const auto content = gs1_content({symbol(kItem, 0, 0, 60, 60), symbol(kItem, 900, 0, 60, 60)});
  EXPECT_EQ(content.code, "ok");
}

}  // namespace
}  // namespace batchwright::vision
