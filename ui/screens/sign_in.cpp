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

constexpr double kHintSideMm = 28;  // padding, picture and gap beside the words

std::string hint_words(const Ui& ui, const SignInView& view) {
  return view.error.empty() ? std::string(ui.tr("sign_in.hint")) : view.error;
}

TextRole hint_role(const Ui& ui, const SignInView& view) {
  return ui.is_wide() || view.error.empty() ? TextRole::kBody : TextRole::kSmall;
}

float hint_height(const Ui& ui, const SignInView& view, float width) {
  const float text =
      paragraph_height(ui, hint_role(ui, view), hint_words(ui, view), width - ui.px(kHintSideMm));
  return std::max(text + ui.px(3), ui.px(ui.is_wide() ? 19 : 15));
}

void draw_hint(Ui& ui, const SignInView& view, const Rect& band) {
  const Colours& c = ui.colours();
  const bool wrong = !view.error.empty();
  const float corner = ui.px(ui.sizes().corner);
  ui.paint.fill(band, wrong ? c.alarm_well : c.card, corner);
  if (wrong) ui.paint.outline(band, c.alarm, corner, ui.px(ui.sizes().edge));
  Rect words = inset(band, ui.px(5), 0);
  const Rect sign = cut_left(words, ui.px(14));
  skip_left(words, ui.px(4));
  const float half = ui.px(wrong ? 4.5 : 5);
  const float y = std::round(sign.centre_y());
  if (wrong) {
    draw_alert_mark(ui, {sign.x0, y - half, sign.x0 + 2 * half, y + half}, c.alarm);
  } else {
    draw_badge_picture(ui, {sign.x0, y - half, sign.x1, y + half});
  }
  put_paragraph_middle(ui, words, hint_role(ui, view), wrong ? c.alarm_ink : c.ink,
                       hint_words(ui, view));
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
  const std::string running = running_words(ui, view.running_batches);
  const float note = paragraph_height(ui, TextRole::kSmall, running, area.width());
  const float hint = hint_height(ui, view, area.width());
  const float gap = ui.px(wide ? 6 : 3);
  Rect grid = area;
  skip_bottom(grid, hint + gap + note + ui.px(2));
  grid.y1 =
      std::min(grid.y1, grid.y0 + person_grid_height(ui, view.people.size(), columns, card_mm));
  const std::string person = draw_person_grid(ui, view.people, grid, columns, card_mm, "person:");
  if (!person.empty()) ui.send(ChoosePerson{person});
  area.y0 = grid.y1 + gap;
  draw_hint(ui, view, cut_top(area, hint));
  skip_top(area, ui.px(wide ? 2 : 1));
  put_paragraph(ui, area, TextRole::kSmall, ui.colours().muted, running);
  const LanguageView* language = next_language(ui.view);
  BottomRow row{.deviation = false, .more = false};
  if (language != nullptr) {
    row.first_id = "language";
    row.first_label = language->name;
  }
  if (draw_bottom_row(ui, row) == "language") ui.send(ChooseLanguage{language->tag});
}

}  // namespace batchwright::ui
