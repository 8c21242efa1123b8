#include "ui/widgets/dialog_frame.h"

#include <algorithm>

#include "ui/widgets/rect_cut.h"
#include "ui/widgets/safe_button.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

constexpr double kCancelMm = 30;
constexpr double kSafeMm = 35;
constexpr double kConfirmWideMm = 56;
constexpr double kConfirmCompactMm = 46;

}  // namespace

Rect begin_dialog(Ui& ui, double width_mm, double height_mm) {
  const Colours& c = ui.colours();
  const Rect whole = ui.whole();
  const float margin = ui.px(ui.sizes().margin);
  ui.frame.widgets.raise_layer();
  ui.paint.fill(whole, c.scrim, 0, c.scrim_alpha);
  const float width = std::min(ui.px(width_mm), whole.width() - 2 * margin);
  const float height = std::min(ui.px(height_mm), whole.height() - 2 * margin);
  const float x = std::round((whole.width() - width) / 2);
  // A little above the middle, but never over the edge.
  const float y = std::max(margin, std::round((whole.height() - height) * 0.42F));
  const Rect card{x, y, x + width, y + height};
  const float corner = ui.px(ui.sizes().corner);
  ui.paint.shadow(card, corner, ui.px(5));
  ui.paint.fill(card, c.card, corner);
  return inset(card, ui.px(ui.sizes().padding + (ui.is_wide() ? 1 : 0)));
}

DialogAnswer draw_dialog_foot(Ui& ui, const DialogFoot& foot, Rect& rest) {
  Rect row = cut_bottom(rest, ui.px(ui.sizes().confirm_height));
  skip_bottom(rest, ui.px(ui.sizes().gap_groups));
  const float gap = ui.px(ui.sizes().gap_groups);
  const float low = ui.px(ui.sizes().target_frequent);
  const float drop = row.height() - low;
  DialogAnswer answer = DialogAnswer::kNone;
  const Rect confirm = cut_right(row, ui.px(ui.is_wide() ? kConfirmWideMm : kConfirmCompactMm));
  skip_right(row, gap);
  row.y0 += drop;

  if (!foot.cancel.id.empty()) {
    if (button(ui, cut_left(row, ui.px(kCancelMm)), foot.cancel, {.role = TextRole::kBodyBold}))
      answer = DialogAnswer::kCancel;
    skip_left(row, gap);
  }
  draw_safe_button(ui, cut_left(row, ui.px(kSafeMm)));
  skip_left(row, gap);
  Target target = foot.confirm;
  target.kind = foot.confirm_kind;
  if (button(ui, confirm, target, {.look = Look::kPrimary})) answer = DialogAnswer::kConfirm;
  row.y0 -= drop + ui.px(2);
  const std::string& words = target.enabled ? foot.hint : target.reason;
  const bool dead = !target.enabled && is_dead_tap_shown(ui, target.id);
  put_paragraph_middle(ui, row, dead ? TextRole::kSmallBold : TextRole::kSmall,
                       dead ? ui.colours().ink : ui.colours().muted, words, Align::kRight);
  return answer;
}

float dialog_foot_height(const Ui& ui) {
  return ui.px(ui.sizes().confirm_height) + ui.px(ui.sizes().gap_groups);
}

}  // namespace batchwright::ui
