#include "ui/screens/screens.h"
#include "ui/widgets/bottom_row.h"
#include "ui/widgets/language_choice.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/person_grid.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

void draw_alarms(Ui& ui, const std::vector<std::string>& alarms, Rect& area) {
  if (alarms.empty()) return;
  const Colours& c = ui.colours();
  const float line = ui.px(9);
  const float height = ui.px(9) + static_cast<float>(alarms.size()) * line + ui.px(4);
  const Rect card = cut_top(area, height);
  skip_top(area, ui.px(4));
  ui.paint.fill(card, c.alarm_well, ui.px(ui.sizes().corner));
  ui.paint.outline(card, c.alarm, ui.px(ui.sizes().corner), ui.px(ui.sizes().edge));
  Rect inner = inset(card, ui.px(4), ui.px(2));
  put_text(ui, cut_top(inner, ui.px(9)), TextRole::kSmallBold, c.alarm_ink, ui.tr("lock.alarms"));
  for (const std::string& alarm : alarms) {
    Rect row = cut_top(inner, line);
    const float side = ui.px(6);
    const float y = std::round(row.centre_y() - side / 2);
    draw_alert_mark(ui, {row.x0, y, row.x0 + side, y + side}, c.alarm);
    skip_left(row, side + ui.px(2.5));
    put_text(ui, row, TextRole::kSmall, c.ink, alarm);
  }
}

void draw_timer_card(Ui& ui, const std::vector<TimerView>& timers, const Rect& area) {
  if (timers.empty()) return;
  const Colours& c = ui.colours();
  const float line = ui.px(17);
  Rect card = area;
  card.y1 = std::min(area.y1, area.y0 + ui.px(13) + static_cast<float>(timers.size()) * line);
  ui.paint.fill(card, c.card, ui.px(ui.sizes().corner));
  Rect inner = inset(card, ui.px(4), ui.px(2));
  put_text(ui, cut_top(inner, ui.px(8)), TextRole::kSmall, c.muted, ui.tr("lock.timers"));
  for (const TimerView& timer : timers) {
    Rect row = cut_top(inner, line);
    if (row.height() < line - 2) return;
    put_text(ui, cut_top(row, ui.px(10)), TextRole::kTitle, timer.overdue ? c.warning_ink : c.ink,
             timer.text);
    put_text(ui, cut_top(row, ui.px(7)), TextRole::kSmall, c.muted, timer.label);
  }
}

}  // namespace

void draw_lock(Ui& ui, const LockView& view) {
  ui.frame.show("lock");
  const Colours& c = ui.colours();
  const bool wide = ui.is_wide();
  Rect area = content_area(ui);
  if (!wide) area.y1 += ui.px(2);
  skip_top(area, ui.px(wide ? 3 : 0));
  if (!view.timers.empty() || !view.alarms.empty()) {
    Rect side = cut_right(area, ui.px(wide ? 92 : 76));
    skip_right(area, ui.px(6));
    draw_alarms(ui, view.alarms, side);
    draw_timer_card(ui, view.timers, side);
  }
  put_text(ui, cut_top(area, ui.px(12)), TextRole::kTitle, c.ink, ui.tr("lock.title"));
  const std::string by = ui.tr("lock.by", {{"time", view.since}, {"name", view.locked_by}});
  const float height = paragraph_height(ui, TextRole::kBody, by, area.width());
  if (!view.locked_by.empty()) put_paragraph(ui, cut_top(area, height), TextRole::kBody, c.ink, by);
  skip_top(area, ui.px(wide ? 6 : 2));
  put_text(ui, cut_top(area, ui.px(8)), TextRole::kSmallBold, c.muted, ui.tr("lock.who"));
  skip_top(area, ui.px(1));
  const std::string person =
      draw_person_grid(ui, view.people, area, wide ? 3 : 2, wide ? 30 : 20, "person:");
  if (!person.empty()) ui.send(ChoosePerson{person});
  const LanguageView* language = next_language(ui.view);
  BottomRow row{.deviation = false, .more = false};
  if (language != nullptr) {
    row.first_id = "language";
    row.first_label = language->name;
  }
  if (draw_bottom_row(ui, row) == "language") ui.send(ChooseLanguage{language->tag});
}

}  // namespace batchwright::ui
