// A dialog: scrim over everything, a card with a shadow, a row of buttons at its foot. What lies
// below takes no taps.
#pragma once

#include <string>

#include "ui/widgets/button.h"
#include "ui/widgets/ui.h"

namespace batchwright::ui {

// Starts a layer and draws the card, at most as large as the panel allows. Returns the room inside
// its padding.
Rect begin_dialog(Ui& ui, double width_mm, double height_mm);

struct DialogFoot {
  Target cancel;  // id empty = none
  Target confirm;
  std::string hint;  // beside confirm, while it is enabled; its reason otherwise
  WidgetKind confirm_kind = WidgetKind::kConfirm;
};

enum class DialogAnswer { kNone, kCancel, kConfirm };

// Cancel, make safe, hint, confirm; taken off the bottom of `rest`.
DialogAnswer draw_dialog_foot(Ui& ui, const DialogFoot& foot, Rect& rest);

// Height the foot takes, gap included.
[[nodiscard]] float dialog_foot_height(const Ui& ui);

}  // namespace batchwright::ui
