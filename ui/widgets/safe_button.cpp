#include "ui/widgets/safe_button.h"

#include "ui/widgets/button.h"

namespace batchwright::ui {

void draw_safe_button(Ui& ui, const Rect& rect) {
  // Below something else it is drawn, but its name belongs to the one on top.
  const std::string id = ui.covered ? "make_safe:" + std::to_string(ui.texts++) : "make_safe";
  const Target target{.id = id, .label = std::string(ui.tr("safe.button"))};
  if (button(ui, rect, target, {.look = Look::kAlarm, .role = TextRole::kBodyBold}))
    ui.state.make_safe = true;
}

}  // namespace batchwright::ui
