#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/pad_parts.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/safe_button.h"
#include "ui/widgets/text.h"
#include "ui/widgets/text_keyboard.h"

namespace batchwright::ui {
namespace {

constexpr int kPasswordCharactersMax = 128;

void submit(Ui& ui, const PasswordView& view) {
  UiState& state = ui.state;
  const bool second = view.first_time && !state.on_new_password;
  const std::string& typed = state.on_new_password ? state.new_password : state.password;
  if (typed.empty()) return say_dead_tap(ui, "keyboard", ui.tr("password.missing"));
  if (second) {
    state.on_new_password = true;
    state.layer = KeyLayer::kLower;
    return;
  }
  ui.send(SubmitPassword{view.person.id, state.password, state.new_password});
  wipe(state.password);
  wipe(state.new_password);
  state.on_new_password = false;
}

std::string_view title(const Ui& ui, const PasswordView& view) {
  if (view.first_time) return ui.tr("password.title_first");
  return view.unlocks ? ui.tr("password.title_unlock") : ui.tr("password.title");
}

std::string field_words(Ui& ui, const PasswordView& view) {
  if (is_dead_tap_shown(ui, "keyboard")) return ui.state.dead_tap_reason;
  if (view.busy) return std::string(ui.tr("password.busy"));
  if (!view.error.empty()) return view.error;
  if (!view.first_time) return ui.tr("password.caption", {{"name", view.person.name}});
  return std::string(ui.state.on_new_password ? ui.tr("password.new") : ui.tr("password.one_time"));
}

// Wide: who it is, large, over the field.
void draw_person(Ui& ui, const PasswordView& view, Rect& area) {
  Rect row = cut_top(area, ui.px(26));
  put_text(ui, cut_top(row, ui.px(12)), TextRole::kTitle, ui.colours().ink, title(ui, view));
  const float radius = ui.px(6);
  draw_initials(ui, {row.x0 + radius, std::round(row.centre_y())}, radius, view.person.initials);
  skip_left(row, 2 * radius + ui.px(4));
  put_text(ui, row, TextRole::kBody, ui.colours().ink, view.person.name + " · " + view.person.role);
  skip_top(area, ui.px(2));
}

}  // namespace

void draw_password(Ui& ui, const PasswordView& view) {
  UiState& state = ui.state;
  ui.frame.show("password/" + view.person.id + (state.on_new_password ? "/new" : ""));
  const bool wide = ui.is_wide();
  const float margin = ui.px(ui.sizes().margin);
  const float gap = ui.px(ui.sizes().gap_groups);
  Rect area = inset(ui.whole(), margin, margin);
  area.y0 = ui.px(ui.sizes().bar_height) + ui.px(wide ? 5 : 1.5);
  const Rect keys = cut_bottom(area, text_keyboard_height(ui));
  skip_bottom(area, gap);
  if (wide) draw_person(ui, view, area);
  const bool wrong = !view.error.empty() && !view.busy;
  const std::string words = field_words(ui, view);
  const Rect caption = cut_top(area, ui.px(wide ? 9 : 7.2));
  put_text(ui, caption, TextRole::kSmallBold, wrong ? ui.colours().alarm_ink : ui.colours().ink,
           words);
  Rect row = cut_top(area, ui.px(wide ? 20 : 15));
  const float width = ui.px(wide ? 40 : 29);
  draw_safe_button(ui, cut_right(row, width));
  skip_right(row, gap);
  const Rect back = cut_right(row, width);
  skip_right(row, gap);
  const Rect show = cut_right(row, width);
  skip_right(row, gap);
  const Target cancel{.id = "key:cancel", .label = std::string(ui.tr("pad.back"))};
  if (button(ui, back, cancel, {.role = TextRole::kBodyBold})) ui.send(Back{});
  const Target reveal{.id = "reveal", .label = std::string(ui.tr("password.hold_to_show"))};
  state.revealed = touched_button(ui, show, reveal, {.role = TextRole::kSmallBold}).pressed;
  std::string& typed = state.on_new_password ? state.new_password : state.password;
  draw_text_well(ui, row, typed, true, state.revealed, !view.busy);
  const bool first_of_two = view.first_time && !state.on_new_password;
  const std::string enter(first_of_two ? ui.tr("password.next_field") : ui.tr("password.sign_in"));
  ui.covered |= view.busy;  // the check runs: what is typed now belongs to nothing
  if (draw_text_keyboard(ui, keys, typed, kPasswordCharactersMax, enter)) submit(ui, view);
}

}  // namespace batchwright::ui
