#include "ui/widgets/button.h"

#include <imgui.h>

#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

constexpr std::int64_t kHoldMs = 1000;
constexpr std::int64_t kDeadTapShownMs = 2000;
constexpr std::int64_t kFrameMs = 16;

struct Paint {
  Rgb fill, words, edge;
  bool outlined = true;
};

Paint paint_of(const Ui& ui, const Target& target, const ButtonLook& look, bool pressed) {
  const Colours& c = ui.colours();
  if (!target.enabled) return {c.disabled, c.on_disabled, c.divider};
  if (pressed) return {c.pressed, c.on_pressed, c.pressed};
  if (look.selected) return {c.selected, c.on_selected, c.focus};
  switch (look.look) {
    case Look::kPlain: return {c.card, c.ink, c.edge};
    case Look::kKey: return {c.well, c.ink, c.edge};
    case Look::kPrimary: return {c.action, c.on_action, c.action};
    case Look::kWarning: return {c.card, c.warning_ink, c.warning};
    case Look::kAlarm: return {c.card, c.alarm_ink, c.alarm};
    case Look::kQuiet: return {c.card, c.ink, c.card, false};
  }
  return {c.card, c.ink, c.edge};
}

void draw_words(Ui& ui, const Rect& rect, const Target& target, const ButtonLook& look,
                Rgb colour) {
  const float side = ui.px(look.left ? ui.sizes().padding : 1);
  Rect box = inset(rect, std::min(side, rect.width() / 8), ui.px(0.5));
  const Align align = look.left ? Align::kLeft : Align::kCentre;
  if (look.selected && look.left) {
    put_text(ui, cut_right(box, ui.px(7)), TextRole::kAction, colour, "✓", Align::kRight);
    skip_right(box, ui.px(2));
  }
  if (!look.note.empty()) {
    const float line = ui.paint.line_height(TextRole::kSmall);
    const float both = ui.paint.line_height(look.role) + line;
    Rect pair = inset(box, 0, std::floor((box.height() - both) / 2));
    put_text(ui, cut_bottom(pair, line), TextRole::kSmall, colour, look.note, align);
    box = pair;
  }
  const bool ticked = look.selected && !look.left;
  put_text(ui, box, look.role, colour, ticked ? "✓ " + target.label : target.label, align);
}

void draw_button(Ui& ui, const Rect& rect, const Target& target, const ButtonLook& look,
                 bool pressed) {
  const Paint paint = paint_of(ui, target, look, pressed);
  const float corner = ui.px(ui.sizes().corner_small);
  ui.paint.fill(rect, paint.fill, corner);
  if (paint.outlined) ui.paint.outline(rect, paint.edge, corner, ui.px(ui.sizes().edge));
  draw_words(ui, rect, target, look, paint.words);
}

void note_dead_tap(Ui& ui, const Target& target) {
  ui.state.dead_tap_id = target.id;
  ui.state.dead_tap_reason = target.reason;
  ui.state.dead_tap_ms = ui.frame.now_ms;
}

}  // namespace

Touched touch_target(Ui& ui, const Rect& rect, const Target& target) {
  const bool is_key = target.id.starts_with("key:");
  if (ui.covered && is_key) return {};  // the keys above have the same names
  ui.frame.widgets.add({.id = target.id,
                        .rect = rect,
                        .label = target.label,
                        .kind = target.kind,
                        .enabled = target.enabled,
                        .reason = target.enabled ? std::string() : target.reason,
                        .group = target.group});
  if (ui.covered) return {};
  ImGui::SetCursorScreenPos({rect.x0, rect.y0});
  const bool released = ImGui::InvisibleButton(target.id.c_str(), {rect.width(), rect.height()});
  Touched touched{.tapped = false, .pressed = ImGui::IsItemActive() && ImGui::IsItemHovered()};
  if (!released || !ui.frame.accept_tap(target.id, target.kind)) return touched;
  if (target.enabled) {
    touched.tapped = true;
  } else {
    note_dead_tap(ui, target);
  }
  return touched;
}

Touched touched_button(Ui& ui, const Rect& rect, const Target& target, const ButtonLook& look) {
  const Touched touched = touch_target(ui, rect, target);
  draw_button(ui, rect, target, look, touched.pressed);
  return touched;
}

bool button(Ui& ui, const Rect& rect, const Target& target, const ButtonLook& look) {
  return touched_button(ui, rect, target, look).tapped;
}

bool hold_button(Ui& ui, const Rect& rect, const Target& target, const ButtonLook& look) {
  const Touched touched = touch_target(ui, rect, target);
  const bool holds = touched.pressed && target.enabled;
  UiState& state = ui.state;
  if (!holds && state.held_id == target.id) state.held_id.clear();
  if (holds && ui.frame.touch.pressed) {
    state.held_id = target.id;
    state.held_since_ms = ui.frame.now_ms;
  }
  const bool counting = holds && state.held_id == target.id;
  const std::int64_t held_ms = counting ? ui.frame.now_ms - state.held_since_ms : 0;
  draw_button(ui, rect, target, look, touched.pressed);
  if (counting) {
    const Point centre{rect.x0 + ui.px(9), rect.centre_y()};
    ui.paint.ring(centre, ui.px(5), ui.colours().muted, ui.px(1.2));
    const float part = static_cast<float>(held_ms) / static_cast<float>(kHoldMs);
    ui.paint.arc(centre, ui.px(5), part, ui.colours().on_pressed, ui.px(1.2));
    ui.frame.redraw_in_ms(kFrameMs);
  }
  if (held_ms < kHoldMs) return false;
  state.held_id.clear();
  return true;
}

bool is_dead_tap_shown(Ui& ui, std::string_view id) {
  if (ui.state.dead_tap_id != id) return false;
  const std::int64_t left_ms = ui.state.dead_tap_ms + kDeadTapShownMs - ui.frame.now_ms;
  if (left_ms <= 0) {
    ui.state.dead_tap_id.clear();
    return false;
  }
  ui.frame.redraw_in_ms(left_ms);
  return true;
}

}  // namespace batchwright::ui
