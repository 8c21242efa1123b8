#include "ui/screens/screens.h"
#include "ui/widgets/answer_list.h"
#include "ui/widgets/dialog_frame.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {

void draw_recovery(Ui& ui, const RecoveryView& view) {
  ui.frame.show("recovery/" + view.step);
  const Colours& c = ui.colours();
  const bool wide = ui.is_wide();
  Rect rest = begin_dialog(ui, wide ? 214 : 208, wide ? 138 : 127);
  std::string& chosen = ui.state.process_state;
  const DialogFoot foot{.cancel = {},
                        .confirm = {.id = "dialog:recover",
                                    .label = std::string(ui.tr("recover.continue")),
                                    .enabled = !chosen.empty(),
                                    .reason = std::string(ui.tr("recover.missing"))},
                        .hint = {}};
  if (draw_dialog_foot(ui, foot, rest) == DialogAnswer::kConfirm)
    ui.send(Recover{view.step, chosen});
  put_text(ui, cut_top(rest, ui.px(12)), TextRole::kTitle, c.ink,
           ui.tr("recover.title", {{"gap", view.gap}}));
  std::vector<std::string> states = view.states;
  if (states.empty()) {
    states = {std::string(ui.tr("recover.as_left")), std::string(ui.tr("recover.went_on")),
              std::string(ui.tr("recover.stopped"))};
  }
  skip_bottom(rest, ui.px(3));
  Rect lower = cut_bottom(rest, 2 * ui.px(ui.sizes().target_frequent) + ui.px(ui.sizes().gap));
  skip_bottom(rest, ui.px(2));
  const AnswerList list{.id = "process_state",
                        .answers = states,
                        .other = std::string(ui.tr("recover.other")),
                        .other_use = TextUse::kProcessState,
                        .caption = std::string(ui.tr("recover.caption"))};
  draw_answer_list(ui, list, chosen, lower, 2);
  put_text(ui, cut_bottom(rest, ui.px(8)), TextRole::kSmallBold, c.ink, ui.tr("recover.question"));
  put_paragraph(ui, rest, TextRole::kBody, c.ink, "**" + view.step_title + ".** " + view.rule);
}

}  // namespace batchwright::ui
