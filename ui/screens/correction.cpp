#include <algorithm>

#include "ui/screens/screens.h"
#include "ui/widgets/answer_list.h"
#include "ui/widgets/dialog_frame.h"
#include "ui/widgets/entry_pad.h"
#include "ui/widgets/entry_select.h"
#include "ui/widgets/entry_words.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/safe_button.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

std::vector<std::string> reasons(const Ui& ui, const StepView& view) {
  if (!view.correction_reasons.empty()) return view.correction_reasons;
  return {std::string(ui.tr("correct.typo")), std::string(ui.tr("correct.misread")),
          std::string(ui.tr("correct.wrong_field"))};
}

std::string missing(const Ui& ui, const EntryView& entry) {
  const std::string raw = drafted(ui.state, entry);
  if (raw.empty()) return std::string(ui.tr("correct.missing_value"));
  if (raw == entry.raw) return std::string(ui.tr("correct.same"));
  if (ui.state.reason.empty()) return std::string(ui.tr("correct.missing_reason"));
  return {};
}

void draw_old_value(Ui& ui, const EntryView& entry, Rect& rest) {
  const Colours& c = ui.colours();
  const Rect band = cut_top(rest, ui.px(ui.is_wide() ? 16 : 13));
  const float corner = ui.px(ui.sizes().corner_small);
  ui.paint.fill(band, c.well, corner);
  ui.paint.outline(band, c.divider, corner, ui.px(ui.sizes().edge));
  Rect inner = inset(band, ui.px(4), ui.px(1));
  const std::string value = with_unit(value_words(ui.tr, entry), entry.unit);
  inner.x0 += put_text(ui, inner, TextRole::kSmall, c.muted, ui.tr("correct.old")) + ui.px(3);
  const float time = ui.paint.text_width(TextRole::kSmall, entry.time) + 1;
  put_text(ui, cut_right(inner, time), TextRole::kSmall, c.muted, entry.time, Align::kRight);
  put_text(ui, inner, TextRole::kAction, c.ink, value);
}

// Cancel, make safe and save in the left column; the pad keeps the whole height of the right one.
DialogAnswer draw_foot(Ui& ui, const std::string& reason, Rect& rest) {
  Rect row = cut_bottom(rest, ui.px(ui.sizes().confirm_height));
  const float gap = ui.px(ui.sizes().gap_groups);
  DialogAnswer answer = DialogAnswer::kNone;
  const Target save{.id = "dialog:save",
                    .label = std::string(ui.tr("correct.save")),
                    .kind = WidgetKind::kConfirm,
                    .enabled = reason.empty(),
                    .reason = reason};
  if (button(ui, cut_right(row, ui.px(40)), save, {.look = Look::kPrimary}))
    answer = DialogAnswer::kConfirm;
  skip_right(row, gap);
  row.y0 = row.y1 - ui.px(ui.sizes().target_frequent);
  const float width = std::min(ui.px(34), row.width() - gap - ui.px(25));
  const Target cancel{.id = "dialog:cancel", .label = std::string(ui.tr("correct.cancel"))};
  if (button(ui, cut_left(row, width), cancel, {.role = TextRole::kSmallBold})) {
    answer = DialogAnswer::kCancel;
  }
  skip_left(row, gap);
  draw_safe_button(ui, cut_left(row, std::min(ui.px(34), row.width())));
  const bool dead = is_dead_tap_shown(ui, save.id);
  const Rect line = cut_bottom(rest, ui.px(8));
  put_text(ui, line, dead ? TextRole::kSmallBold : TextRole::kSmall,
           dead ? ui.colours().ink : ui.colours().muted, reason, Align::kRight);
  return answer;
}

}  // namespace

void draw_correction(Ui& ui, const StepView& view) {
  const EntryView* entry = selected_entry(ui.state, view);
  if (entry == nullptr) {
    ui.state.sheet = Sheet::kNone;
    return;
  }
  ui.frame.show("correction/" + entry->id);
  const Colours& c = ui.colours();
  const bool wide = ui.is_wide();
  Rect rest = begin_dialog(ui, wide ? 240 : 209, wide ? 150 : 127);
  if (!wide) rest = inset(rest, -ui.px(1.5), -ui.px(1.5));
  const Rect pad = cut_right(rest, key_grid_width(ui));
  skip_right(rest, ui.px(wide ? 8 : 6));
  const DialogAnswer answer = draw_foot(ui, missing(ui, *entry), rest);
  const float lines = std::min(2 * ui.paint.line_height(TextRole::kAction), ui.px(18));
  const std::string words = ui.tr("correct.title", {{"title", entry->title}});
  const float height =
      std::min(lines, paragraph_height(ui, TextRole::kAction, words, rest.width()));
  put_text(ui, cut_top(rest, height), TextRole::kAction, c.ink, words);
  skip_top(rest, ui.px(wide ? 3 : 2));
  draw_old_value(ui, *entry, rest);
  skip_top(rest, ui.px(wide ? 3 : 2));
  put_text(ui, cut_top(rest, ui.px(wide ? 8 : 6.6)), TextRole::kSmallBold, c.ink,
           ui.tr("correct.why"));
  const AnswerList list{.id = "reason",
                        .answers = reasons(ui, view),
                        .other = std::string(ui.tr("correct.other")),
                        .other_use = TextUse::kCorrectionReason,
                        .caption = std::string(ui.tr("correct.caption"))};
  draw_answer_list(ui, list, ui.state.reason, rest, 2);
  if (wide) {
    skip_top(rest, ui.px(3));
    put_paragraph(ui, rest, TextRole::kSmall, c.muted, ui.tr("correct.kept"));
  }
  EntryView fresh = *entry;
  fresh.title = std::string(ui.tr("correct.new"));
  draw_entry_pad(ui, fresh, pad, PadUse::kDraft);
  if (answer == DialogAnswer::kConfirm)
    ui.send(SubmitCorrection{view.step, entry->id, drafted(ui.state, *entry), ui.state.reason});
  if (answer == DialogAnswer::kNone) return;
  clear_entry_input(ui.state);
  ui.state.sheet = Sheet::kNone;
}

}  // namespace batchwright::ui
