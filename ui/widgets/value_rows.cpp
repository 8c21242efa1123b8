#include "ui/widgets/value_rows.h"

#include <algorithm>

#include "ui/widgets/pages.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

constexpr double kLowestMm = 7.8;       // still one line of small type
constexpr float kValueShareMax = 0.6F;  // of the width, beside a label; a value alone has all of it
constexpr float kTwoLines = 1.7F;       // line widths that surely break into two lines

struct Row {
  std::string label, value;
  float value_width = 0;
  bool two_lines = false;
};

// The first part of `text` that two lines of `width` hold, cut at a space where there is one.
std::size_t part_that_fits(const Ui& ui, std::string_view text, float width) {
  const auto fits = [&](std::size_t length) {
    return ui.paint.text_width(TextRole::kSmallBold, text.substr(0, length)) <= width * kTwoLines;
  };
  if (fits(text.size())) return text.size();
  std::size_t low = 1, high = text.size();
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    (fits(middle) ? low : high) = middle;
  }
  const std::size_t space = text.rfind(' ', low);
  if (space != std::string_view::npos && space > 0) return space + 1;
  while (low > 1 && (static_cast<unsigned char>(text[low]) & 0xC0U) == 0x80U) --low;
  return low;
}

// Nothing that is signed may be cut off: a long value goes on in rows of its own.
std::vector<Row> rows_that_fit(const Ui& ui, const std::vector<SummaryRowView>& views,
                               float width) {
  std::vector<Row> rows;
  const float gap = ui.px(3);
  for (const SummaryRowView& view : views) {
    const float value = ui.paint.text_width(TextRole::kSmallBold, view.value) + 1;
    const float label = ui.paint.text_width(TextRole::kSmall, view.label);
    if (value + gap + label <= width) {
      rows.push_back({view.label, view.value, value, false});
      continue;
    }
    const float beside = std::min(value, std::floor(width * kValueShareMax));
    if (value <= beside * kTwoLines) {
      rows.push_back({view.label, view.value, beside, true});
      continue;
    }
    rows.push_back({view.label, {}, 0, label > width});
    std::string_view rest = view.value;
    while (!rest.empty()) {
      const std::size_t part = part_that_fits(ui, rest, width);
      rows.push_back({{}, std::string(rest.substr(0, part)), width, true});
      rest.remove_prefix(part);
    }
  }
  return rows;
}

void draw_row(Ui& ui, const Row& row, const Rect& line) {
  const Colours& c = ui.colours();
  Rect inner = inset(line, ui.px(1), 0);
  const Rect value = cut_right(inner, row.value_width);
  if (row.value_width > 0) skip_right(inner, ui.px(3));
  if (!row.label.empty()) put_text(ui, inner, TextRole::kSmall, c.ink, row.label);
  if (!row.value.empty())
    put_text(ui, value, TextRole::kSmallBold, c.ink, row.value,
             row.label.empty() ? Align::kLeft : Align::kRight);
  ui.paint.line({line.x0, line.y1}, {line.x1, line.y1}, c.divider, ui.px(0.3));
}

}  // namespace

float draw_value_rows(Ui& ui, const std::vector<SummaryRowView>& views, const Rect& area,
                      const std::string& list) {
  Rect rest = area;
  const float high = 2 * ui.paint.line_height(TextRole::kSmall) + ui.px(1);
  std::vector<Row> rows = rows_that_fit(ui, views, area.width() - ui.px(2));
  const auto twos = static_cast<float>(std::ranges::count(rows, true, &Row::two_lines));
  const float ones = static_cast<float>(rows.size()) - twos;
  const float share = std::floor((area.height() - twos * high) / std::max(ones, 1.0F));
  float low = std::clamp(share, ui.px(kLowestMm), ui.px(ui.is_wide() ? 11 : 9.5));
  Page page{.last = static_cast<int>(rows.size())};
  if (ones * low + twos * high > area.height() + 1) {
    const Rect column = cut_right(rest, page_column_width(ui));
    skip_right(rest, ui.px(ui.sizes().gap_groups));
    rows = rows_that_fit(ui, views, rest.width() - ui.px(2));
    if (std::ranges::any_of(rows, &Row::two_lines)) low = high;
    const int fit = std::max(1, static_cast<int>(area.height() / low));
    page = current_page(ui, list, static_cast<int>(rows.size()), fit);
    draw_page_buttons(ui, list, page, column);
  }
  for (int i = page.first; i < page.last; ++i) {
    const Row& row = rows[static_cast<std::size_t>(i)];
    draw_row(ui, row, cut_top(rest, row.two_lines ? std::max(high, low) : low));
  }
  return rest.y0 - area.y0;
}

}  // namespace batchwright::ui
