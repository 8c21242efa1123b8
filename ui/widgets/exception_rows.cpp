#include "ui/widgets/exception_rows.h"

#include <algorithm>

#include "ui/widgets/marks.h"
#include "ui/widgets/pages.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

void draw_row(Ui& ui, const ExceptionView& exception, const Rect& row) {
  const Colours& c = ui.colours();
  Rect inner = row;
  const float side = ui.px(8);
  const Rect mark = cut_left(inner, side);
  const float y = row.y0 + ui.px(1);
  if (exception.open) {
    draw_alert_mark(ui, {mark.x0, y, mark.x1, y + side}, c.warning);
  } else {
    draw_progress_mark(ui, {mark.centre_x(), y + side / 2}, Progress::kDone, 0);
  }
  skip_left(inner, ui.px(4));
  const float line = ui.paint.line_height(TextRole::kSmall);
  Rect head = cut_top(inner, line);
  const std::string state(exception.open ? ui.tr("exceptions.open") : ui.tr("exceptions.closed"));
  const std::string side_words =
      exception.severity.empty() ? state : exception.severity + " · " + state;
  const float width = ui.paint.text_width(TextRole::kSmall, side_words) + 1;
  put_text(ui, cut_right(head, width), TextRole::kSmall, c.muted, side_words, Align::kRight);
  std::string where = exception.step;
  if (!exception.time.empty()) where += (where.empty() ? "" : " · ") + exception.time;
  head.x0 += put_text(ui, head, TextRole::kSmallBold, c.ink, exception.number) + ui.px(3);
  if (ui.paint.text_width(TextRole::kSmall, where) < head.width()) {
    put_text(ui, head, TextRole::kSmall, c.muted, where);
  }
  skip_top(inner, ui.px(0.5));
  put_paragraph(ui, inner, TextRole::kSmall, c.ink, exception.text);
}

}  // namespace

void draw_exception_rows(Ui& ui, const std::vector<ExceptionView>& exceptions, const Rect& area,
                         const std::string& list) {
  Rect rest = area;
  // A head, two lines of text, and the space around the divider.
  const float height = 3 * ui.paint.line_height(TextRole::kSmall) + ui.px(4.5);
  const int rows = std::max(1, static_cast<int>(area.height() / height));
  const Page page = current_page(ui, list, static_cast<int>(exceptions.size()), rows);
  if (page.total > 1) {
    draw_page_buttons(ui, list, page, cut_right(rest, page_column_width(ui)));
    skip_right(rest, ui.px(ui.sizes().gap_groups));
  }
  for (int i = page.first; i < page.last; ++i) {
    Rect row = cut_top(rest, height);
    draw_row(ui, exceptions[static_cast<std::size_t>(i)],
             {row.x0, row.y0, row.x1, row.y1 - ui.px(2)});
    if (i + 1 < page.last) {
      const float y = row.y1 - ui.px(1.5);
      ui.paint.line({row.x0, y}, {row.x1, y}, ui.colours().divider, ui.px(0.3));
    }
  }
}

}  // namespace batchwright::ui
