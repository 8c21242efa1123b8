#include <algorithm>

#include "ui/screens/screens.h"
#include "ui/widgets/answer_list.h"
#include "ui/widgets/dialog_frame.h"
#include "ui/widgets/entry_words.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

std::string headline(const Ui& ui, const OutOfLimitView& view) {
  const std::string value = with_unit(ui.tr.number(view.value), view.unit);
  const std::string limit = with_unit(ui.tr.number(view.limit), view.unit);
  switch (view.side) {
    case OutOfLimitView::Side::kAbove:
      return ui.tr("out.above", {{"value", value}, {"limit", limit}});
    case OutOfLimitView::Side::kBelow:
      return ui.tr("out.below", {{"value", value}, {"limit", limit}});
    case OutOfLimitView::Side::kUnexpected:
      return ui.tr("out.unexpected", {{"title", view.entry_title}, {"value", view.value}});
  }
  return {};
}

// What happened, what was saved, what to do now, who is called (R33); the doing is the record's
// words.
std::string body(const Ui& ui, const OutOfLimitView& view) {
  std::string words;
  if (view.side == OutOfLimitView::Side::kUnexpected)
    words = std::string(ui.tr("out.unexpected_lead")) + " ";
  words += ui.tr("out.saved", {{"exception", view.exception_number}});
  if (!view.plan_words.empty()) {
    words += " " + ui.tr("out.plan", {{"plan", view.plan}, {"words", view.plan_words}});
  } else if (view.action) {
    words += " " + std::string(ui.tr("out.no_plan"));
  }
  if (!view.calls.empty()) words += " " + ui.tr("out.called", {{"name", view.calls}});
  return words;
}

std::vector<std::string> observations(const Ui& ui, const OutOfLimitView& view) {
  if (!view.observations.empty()) return view.observations;
  if (view.side == OutOfLimitView::Side::kUnexpected) {
    return {std::string(ui.tr("out.seen_so")), std::string(ui.tr("out.seen_wrong_tap"))};
  }
  return {std::string(ui.tr("out.seen_steady")), std::string(ui.tr("out.seen_unsteady")),
          std::string(ui.tr("out.seen_typo"))};
}

}  // namespace

void draw_out_of_limit(Ui& ui, const OutOfLimitView& view) {
  ui.frame.show("out_of_limit/" + view.exception);
  const Colours& c = ui.colours();
  const bool wide = ui.is_wide();
  Rect rest = begin_dialog(ui, wide ? 214 : 208, wide ? 130 : 127);
  const DialogFoot foot{
      .cancel = {},
      .confirm = {.id = "dialog:continue", .label = std::string(ui.tr("out.continue"))},
      .hint = std::string(ui.tr("out.question"))};
  if (draw_dialog_foot(ui, foot, rest) == DialogAnswer::kConfirm) {
    ui.send(Observe{view.exception, ui.state.observation});
  }
  const AnswerList list{.id = "observation",
                        .answers = observations(ui, view),
                        .other = std::string(ui.tr("out.seen_other")),
                        .other_use = TextUse::kObservation,
                        .caption = std::string(ui.tr("out.caption"))};
  const float answers = 2 * ui.px(ui.sizes().target_frequent) + ui.px(ui.sizes().gap);
  skip_bottom(rest, ui.px(3));
  Rect lower = cut_bottom(rest, answers);
  skip_bottom(rest, ui.px(3));
  draw_answer_list(ui, list, ui.state.observation, lower, 2);
  const float side = ui.px(wide ? 17 : 13);
  Rect mark = cut_left(rest, side);
  draw_alert_mark(ui, {mark.x0, mark.y0, mark.x1, mark.y0 + side},
                  view.action ? c.alarm : c.warning);
  skip_left(rest, ui.px(5));
  const std::string words = headline(ui, view);
  const bool one_line = ui.paint.text_width(TextRole::kTitle, words) <= rest.width();
  const TextRole role = one_line ? TextRole::kTitle : TextRole::kAction;
  const float height = paragraph_height(ui, role, words, rest.width());
  put_paragraph(ui, cut_top(rest, height), role, c.ink, words);
  const std::string what = body(ui, view);
  const bool roomy = paragraph_height(ui, TextRole::kBody, what, rest.width()) <= rest.height();
  put_paragraph(ui, rest, roomy ? TextRole::kBody : TextRole::kSmall, c.ink, what);
}

}  // namespace batchwright::ui
