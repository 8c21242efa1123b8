#include "ui/widgets/value_rows.h"

#include <algorithm>

#include "ui/widgets/pages.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

constexpr double kLowestMm = 7.8;  // still one line of small type

}  // namespace
float draw_value_rows(Ui& ui, const std::vector<SummaryRowView>& rows, const Rect& area,
                      const std::string& list) {
  const Colours& c = ui.colours();
  Rect rest = area;
  const float roomy = ui.px(ui.is_wide() ? 11 : 9.5);
  const float share =
      std::floor(area.height() / static_cast<float>(std::max<std::size_t>(rows.size(), 1)));
  const float height = std::clamp(share, ui.px(kLowestMm), roomy);
  const int fit = std::max(1, static_cast<int>(area.height() / height));
  const Page page = current_page(ui, list, static_cast<int>(rows.size()), fit);
  if (page.total > 1) {
    draw_page_buttons(ui, list, page, cut_right(rest, page_column_width(ui)));
    skip_right(rest, ui.px(ui.sizes().gap_groups));
  }
  for (int i = page.first; i < page.last; ++i) {
    const SummaryRowView& row = rows[static_cast<std::size_t>(i)];
    const Rect line = cut_top(rest, height);
    Rect inner = inset(line, ui.px(1), 0);
    const float wanted = ui.paint.text_width(TextRole::kSmallBold, row.value) + 1;
    const Rect value =
        cut_right(inner, std::clamp(wanted, inner.width() * 0.3F, inner.width() * 0.86F));
    skip_right(inner, ui.px(3));
    put_text(ui, inner, TextRole::kSmall, c.ink, row.label);
    put_text(ui, value, TextRole::kSmallBold, c.ink, row.value, Align::kRight);
    ui.paint.line({line.x0, line.y1}, {line.x1, line.y1}, c.divider, ui.px(0.3));
  }
  return rest.y0 - area.y0;
}

}  // namespace batchwright::ui
