#include "ui/screens/screens.h"
#include "ui/widgets/answer_list.h"
#include "ui/widgets/dialog_frame.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {

void draw_release(Ui& ui, const StepView& view) {
  if (!view.hold) {
    ui.state.sheet = Sheet::kNone;  // somebody else was first
    return;
  }
  ui.frame.show("release");
  const Colours& c = ui.colours();
  const bool wide = ui.is_wide();
  Rect rest = begin_dialog(ui, wide ? 214 : 208, wide ? 126 : 120);
  std::string& chosen = ui.state.reason;
  const DialogFoot foot{
      .cancel = {.id = "dialog:cancel", .label = std::string(ui.tr("release.cancel"))},
      .confirm = {.id = "dialog:release",
                  .label = std::string(ui.tr("release.release")),
                  .enabled = !chosen.empty(),
                  .reason = std::string(ui.tr("release.missing"))},
      .hint = {}};
  const DialogAnswer answer = draw_dialog_foot(ui, foot, rest);
  if (answer == DialogAnswer::kConfirm)
    ui.send(ReleaseHold{view.step, view.hold->exception, chosen});
  if (answer != DialogAnswer::kNone) ui.state.sheet = Sheet::kNone;
  put_text(ui, cut_top(rest, ui.px(12)), TextRole::kTitle, c.ink, ui.tr("release.title"));
  Rect lower = cut_bottom(rest, 2 * ui.px(ui.sizes().target_frequent) + ui.px(ui.sizes().gap));
  skip_bottom(rest, ui.px(2));
  const AnswerList list{
      .id = "release_reason",
      .answers = {std::string(ui.tr("release.done")), std::string(ui.tr("release.decided"))},
      .other = std::string(ui.tr("release.other")),
      .other_use = TextUse::kReleaseReason,
      .caption = std::string(ui.tr("release.caption"))};
  draw_answer_list(ui, list, chosen, lower, 2);
  put_text(ui, cut_bottom(rest, ui.px(8)), TextRole::kSmallBold, c.ink, ui.tr("release.caption"));
  put_paragraph(ui, rest, TextRole::kSmall, c.ink,
                "**" + view.hold->exception_number + ".** " + view.hold->words);
}

}  // namespace batchwright::ui
