// The cards of the site kit. The GTIN is GS1's own example number; no product has it.
#include <array>

#include "vision/challenge/site_kit.h"

namespace batchwright::vision::challenge {

namespace {

constexpr const char* kGtin = "09521234543213";
constexpr const char* kExpiry = "301231";
constexpr const char* kLot = "24170001";
constexpr const char* kWrongLot = "24170007";  // one digit off

std::string source_of(const std::string& gtin, const std::string& lot) {
  return "[01]" + gtin + "[17]" + kExpiry + "[10]" + lot;
}

std::string shown_of(const std::string& gtin, const std::string& lot) {
  return "(01) " + gtin + "\n(17) " + kExpiry + "\n(10) " + lot;
}

KitCard label_card(std::string number, std::string name, Symbology symbology, double x_mm,
                   const std::string& lot = kLot, const std::string& gtin = kGtin) {
  KitCard card{std::move(number),    std::move(name),     symbology,
               source_of(gtin, lot), shown_of(gtin, lot), x_mm,
               CardHarm::kNone,      {Verdict::kPass},    "PASS"};
  return card;
}

}  // namespace

ExpectedValues kit_values() {
  return {{"gtin", kGtin}, {"expiry", kExpiry}, {"lot", kLot}};
}

std::vector<KitCard> kit_cards() {
  std::vector<KitCard> cards;
  cards.push_back(label_card("1", "Good label, Data Matrix", Symbology::kDataMatrix, 0.5));
  cards.push_back(label_card("2", "Good label, QR", Symbology::kQr, 0.5));
  cards.push_back(label_card("3", "Good label, GS1-128", Symbology::kCode128, 0.3));

  const std::vector<Verdict> fails{Verdict::kFail},
      never_passes{Verdict::kUndecided, Verdict::kFail};
  auto digit =
      label_card("4", "One digit of the lot is wrong", Symbology::kDataMatrix, 0.5, kWrongLot);
  digit.allowed = fails;
  digit.outcome = "FAIL, naming the lot";
  auto bars =
      label_card("5", "One digit of the lot is wrong, bars", Symbology::kCode128, 0.3, kWrongLot);
  bars.allowed = fails;
  bars.outcome = "FAIL, naming the lot";
  auto other =
      label_card("6", "Another product", Symbology::kDataMatrix, 0.5, "88120456", "09524000059109");
  other.allowed = fails;
  other.outcome = "FAIL, naming GTIN and lot";
  cards.insert(cards.end(), {digit, bars, other});

  auto damaged = label_card("7", "Damaged beyond repair", Symbology::kDataMatrix, 0.5);
  damaged.harm = CardHarm::kHalfGone;
  damaged.allowed = never_passes;
  damaged.outcome = "UNDECIDED or FAIL, never pass";
  auto glare = label_card("8", "Glare field", Symbology::kDataMatrix, 0.5);
  glare.harm = CardHarm::kGlossy;
  glare.allowed = {Verdict::kUndecided, Verdict::kPass};
  glare.outcome = "UNDECIDED in the reflection, PASS without it, never fail";
  auto small = label_card("9", "Undersized", Symbology::kDataMatrix, 0.085);
  small.allowed = {Verdict::kUndecided};
  small.outcome = "UNDECIDED: move closer, at the working distance";
  KitCard empty{"10",
                "No label",
                Symbology::kDataMatrix,
                "",
                "",
                0,
                CardHarm::kEmpty,
                never_passes,
                "UNDECIDED or FAIL, never pass"};
  cards.insert(cards.end(), {damaged, glare, small, empty});
  return cards;
}

ChallengeManifest kit_challenge(const std::string& date) {
  ChallengeManifest manifest;
  manifest.id = "site-kit";
  manifest.made = date;
  manifest.generator = "printed cards of the site kit";
  manifest.rendered = false;
  for (const auto& card : kit_cards()) {
    // "Undersized" is undecided only at the working distance, which nobody measures each day.
    if (card.allowed.size() != 1 || card.allowed.front() == Verdict::kUndecided) continue;
    ChallengeCase one;
    one.id = "card-" + card.number;
    one.truth = card.allowed.front();
    one.wrong = one.truth == Verdict::kFail ? WrongKind::kPlausible : WrongKind::kNone;
    one.values = kit_values();
    one.card = {{"en", "Card " + card.number + ": " + card.name}};
    manifest.cases.push_back(std::move(one));
  }
  return manifest;
}

}  // namespace batchwright::vision::challenge
