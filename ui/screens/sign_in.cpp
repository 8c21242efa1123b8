#include "ui/screens/screens.h"
#include "ui/widgets/bottom_row.h"
#include "ui/widgets/language_choice.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/person_grid.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

std::string running_words(const Ui& ui, int batches) {
  if (batches == 0) return {};
  if (batches == 1) return std::string(ui.tr("sign_in.running_one"));
  return ui.tr("sign_in.running", {{"n", std::to_string(batches)}});
}

void draw_hint(Ui& ui, const SignInView& view, const Rect& band) {
  const Colours& c = ui.colours();
  const bool wrong = !view.error.empty();
  const float corner = ui.px(ui.sizes().corner);
  ui.paint.fill(band, wrong ? c.alarm_well : c.card, corner);
  if (wrong) ui.paint.outline(band, c.alarm, corner, ui.px(ui.sizes().edge));
  Rect inner = inset(band, ui.px(5), ui.px(1));
  if (wrong) {
    const float side = ui.px(9);
    const Rect mark = cut_left(inner, side);
    const float y = std::round(mark.centre_y() - side / 2);
    draw_alert_mark(ui, {mark.x0, y, mark.x1, y + side}, c.alarm);
  } else {
    const Rect picture = cut_left(inner, ui.px(16));
    const float half = ui.px(5);
    draw_badge_picture(ui, {picture.x0, picture.centre_y() - half, picture.x1 - ui.px(2),
                            picture.centre_y() + half});
  }
  skip_left(inner, ui.px(5));
  put_paragraph_middle(ui, inner, TextRole::kBody, wrong ? c.alarm_ink : c.ink,
                       wrong ? view.error : ui.tr("sign_in.hint"));
}

}  // namespace

void draw_sign_in(Ui& ui, const SignInView& view) {
  ui.frame.show("sign_in");
  const bool wide = ui.is_wide();
  Rect area = content_area(ui);
  area.y1 += wide ? 0 : ui.px(6);
  skip_top(area, ui.px(wide ? 3 : 0));
  put_text(ui, cut_top(area, ui.px(12)), TextRole::kTitle, ui.colours().ink,
           ui.tr("sign_in.title"));
  skip_top(area, ui.px(wide ? 3 : 1));
  const int columns = wide ? 4 : 3;
  const double card_mm = wide ? 30 : 20;
  const float foot = ui.px(wide ? 34 : 26);  // hint and note
  Rect grid = area;
  skip_bottom(grid, foot);
  grid.y1 =
      std::min(grid.y1, grid.y0 + person_grid_height(ui, view.people.size(), columns, card_mm));
  const std::string person = draw_person_grid(ui, view.people, grid, columns, card_mm, "person:");
  if (!person.empty()) ui.send(ChoosePerson{person});
  area.y0 = grid.y1 + ui.px(wide ? 6 : 3);
  draw_hint(ui, view, cut_top(area, ui.px(wide ? 19 : 15)));
  skip_top(area, ui.px(wide ? 2 : 0.5));
  put_text(ui, cut_top(area, ui.px(7.5)), TextRole::kSmall, ui.colours().muted,
           running_words(ui, view.running_batches));
  const LanguageView* language = next_language(ui.view);
  BottomRow row{.deviation = false, .more = false};
  if (language != nullptr) {
    row.first_id = "language";
    row.first_label = language->name;
  }
  if (draw_bottom_row(ui, row) == "language") ui.send(ChooseLanguage{language->tag});
}

}  // namespace batchwright::ui
