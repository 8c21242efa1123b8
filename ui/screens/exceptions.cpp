#include "ui/screens/screens.h"
#include "ui/widgets/bottom_row.h"
#include "ui/widgets/exception_rows.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {

void draw_exceptions(Ui& ui, const ExceptionListView& view) {
  ui.frame.show("exceptions");
  const Colours& c = ui.colours();
  Rect area = content_area(ui);
  if (!ui.is_wide()) area.y1 += ui.px(2);  // no reason ever stands over a way on here
  ui.paint.fill(area, c.card, ui.px(ui.sizes().corner));
  area = inset(area, ui.px(6), ui.px(4));
  put_text(ui, cut_top(area, ui.px(12)), TextRole::kTitle, c.ink, ui.tr("exceptions.title"));
  skip_top(area, ui.px(3));
  if (view.exceptions.empty()) {
    put_paragraph(ui, area, TextRole::kBody, c.ink, ui.tr("exceptions.none"));
  } else {
    draw_exception_rows(ui, view.exceptions, area, "exceptions");
  }
  const BottomRow row{.first_id = "back",
                      .first_label = "‹ " + std::string(ui.tr("exceptions.back"))};
  if (draw_standard_row(ui, row) == "back") ui.send(Back{});
}

}  // namespace batchwright::ui
