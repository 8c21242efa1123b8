// Sheets of a camera check: what was put right, and what two people decide where the camera can't.
#include "ui/screens/camera.h"
#include "ui/screens/screens.h"
#include "ui/widgets/answer_list.h"
#include "ui/widgets/dialog_frame.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

// False when the view has gone on: somebody else was first.
bool still_asks(Ui& ui, const StepView& view, bool decision) {
  using State = CameraView::State;
  const bool asks = view.camera && (decision ? view.camera->state == State::kUndecided ||
                                                   view.camera->state == State::kClosed
                                             : view.camera->state == State::kFailed);
  if (!asks) ui.state.sheet = Sheet::kNone;
  return asks;
}

void draw_head(Ui& ui, Rect& rest, std::string_view title, std::string_view hint) {
  put_text(ui, cut_top(rest, ui.px(12)), TextRole::kTitle, ui.colours().ink, title);
  const float height = paragraph_height(ui, TextRole::kSmall, hint, rest.width());
  put_paragraph(ui, cut_top(rest, height), TextRole::kSmall, ui.colours().muted, hint);
  skip_top(rest, ui.px(2));
}

// "It is right" and "It is not right", side by side at the top of `rest`.
void draw_decision(Ui& ui, Rect& rest) {
  Rect row = cut_top(rest, ui.px(ui.sizes().target_frequent));
  skip_top(rest, ui.px(ui.sizes().gap_groups));
  const float gap = ui.px(ui.sizes().gap_groups);
  const float width = column_width(row, 2, gap);
  for (const char* decision : {"ok", "not_ok"}) {
    const bool ok = std::string_view(decision) == "ok";
    const Target target{.id = "decision:" + std::string(decision),
                        .label = std::string(ui.tr(ok ? "check.ok" : "check.not_ok")),
                        .kind = WidgetKind::kChoice};
    if (button(ui, cut_left(row, width), target,
               {.selected = ui.state.decision == decision, .role = TextRole::kBodyBold}))
      ui.state.decision = decision;
    skip_left(row, gap);
  }
}

}  // namespace

void open_decision(UiState& state) {
  state.decision.clear();
  state.reason.clear();
  state.sheet = Sheet::kDecide;
}

void draw_put_right(Ui& ui, const StepView& view) {
  if (!still_asks(ui, view, false)) return;
  ui.frame.show("put-right/" + view.camera->entry);
  const bool wide = ui.is_wide();
  Rect rest = begin_dialog(ui, wide ? 214 : 208, wide ? 130 : 124);
  const DialogFoot foot{
      .cancel = {.id = "dialog:cancel", .label = std::string(ui.tr("deviation.cancel"))},
      .confirm = {.id = "dialog:put_right",
                  .label = std::string(ui.tr("check.save")),
                  .enabled = !ui.state.reason.empty(),
                  .reason = std::string(ui.tr("check.missing"))},
      .hint = {}};
  const DialogAnswer answer = draw_dialog_foot(ui, foot, rest);
  draw_head(ui, rest, ui.tr("check.right_title"), ui.tr("check.right_hint"));
  const AnswerList list{
      .id = "check_reason",
      .answers = {std::string(ui.tr("check.turned")), std::string(ui.tr("check.swapped")),
                  std::string(ui.tr("check.other_item"))},
      .other = std::string(ui.tr("check.other")),
      .other_use = TextUse::kCheckReason,
      .caption = std::string(ui.tr("check.right_title"))};
  draw_answer_list(ui, list, ui.state.reason, rest, 2);
  if (answer == DialogAnswer::kConfirm)
    ui.send(PutRight{view.step, view.camera->entry, ui.state.reason});
  if (answer != DialogAnswer::kNone) ui.state.sheet = Sheet::kNone;
}

void draw_decide_check(Ui& ui, const StepView& view) {
  if (!still_asks(ui, view, true)) return;
  ui.frame.show("decide/" + view.camera->entry);
  const bool wide = ui.is_wide();
  Rect rest = begin_dialog(ui, wide ? 214 : 208, wide ? 156 : 128);
  const bool chosen = !ui.state.decision.empty();
  const char* missing = chosen ? "check.missing" : "check.decide_missing";
  const DialogFoot foot{
      .cancel = {.id = "dialog:cancel", .label = std::string(ui.tr("deviation.cancel"))},
      .confirm = {.id = "dialog:decide",
                  .label = std::string(ui.tr("check.save")),
                  .enabled = chosen && !ui.state.reason.empty(),
                  .reason = std::string(ui.tr(missing))},
      .hint = {}};
  const DialogAnswer answer = draw_dialog_foot(ui, foot, rest);
  draw_head(ui, rest, ui.tr("check.decide_title"), ui.tr("check.decide_hint"));
  draw_decision(ui, rest);
  AnswerList list{.id = "check_reason",
                  .answers = {std::string(ui.tr("check.compared"))},
                  .other = std::string(ui.tr("check.other")),
                  .other_use = TextUse::kCheckReason,
                  .caption = std::string(ui.tr("check.decide_title"))};
  // The small panel has room for one row beside the decision.
  if (wide) {
    list.answers.emplace_back(ui.tr("check.hidden"));
    list.answers.emplace_back(ui.tr("check.no_camera"));
  }
  draw_answer_list(ui, list, ui.state.reason, rest, wide ? 2 : 1);
  if (answer == DialogAnswer::kConfirm)
    ui.send(DecideCheck{view.step, view.camera->entry, ui.state.decision == "ok", ui.state.reason});
  if (answer != DialogAnswer::kNone) ui.state.sheet = Sheet::kNone;
}

}  // namespace batchwright::ui
