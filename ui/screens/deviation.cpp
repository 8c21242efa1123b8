#include "ui/screens/screens.h"
#include "ui/widgets/answer_list.h"
#include "ui/widgets/dialog_frame.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {

void draw_deviation(Ui& ui) {
  ui.frame.show("deviation");
  const Colours& c = ui.colours();
  const bool wide = ui.is_wide();
  Rect rest = begin_dialog(ui, wide ? 214 : 208, wide ? 142 : 127);
  std::string& chosen = ui.state.deviation;
  const DialogFoot foot{
      .cancel = {.id = "dialog:cancel", .label = std::string(ui.tr("deviation.cancel"))},
      .confirm = {.id = "dialog:report",
                  .label = std::string(ui.tr("deviation.report")),
                  .enabled = !chosen.empty(),
                  .reason = std::string(ui.tr("deviation.missing"))},
      .hint = {}};
  const DialogAnswer answer = draw_dialog_foot(ui, foot, rest);
  if (answer == DialogAnswer::kConfirm) {
    const auto* step = std::get_if<StepView>(&ui.view.screen);
    ui.send(ReportDeviation{step == nullptr ? std::string() : step->step, chosen});
  }
  if (answer != DialogAnswer::kNone) ui.state.sheet = Sheet::kNone;
  put_text(ui, cut_top(rest, ui.px(wide ? 12 : 10)), TextRole::kTitle, c.ink,
           ui.tr("deviation.title"));
  if (wide)
    put_text(ui, cut_top(rest, ui.px(9)), TextRole::kSmall, c.muted, ui.tr("deviation.hint"));
  skip_top(rest, ui.px(2));
  const AnswerList list{
      .id = "deviation_answer",
      .answers = {std::string(ui.tr("deviation.spill")), std::string(ui.tr("deviation.equipment")),
                  std::string(ui.tr("deviation.material")), std::string(ui.tr("deviation.room")),
                  std::string(ui.tr("deviation.sequence"))},
      .other = std::string(ui.tr("deviation.other")),
      .other_use = TextUse::kDeviation,
      .caption = std::string(ui.tr("deviation.caption"))};
  draw_answer_list(ui, list, chosen, rest, 3);
}

}  // namespace batchwright::ui
