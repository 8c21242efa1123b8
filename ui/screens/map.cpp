#include "ui/screens/screens.h"
#include "ui/widgets/bottom_row.h"
#include "ui/widgets/chart.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

std::string exception_words(const Ui& ui, int exceptions) {
  if (exceptions == 0) return std::string(ui.tr("map.no_exceptions"));
  if (exceptions == 1) return "! " + std::string(ui.tr("map.exceptions_one"));
  return "! " + ui.tr("map.exceptions", {{"n", std::to_string(exceptions)}});
}

void draw_notes(Ui& ui, const MapView& view, const Rect& area) {
  const Colours& c = ui.colours();
  ui.paint.fill(area, c.card, ui.px(ui.sizes().corner));
  Rect inner = inset(area, ui.px(4));
  put_text(ui, cut_top(inner, ui.px(8)), TextRole::kSmall, c.muted, ui.tr("map.open_now"));
  const Rgb colour = view.exceptions > 0 ? c.warning_ink : c.ink;
  const std::string words = exception_words(ui, view.exceptions);
  const float lines = paragraph_height(ui, TextRole::kSmallBold, words, inner.width());
  put_paragraph(ui, cut_top(inner, lines), TextRole::kSmallBold, colour, words);
  for (std::size_t i = 0; i < view.notes.size(); ++i) {
    const std::string& note = view.notes[i];
    skip_top(inner, ui.px(2));
    const float height = paragraph_height(ui, TextRole::kSmall, note, inner.width());
    const bool last = i + 1 == view.notes.size();
    const float below = last ? 0 : ui.paint.line_height(TextRole::kSmall) + ui.px(2);
    if (height + below > inner.height()) {
      const std::string left = std::to_string(view.notes.size() - i);
      put_text(ui, cut_top(inner, ui.paint.line_height(TextRole::kSmall)), TextRole::kSmallBold,
               c.ink, ui.tr("map.more", {{"n", left}}));
      return;
    }
    put_paragraph(ui, cut_top(inner, height), TextRole::kSmall, c.ink, note);
  }
}

}  // namespace

void draw_map(Ui& ui, const MapView& view) {
  ui.frame.show("map");
  const bool wide = ui.is_wide();
  Rect area = content_area(ui);
  if (!wide) area.y1 += ui.px(2);
  draw_notes(ui, view, cut_right(area, ui.px(wide ? 66 : 46)));
  skip_right(area, ui.px(wide ? 4 : 3));
  ui.paint.fill(area, ui.colours().card, ui.px(ui.sizes().corner));
  const std::string path = draw_chart(ui, view.rows, inset(area, ui.px(4)));
  if (!path.empty()) ui.send(ChooseStep{path});
  const BottomRow row{.first_id = "batches",
                      .first_label = "‹\u00a0" + std::string(ui.tr("map.batches")),
                      .way_on = WayOn{std::string(ui.tr("map.to_step")) + "\u00a0›"}};
  const std::string tapped = draw_standard_row(ui, row);
  if (tapped == "batches") ui.send(ShowRuns{});
  if (tapped == "next") ui.send(Back{});
}

}  // namespace batchwright::ui
