#include "client/report/flow.h"

#include <fmt/format.h>

#include <algorithm>

namespace batchwright::client::report {

namespace {

constexpr double kBottomMm = paper::kPageHeightMm - kMarginMm;
constexpr double kCellPaddingMm = 1;
constexpr paper::TextStyle kBody{.size_pt = 9};
constexpr paper::TextStyle kFoot{.size_pt = 7, .colour = paper::kGrey};

}  // namespace

Flow::Flow(paper::Document& document, std::string foot)
    : document_(document), foot_(std::move(foot)) {
  y_mm_ = kMarginMm;
  document_.text({kMarginMm, kBottomMm + 5}, kTextWidthMm, foot_ + "   page 1", kFoot);
}

void Flow::begin_page() {
  document_.begin_page();
  document_.text({kMarginMm, kBottomMm + 5}, kTextWidthMm,
                 fmt::format("{}   page {}", foot_, document_.pages()), kFoot);
  y_mm_ = kMarginMm;
}

double Flow::take(double height_mm) {
  if (y_mm_ + height_mm > kBottomMm && y_mm_ > kMarginMm) begin_page();
  const double at = y_mm_;
  y_mm_ += height_mm;
  return at;
}

void Flow::title(std::string_view words) {
  const paper::TextStyle style{.size_pt = 17, .bold = true};
  const double height = document_.text_height_mm(kTextWidthMm, words, style);
  document_.text({kMarginMm, take(height + 3)}, kTextWidthMm, words, style);
}

void Flow::heading(std::string_view words) {
  const paper::TextStyle style{.size_pt = 11.5, .bold = true};
  const double height = document_.text_height_mm(kTextWidthMm, words, style);
  // Never alone at the foot of a page.
  const double at = take(height + 34);
  y_mm_ -= 29;
  document_.text({kMarginMm, at + 3}, kTextWidthMm, words, style);
}

void Flow::paragraph(std::string_view words) {
  const double height = document_.text_height_mm(kTextWidthMm, words, kBody);
  document_.text({kMarginMm, take(height + 1.5)}, kTextWidthMm, words, kBody);
}

double Flow::row_height_mm(const std::vector<double>& shares, const std::vector<std::string>& cells,
                           const paper::TextStyle& style) const {
  double height = 0;
  for (std::size_t i = 0; i < cells.size(); ++i)
    height = std::max(height, document_.text_height_mm(
                                  shares[i] * kTextWidthMm - 2 * kCellPaddingMm, cells[i], style));
  return height + kCellPaddingMm;
}

void Flow::table(const std::vector<double>& shares,
                 const std::vector<std::vector<std::string>>& rows, bool numbers) {
  for (std::size_t row = 0; row < rows.size(); ++row) {
    paper::TextStyle style{.size_pt = 8.5, .bold = row == 0};
    const double height = row_height_mm(shares, rows[row], style);
    const double y = take(height);
    if (row == 0) document_.box({kMarginMm, y}, kTextWidthMm, height, paper::kPale);
    double x = kMarginMm;
    for (std::size_t i = 0; i < rows[row].size(); ++i) {
      const double width = shares[i] * kTextWidthMm;
      style.align = numbers && i > 0 ? paper::Align::kRight : paper::Align::kLeft;
      document_.text({x + kCellPaddingMm, y + kCellPaddingMm / 2}, width - 2 * kCellPaddingMm,
                     rows[row][i], style);
      x += width;
    }
    document_.line({kMarginMm, y + height}, {kMarginMm + kTextWidthMm, y + height}, 0.1,
                   paper::kGrey);
  }
  space(2);
}

}  // namespace batchwright::client::report
