#include "ui/widgets/text_sheet.h"

#include "ui/widgets/button.h"
#include "ui/widgets/entry_select.h"
#include "ui/widgets/pad_parts.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/safe_button.h"
#include "ui/widgets/text.h"
#include "ui/widgets/text_keyboard.h"

namespace batchwright::ui {
namespace {

constexpr int kReasonCharactersMax = 400;
constexpr int kSecretCharactersMax = 128;

void give_entry(Ui& ui, std::string text) {
  const auto* step = std::get_if<StepView>(&ui.view.screen);
  if (step == nullptr) return;
  const EntryView* entry = selected_entry(ui.state, *step);
  if (entry != nullptr) submit_value(ui, *step, *entry, std::move(text));
}

void hand_over(Ui& ui, TextUse use, std::string text) {
  UiState& state = ui.state;
  switch (use) {
    case TextUse::kNone: return;
    case TextUse::kEntry: return give_entry(ui, std::move(text));
    case TextUse::kCorrectedValue: state.corrected = std::move(text); return;
    case TextUse::kCorrectionReason:
    case TextUse::kSkipReason:
    case TextUse::kCheckReason:
    case TextUse::kReleaseReason: state.reason = std::move(text); return;
    case TextUse::kWayReason: state.way_reason = std::move(text); return;
    case TextUse::kHandOverNote: state.note = std::move(text); return;
    case TextUse::kObservation: state.observation = std::move(text); return;
    case TextUse::kDeviation: state.deviation = std::move(text); return;
    case TextUse::kProcessState: state.process_state = std::move(text); return;
    case TextUse::kSignPassword: state.password = std::move(text); return;
  }
}

void close_text(Ui& ui) {
  wipe(ui.state.text.text);
  ui.state.text = {};
  ui.state.layer = KeyLayer::kLower;
  ui.state.revealed = false;
}

void finish(Ui& ui) {
  TextSheet& sheet = ui.state.text;
  if (sheet.text.find_first_not_of(' ') == std::string::npos) {
    say_dead_tap(ui, "keyboard", ui.tr("keyboard.empty"));
    return;
  }
  const TextUse use = sheet.use;
  std::string text = sheet.text;
  close_text(ui);
  hand_over(ui, use, std::move(text));
}

}  // namespace

void open_text(Ui& ui, TextUse use, std::string_view caption) {
  ui.state.text = {.use = use,
                   .caption = std::string(caption),
                   .text = {},
                   .secret = use == TextUse::kSignPassword};
  ui.state.layer = KeyLayer::kLower;
  ui.state.revealed = false;
}

void draw_text_sheet(Ui& ui) {
  TextSheet& sheet = ui.state.text;
  Rect area = ui.whole();
  skip_top(area, ui.px(ui.sizes().bar_height));
  ui.frame.widgets.raise_layer();
  ui.paint.fill(area, ui.colours().ground);
  const float margin = ui.px(ui.sizes().margin);
  area = inset(area, margin, margin);
  const Rect keys = cut_bottom(area, text_keyboard_height(ui));
  skip_bottom(area, ui.px(ui.sizes().gap_groups));
  const bool wide = ui.is_wide();
  if (!wide) area.y0 -= margin - ui.px(1);
  const Rect caption = cut_top(area, ui.px(wide ? 12 : 7.5));
  if (wide) skip_top(area, ui.px(2));

  Rect row = area;
  if (wide) row = cut_top(row, ui.px(sheet.secret ? 20 : 46));
  const float width = ui.px(wide ? 38 : 28);
  const float gap = ui.px(ui.sizes().gap_groups);
  Rect buttons = row;
  if (wide) buttons.y1 = buttons.y0 + ui.px(20);
  const Rect safe = cut_right(buttons, width);
  skip_right(buttons, gap);
  const Rect back = cut_right(buttons, width);
  skip_right(buttons, gap);
  const Target cancel{.id = "key:cancel", .label = std::string(ui.tr("pad.back"))};
  if (button(ui, back, cancel, {.role = TextRole::kBodyBold})) return close_text(ui);
  draw_safe_button(ui, safe);
  if (sheet.secret) {
    const Rect show = cut_right(buttons, width);
    skip_right(buttons, gap);
    const Target target{.id = "reveal", .label = std::string(ui.tr("password.hold_to_show"))};
    ui.state.revealed = touched_button(ui, show, target, {.role = TextRole::kSmallBold}).pressed;
  }
  row.x1 = buttons.x1;
  draw_text_well(ui, row, sheet.text, sheet.secret, ui.state.revealed, true);
  const bool dead = is_dead_tap_shown(ui, "keyboard");
  put_text(ui, caption, wide ? TextRole::kAction : TextRole::kSmallBold, ui.colours().ink,
           dead ? ui.state.dead_tap_reason : sheet.caption);
  const int characters_max = sheet.secret ? kSecretCharactersMax : kReasonCharactersMax;
  if (draw_text_keyboard(ui, keys, sheet.text, characters_max, std::string(ui.tr("keyboard.done"))))
    finish(ui);
}

}  // namespace batchwright::ui
