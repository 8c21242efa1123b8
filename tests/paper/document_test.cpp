// Requirement E8: reports and challenge cards are pages whose bytes follow from their content and
// whose sizes are true.
#include "paper/document.h"

#include <gtest/gtest.h>

namespace batchwright::paper {
namespace {

std::string drawn(const std::string& words, int pages = 1) {
  Document document({"Report", "2026-11-22"});
  for (int page = 0; page < pages; ++page) {
    if (page > 0) document.begin_page();
    document.text({20, 20}, 170, words, {.size_pt = 12, .bold = true});
    document.box({20, 40}, 10, 10, kBlack);
    document.frame({40, 40}, 10, 10);
    document.line({20, 60}, {190, 60});
    document.disc({100, 100}, 5, kGrey);
    document.polygon({{10, 10}, {20, 10}, {15, 20}}, kPale);
  }
  return document.finish().value();
}

TEST(Document, TheSameCallsGiveTheSameBytes) {
  EXPECT_EQ(drawn("Größe 3 µm"), drawn("Größe 3 µm"));
  EXPECT_NE(drawn("Größe 3 µm"), drawn("Größe 4 µm"));
}

TEST(Document, IsAPdfThatBearsItsOwnDateAndNoOther) {
  const auto bytes = drawn("x");
  EXPECT_TRUE(bytes.starts_with("%PDF-1."));
  // cairo 1.16 leaves out the "D:" that PDF recommends in front.
  std::size_t dates = 0;
  for (auto at = bytes.find("Date ("); at != std::string::npos; at = bytes.find("Date (", at + 1)) {
    EXPECT_EQ(bytes.substr(bytes.find("2026", at), 14), "20261122000000");
    ++dates;
  }
  EXPECT_EQ(dates, 2u) << "of its making and of its change";
}

TEST(Document, LongTextGoesOnInTheNextLineAndTakesTheHeightItSaid) {
  Document document({"Report", "2026-11-22"});
  const double one = document.text_height_mm(100, "word");
  EXPECT_NEAR(one, 9 * 1.36 * 25.4 / 72, 0.3) << "9 points in Noto Sans";
  std::string words;
  for (int i = 0; i < 100; ++i) words += "word ";
  const double many = document.text({20, 20}, 100, words);
  EXPECT_GT(many, 3 * one);
  EXPECT_EQ(many, document.text_height_mm(100, words));
}

TEST(Document, TooManyPagesAreRefusedAndNotPrinted) {
  Document document({"Report", "2026-11-22"});
  for (std::size_t page = 1; page < kPagesMax; ++page) document.begin_page();
  EXPECT_EQ(document.pages(), kPagesMax);
  document.begin_page();
  EXPECT_EQ(document.finish().error().code, ErrorCode::kFull);
}

}  // namespace
}  // namespace batchwright::paper
