// Sheets that ask for words and nothing else: why an entry does not apply, what the next person
// must know.
#include "ui/screens/screens.h"
#include "ui/widgets/answer_list.h"
#include "ui/widgets/dialog_frame.h"
#include "ui/widgets/entry_select.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

struct ReasonSheet {
  std::string title, hint, missing, confirm;
  std::string confirm_id;
  AnswerList answers;
};

// True when the words in `chosen` were confirmed; the sheet is closed then, and when cancelled.
bool draw_reason_sheet(Ui& ui, const ReasonSheet& sheet, std::string& chosen) {
  const Colours& c = ui.colours();
  const bool wide = ui.is_wide();
  Rect rest = begin_dialog(ui, wide ? 214 : 208, wide ? 126 : 120);
  const DialogFoot foot{
      .cancel = {.id = "dialog:cancel", .label = std::string(ui.tr("deviation.cancel"))},
      .confirm = {.id = sheet.confirm_id,
                  .label = sheet.confirm,
                  .enabled = !chosen.empty(),
                  .reason = sheet.missing},
      .hint = {}};
  const DialogAnswer answer = draw_dialog_foot(ui, foot, rest);
  put_text(ui, cut_top(rest, ui.px(12)), TextRole::kTitle, c.ink, sheet.title);
  const float height = paragraph_height(ui, TextRole::kSmall, sheet.hint, rest.width());
  put_paragraph(ui, cut_top(rest, height), TextRole::kSmall, c.muted, sheet.hint);
  skip_top(rest, ui.px(3));
  draw_answer_list(ui, sheet.answers, chosen, rest, 2);
  if (answer != DialogAnswer::kNone) ui.state.sheet = Sheet::kNone;
  return answer == DialogAnswer::kConfirm;
}

}  // namespace

void draw_not_applicable(Ui& ui, const StepView& view) {
  const EntryView* entry = selected_entry(ui.state, view);
  if (entry == nullptr || !entry->may_skip) {
    ui.state.sheet = Sheet::kNone;  // somebody else was first
    return;
  }
  ui.frame.show("not-applicable/" + entry->id);
  const ReasonSheet sheet{.title = std::string(ui.tr("skip.title")),
                          .hint = entry->title,
                          .missing = std::string(ui.tr("skip.missing")),
                          .confirm = std::string(ui.tr("skip.save")),
                          .confirm_id = "dialog:skip",
                          .answers = {.id = "skip_reason",
                                      .answers = {std::string(ui.tr("skip.not_used")),
                                                  std::string(ui.tr("skip.not_there"))},
                                      .other = std::string(ui.tr("skip.other")),
                                      .other_use = TextUse::kSkipReason,
                                      .caption = std::string(ui.tr("skip.caption"))}};
  if (draw_reason_sheet(ui, sheet, ui.state.reason))
    ui.send(MarkNotApplicable{view.step, entry->id, ui.state.reason});
}

void draw_hand_over(Ui& ui) {
  ui.frame.show("hand-over");
  const ReasonSheet sheet{.title = std::string(ui.tr("shift.title")),
                          .hint = std::string(ui.tr("shift.hint")),
                          .missing = std::string(ui.tr("shift.missing")),
                          .confirm = std::string(ui.tr("shift.sign")),
                          .confirm_id = "dialog:hand_over",
                          .answers = {.id = "shift_note",
                                      .answers = {std::string(ui.tr("shift.normal")),
                                                  std::string(ui.tr("shift.watch"))},
                                      .other = std::string(ui.tr("shift.other")),
                                      .other_use = TextUse::kHandOverNote,
                                      .caption = std::string(ui.tr("shift.caption"))}};
  if (draw_reason_sheet(ui, sheet, ui.state.note)) ui.send(HandOver{ui.state.note});
}

}  // namespace batchwright::ui
