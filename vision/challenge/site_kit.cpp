#include "vision/challenge/site_kit.h"

#include <fmt/format.h>

#include <opencv2/aruco.hpp>

#include "paper/document.h"
#include "vision/challenge/challenge_folder.h"
#include "vision/challenge/zint_encoder.h"

namespace batchwright::vision::challenge {

namespace {

using paper::Document;
using paper::Spot;

constexpr double kMarginMm = 15, kCardWidthMm = 90, kCardHeightMm = 85;
constexpr std::size_t kColumns = 2, kRows = 3, kPerPage = kColumns * kRows;
constexpr double kBarHeightMm = 18;

// A grid of modules with true sizes; each row's run of ink is one box, so that no hairline shows
// between two.
void draw_modules(Document& document, Spot at, double module_mm, double row_mm,
                  const cv::Mat& modules) {
  for (int y = 0; y < modules.rows; ++y)
    for (int x = 0; x < modules.cols; ++x) {
      if (modules.at<std::uint8_t>(y, x) != 0) continue;
      const int begin = x;
      while (x + 1 < modules.cols && modules.at<std::uint8_t>(y, x + 1) == 0) ++x;
      document.box({at.x_mm + begin * module_mm, at.y_mm + y * row_mm}, (x - begin + 1) * module_mm,
                   row_mm, paper::kBlack);
    }
}

struct SymbolSize {
  double width_mm = 0, height_mm = 0, row_mm = 0;
};

SymbolSize size_of(const KitCard& card, const cv::Mat& modules) {
  const bool bars = card.symbology == Symbology::kCode128;
  const double row_mm = bars ? kBarHeightMm : card.x_dimension_mm;
  return {modules.cols * card.x_dimension_mm, modules.rows * row_mm, row_mm};
}

Result<void> draw_symbol(Document& document, const CardPlace& place, const KitCard& card) {
  const auto modules = encode({card.symbology, true}, card.source);
  if (!modules) return std::unexpected(modules.error());
  const auto size = size_of(card, *modules);
  const Spot at{place.x_mm + (place.width_mm - size.width_mm) / 2, place.y_mm + 22};
  if (card.harm == CardHarm::kGlossy)
    document.frame({at.x_mm - 8, at.y_mm - 6}, size.width_mm + 16, size.height_mm + 12, 0.2,
                   paper::kGrey);
  draw_modules(document, at, card.x_dimension_mm, size.row_mm, *modules);
  if (card.harm == CardHarm::kHalfGone)
    document.polygon({{at.x_mm + size.width_mm * 0.25, at.y_mm - 0.5},
                      {at.x_mm + size.width_mm + 0.5, at.y_mm - 0.5},
                      {at.x_mm + size.width_mm + 0.5, at.y_mm + size.height_mm * 0.9}},
                     paper::kWhite);
  return {};
}

Result<void> draw_card(Document& document, const CardPlace& place, const KitCard& card) {
  document.frame({place.x_mm, place.y_mm}, place.width_mm, place.height_mm, 0.1, paper::kGrey);
  const double width = place.width_mm - 8;
  document.text({place.x_mm + 4, place.y_mm + 3}, width,
                fmt::format("Card {}   {}", card.number, card.name), {.size_pt = 10, .bold = true});
  if (card.harm != CardHarm::kEmpty) {
    if (auto drawn = draw_symbol(document, place, card); !drawn) return drawn;
    document.text({place.x_mm + 4, place.y_mm + 48}, width, card.shown,
                  {.size_pt = 9, .align = paper::Align::kCentre});
    document.text({place.x_mm + 4, place.y_mm + 9}, width,
                  fmt::format("X-dimension {} mm", card.x_dimension_mm),
                  {.size_pt = 7, .colour = paper::kGrey});
  }
  if (card.harm == CardHarm::kGlossy)
    document.text({place.x_mm + 4, place.y_mm + 64}, width,
                  "Lay clear tape over the frame; hold it so that a lamp shines in it.",
                  {.size_pt = 7});
  document.text({place.x_mm + 4, place.y_mm + 71}, width, "Must come out: " + card.outcome,
                {.size_pt = 9, .bold = true});
  return {};
}

std::string values_in_words() {
  std::string words;
  for (const auto& [name, value] : kit_values())
    words += fmt::format(" --expect {}={}", name, value);
  return words;
}

void draw_ruler(Document& document, double y_mm) {
  document.line({kMarginMm, y_mm}, {kMarginMm + 100, y_mm}, 0.3);
  for (int mm = 0; mm <= 100; mm += 10)
    document.line({kMarginMm + mm, y_mm - 2}, {kMarginMm + mm, y_mm + 2}, 0.2);
  document.text({kMarginMm + 104, y_mm - 2}, 60, "must measure 100 mm", {.size_pt = 8});
}

void draw_first_page(Document& document, const std::string& date) {
  constexpr double kWidth = paper::kPageWidthMm - 2 * kMarginMm;
  double y = kMarginMm;
  y += document.text({kMarginMm, y}, kWidth, "Challenge cards for camera checks",
                     {.size_pt = 17, .bold = true});
  y += document.text({kMarginMm, y + 1}, kWidth, "Edition of " + date, {.colour = paper::kGrey});
  y += 6;
  y += document.text(
      {kMarginMm, y}, kWidth,
      "Print at 100 % on matt white paper, 600 dots per inch or finer, and measure the line below. "
      "Cut along the frames. Show every card to the camera at its working place and light, before "
      "the batch and after it. Each must come out as it says. If one does not, the camera check is "
      "not used and two people check instead, with an exception.\n\n"
      "Replace cards that are soiled or bent. A card that passed a hundred times says no more of "
      "the hundred-and-first label than the validation report says: these cards show that the "
      "place, its light and its camera are as they were.\n\nThe check is told to expect:" +
          values_in_words());
  draw_ruler(document, y + 10);
  y += 20;
  for (const auto& card : kit_cards()) {
    document.text({kMarginMm, y}, 20, "Card " + card.number, {.bold = true});
    document.text({kMarginMm + 20, y}, 75, card.name);
    y += document.text({kMarginMm + 95, y}, kWidth - 95, card.outcome) + 1;
    document.line({kMarginMm, y - 0.5}, {kMarginMm + kWidth, y - 0.5}, 0.1, paper::kPale);
  }
}

void draw_tags(Document& document) {
  const auto dictionary = cv::aruco::getPredefinedDictionary(cv::aruco::DICT_APRILTAG_36h11);
  document.text({kMarginMm, kMarginMm}, 170, "Station tags, apriltag_36h11",
                {.size_pt = 13, .bold = true});
  document.text({kMarginMm, kMarginMm + 8}, 170,
                fmt::format("Side of the black square {} mm. Leave at least {:.2f} mm of white "
                            "around it. The number is the tag's id in the check file.",
                            kKitTagSideMm, kKitTagSideMm / 8));
  for (int id = 0; id < kKitTags; ++id) {
    cv::Mat modules;
    dictionary->drawMarker(id, 8, modules, 1);
    const Spot at{kMarginMm + 20 + (id % 2) * 85.0, kMarginMm + 30 + id / 2 * 65.0};
    draw_modules(document, at, kKitTagSideMm / 8, kKitTagSideMm / 8, modules);
    document.text({at.x_mm, at.y_mm + kKitTagSideMm + 6}, kKitTagSideMm, fmt::format("id {}", id),
                  {.align = paper::Align::kCentre});
  }
}

}  // namespace

CardPlace place_of_card(std::size_t index) {
  const auto on_page = index % kPerPage;
  return {1 + index / kPerPage, kMarginMm + static_cast<double>(on_page % kColumns) * kCardWidthMm,
          kMarginMm + static_cast<double>(on_page / kColumns) * kCardHeightMm, kCardWidthMm,
          kCardHeightMm};
}

Result<std::string> site_kit_pdf(const std::string& date) {
  Document document({"Challenge cards for camera checks", date});
  draw_first_page(document, date);
  const auto cards = kit_cards();
  for (std::size_t i = 0; i < cards.size(); ++i) {
    const auto place = place_of_card(i);
    while (document.pages() <= place.page) document.begin_page();
    if (auto drawn = draw_card(document, place, cards[i]); !drawn)
      return std::unexpected(drawn.error());
  }
  document.begin_page();
  try {
    draw_tags(document);
  } catch (const cv::Exception&) {
    return fail(ErrorCode::kUnsupported, "The station tags could not be drawn.");
  }
  return document.finish();
}

Result<void> write_site_kit(const std::string& path, const std::string& date,
                            const std::string& manifest_path) {
  const auto pdf = site_kit_pdf(date);
  if (!pdf) return std::unexpected(pdf.error());
  if (auto saved = save_whole(path, *pdf); !saved || manifest_path.empty()) return saved;
  const auto manifest = file_of(kit_challenge(date));
  // Read back: a panel would refuse it no earlier than at the challenge.
  if (const auto reading = manifest_from_json(manifest); !reading.manifest)
    return fail(ErrorCode::kMalformed, reading.findings.front().message,
                reading.findings.front().place);
  return save_whole(manifest_path, manifest);
}

}  // namespace batchwright::vision::challenge
