#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dialog_frame.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

std::string batches(const Ui& ui) {
  const auto& running = ui.view.running_batches;
  if (running.empty()) return std::string(ui.tr("safe.no_batches"));
  std::string list;
  for (const std::string& number : running) list += (list.empty() ? "" : ", ") + number;
  return ui.tr("safe.batches", {{"batches", "**" + list + "**"}});
}

std::string recorded_as(const Ui& ui) {
  const std::string& user = ui.view.bar.user;
  return user.empty() ? std::string(ui.tr("safe.recorded_unknown"))
                      : ui.tr("safe.recorded", {{"name", user}});
}

}  // namespace

void draw_make_safe(Ui& ui) {
  ui.frame.show("make_safe");
  const Colours& c = ui.colours();
  const bool wide = ui.is_wide();
  Rect rest = begin_dialog(ui, wide ? 214 : 208, wide ? 108 : 112);
  Rect row = cut_bottom(rest, ui.px(ui.sizes().confirm_height));
  skip_bottom(rest, ui.px(3));
  const Rect hold = cut_right(row, ui.px(wide ? 96 : 86));
  const Target target{.id = "dialog:make_safe",
                      .label = std::string(ui.tr("safe.hold")),
                      .kind = WidgetKind::kDestructive};
  if (hold_button(ui, hold, target, {.look = Look::kAlarm})) {
    ui.send(MakeSafe{});
    ui.state.make_safe = false;
  }
  row.y0 = row.y1 - ui.px(ui.sizes().target_frequent);
  const Target cancel{.id = "safe:cancel", .label = std::string(ui.tr("safe.cancel"))};
  if (button(ui, cut_left(row, ui.px(40)), cancel, {.role = TextRole::kBodyBold}))
    ui.state.make_safe = false;
  const float side = ui.px(14);
  const Rect mark = cut_left(rest, side);
  draw_alert_mark(ui, {mark.x0, mark.y0, mark.x1, mark.y0 + side}, c.alarm);
  skip_left(rest, ui.px(5));
  put_text(ui, cut_top(rest, ui.px(13)), TextRole::kTitle, c.ink, ui.tr("safe.title"));
  const std::string words =
      std::string(ui.tr("safe.what")) + "\n" + batches(ui) + "\n" + recorded_as(ui);
  const bool roomy = paragraph_height(ui, TextRole::kBody, words, rest.width()) <= rest.height();
  put_paragraph(ui, rest, roomy ? TextRole::kBody : TextRole::kSmall, c.ink, words);
}

}  // namespace batchwright::ui
