// Requirement E8: every printed card comes out as it says it must, judged from the page itself as a
// camera would see it at 300 dots per inch.
#include "vision/challenge/site_kit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "tests/support/process.h"
#include "vision/engine/check_engine.h"
#include "vision/engine/load_image.h"

namespace batchwright::vision::challenge {
namespace {

constexpr double kDpi = 300;

int px(double mm) {
  return static_cast<int>(mm * kDpi / 25.4);
}

class SiteKit : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    settle_engine();
    folder_ = new batchwright::test::TemporaryFolder();
    const auto pdf = site_kit_pdf("2026-11-22");
    ASSERT_TRUE(pdf) << pdf.error().message;
    std::ofstream(*folder_ / "kit.pdf", std::ios::binary) << *pdf;
  }
  static void TearDownTestSuite() {
    delete folder_;
    folder_ = nullptr;
  }

  // The card cut out of its page.
  static Frame picture_of(std::size_t card) {
    const auto place = place_of_card(card);
    const auto name = *folder_ / "card";
    const auto page = std::to_string(place.page + 1);
    const auto ran = batchwright::test::run_program({"/usr/bin/pdftoppm",
                                                     "-r",
                                                     "300",
                                                     "-f",
                                                     page,
                                                     "-l",
                                                     page,
                                                     "-x",
                                                     std::to_string(px(place.x_mm) + 6),
                                                     "-y",
                                                     std::to_string(px(place.y_mm) + 6),
                                                     "-W",
                                                     std::to_string(px(place.width_mm) - 12),
                                                     "-H",
                                                     std::to_string(px(place.height_mm) - 12),
                                                     "-singlefile",
                                                     "-gray",
                                                     "-png",
                                                     *folder_ / "kit.pdf",
                                                     name});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    std::ifstream file(name + ".png", std::ios::binary);
    const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
    auto frame = load_image(bytes);
    EXPECT_TRUE(frame);
    return frame.value_or(Frame{});
  }

  static CheckEngine engine() {
    Check check;
    check.id = "kit";
    check.version = "1";
    check.quality.contrast_min = 0;  // a page is mostly white
    check.quality.sharpness_min = 0;
    check.quality.extreme_share_max = 1;
    check.quality.glare_share_max = 1;
    check.quality.module_px_min = 2;
    LabelCheck rule;
    rule.symbologies = {Symbology::kDataMatrix, Symbology::kQr, Symbology::kCode128};
    rule.required = {"gtin", "expiry", "lot"};
    check.rule = rule;
    return std::move(CheckEngine::prepare(check).value());
  }

  static batchwright::test::TemporaryFolder* folder_;
};
batchwright::test::TemporaryFolder* SiteKit::folder_ = nullptr;

TEST_F(SiteKit, EveryCardComesOutAsItIsPrintedOnIt) {
  auto judge = engine();
  const SystemClock clock;
  const auto cards = kit_cards();
  for (std::size_t i = 0; i < cards.size(); ++i) {
    SCOPED_TRACE("card " + cards[i].number + ": " + cards[i].name);
    const auto result = judge.judge(picture_of(i), kit_values(), clock);
    EXPECT_NE(std::ranges::find(cards[i].allowed, result.verdict), cards[i].allowed.end())
        << to_string(result.verdict) << " " << canonical_text(result);
    const auto lot = std::ranges::find(result.regions, "lot", &RegionResult::region);
    if (cards[i].allowed == std::vector{Verdict::kFail}) {
      ASSERT_NE(lot, result.regions.end());
      EXPECT_EQ(lot->code, "other_text") << "the lot is named";
    }
  }
}

TEST_F(SiteKit, TheSameEditionIsTheSameFile) {
  EXPECT_EQ(site_kit_pdf("2026-11-22").value(), site_kit_pdf("2026-11-22").value());
  EXPECT_NE(site_kit_pdf("2026-11-22").value(), site_kit_pdf("2026-11-23").value());
}

TEST_F(SiteKit, CardsLieOnTheirPagesWithoutTouchingEachOther) {
  const auto cards = kit_cards();
  for (std::size_t i = 0; i < cards.size(); ++i) {
    const auto one = place_of_card(i);
    EXPECT_LE(one.x_mm + one.width_mm, 210 - 5);
    EXPECT_LE(one.y_mm + one.height_mm, 297 - 5);
    for (std::size_t j = 0; j < i; ++j) {
      const auto other = place_of_card(j);
      EXPECT_TRUE(one.page != other.page || one.x_mm >= other.x_mm + other.width_mm ||
                  other.x_mm >= one.x_mm + one.width_mm ||
                  one.y_mm >= other.y_mm + other.height_mm ||
                  other.y_mm >= one.y_mm + one.height_mm)
          << i << " and " << j;
    }
  }
}

TEST_F(SiteKit, ItsManifestAsksForEveryCardThatMustPassOrFail) {
  const auto reading = manifest_from_json(file_of(kit_challenge("2026-11-23")));
  ASSERT_TRUE(reading.manifest) << reading.findings[0].place << reading.findings[0].message;
  int good = 0, bad = 0;
  for (const auto& one : reading.manifest->cases) ++(one.truth == Verdict::kPass ? good : bad);
  EXPECT_EQ(good, 3);
  EXPECT_EQ(bad, 3);
  EXPECT_EQ(reading.manifest->cases[3].card.at("en"), "Card 4: One digit of the lot is wrong");
}

}  // namespace
}  // namespace batchwright::vision::challenge
