// EAN and UPC as bars, against numbers and patterns published by others.
#include "vision/engine/internal/retail_code.h"

#include <gtest/gtest.h>

#include <string>

#include "vision/engine/internal/bar_likelihood.h"

namespace batchwright::vision {
namespace {

std::string drawn(Symbology symbology, std::string_view text) {
  std::string modules;
  for (const auto module :
       retail_modules(*retail_layout(symbology), retail_word(symbology, text).value()))
    modules += module == 1 ? '1' : '0';
  return modules;
}

TEST(RetailCode, NumbersAreDrawnAsTheStandardSays) {
  // GS1 General Specifications, section 5.2: guards, sets and parities.
  EXPECT_EQ(drawn(Symbology::kEan8, "55123457"),
            "101"
            "0110001"
            "0110001"
            "0011001"
            "0010011"
            "01010"
            "1000010"
            "1011100"
            "1001110"
            "1000100"
            "101");
  EXPECT_EQ(drawn(Symbology::kEan13, "4003994155486"),
            "101"
            "0001101"
            "0100111"
            "0111101"
            "0001011"
            "0010111"
            "0011101"
            "01010"
            "1100110"
            "1001110"
            "1001110"
            "1011100"
            "1001000"
            "1010000"
            "101");
  EXPECT_EQ(drawn(Symbology::kUpcE, "01234565").size(), 51u);
  EXPECT_EQ(drawn(Symbology::kUpcA, "036000291452"), drawn(Symbology::kEan13, "0036000291452"));
}

TEST(RetailCode, AWrongCheckDigitIsNoNumber) {
  EXPECT_TRUE(retail_word(Symbology::kEan13, "4006381333931").has_value());
  for (const char* text : {"4006381333932", "400638133393", "400638133393a", ""})
    EXPECT_FALSE(retail_word(Symbology::kEan13, text).has_value()) << text;
  EXPECT_EQ(expand_upc_e("04252614"), "042100005264");
  EXPECT_EQ(expand_upc_e("24252614"), "");
}

// Profiles as a camera sees them: blurred over two thirds of a module.
TEST(BarLikelihood, TheNumberThatWasDrawnIsTheLikeliestWhateverStandsAround) {
  const auto& layout = *retail_layout(Symbology::kEan13);
  const auto truth = retail_word(Symbology::kEan13, "9780441014989").value();
  // What decoders made of blurred pictures of it.
  for (const char* claimed : {"9780441014989", "5780407014989"}) {
    const auto around = retail_word(Symbology::kEan13, claimed).value();
    const auto profile = draw_profile(retail_modules(layout, truth), 0.65);
    const auto likely = most_likely_word(layout, around, {profile}, 0.65, Symbology::kEan13);
    EXPECT_EQ(likely.best, truth) << claimed;
    EXPECT_GT(likely.margin, 0.02) << claimed;
  }
}

TEST(BarLikelihood, AFlatPictureIsLikeNoNumber) {
  const auto& layout = *retail_layout(Symbology::kEan8);
  const auto word = retail_word(Symbology::kEan8, "55123457").value();
  const Profile flat(draw_profile(retail_modules(layout, word), 0.5).size(), 0.5);
  EXPECT_EQ(most_likely_word(layout, word, {flat}, 0.5, Symbology::kEan8).margin, 0);
}

}  // namespace
}  // namespace batchwright::vision
