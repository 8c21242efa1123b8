#include <algorithm>

#include "base/text.h"
#include "ui/screens/screens.h"
#include "ui/widgets/dialog_frame.h"
#include "ui/widgets/person_grid.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"
#include "ui/widgets/text_keyboard.h"
#include "ui/widgets/text_sheet.h"
#include "ui/widgets/value_rows.h"

namespace batchwright::ui {
namespace {

std::string title(const Ui& ui, const std::string& meaning) {
  if (meaning == "performed") return std::string(ui.tr("sign.title_performed"));
  if (meaning == "verified") return std::string(ui.tr("sign.title_verified"));
  if (meaning == "witnessed") return std::string(ui.tr("sign.title_witnessed"));
  if (meaning == "reviewed") return std::string(ui.tr("sign.title_reviewed"));
  if (meaning == "approved") return std::string(ui.tr("sign.title_approved"));
  if (meaning == "released") return std::string(ui.tr("sign.title_released"));
  if (meaning == "handed over") return std::string(ui.tr("sign.title_handed_over"));
  if (meaning == "taken over") return std::string(ui.tr("sign.title_taken_over"));
  return ui.tr("sign.title_other", {{"meaning", meaning}});
}

void draw_content(Ui& ui, const SignView& view, Rect area) {
  const Colours& c = ui.colours();
  put_text(ui, cut_top(area, ui.px(8)), TextRole::kSmall, c.muted, ui.tr("sign.exactly"));
  const std::string count = std::to_string(view.entries);
  const std::string mark = view.entries == 1
                               ? ui.tr("sign.entries_one", {{"mark", view.mark}})
                               : ui.tr("sign.entries", {{"n", count}, {"mark", view.mark}});
  Rect rows = area;
  skip_bottom(rows, ui.px(9));
  const float used = draw_value_rows(ui, view.rows, rows, "sign_rows");
  const Rect line{area.x0, area.y0 + used + ui.px(1.5), area.x1, area.y0 + used + ui.px(9)};
  put_paragraph(ui, line, TextRole::kSmall, c.muted, mark);
}

void draw_signer_choice(Ui& ui, const SignView& view, Rect area) {
  put_text(ui, cut_top(area, ui.px(8)), TextRole::kSmallBold, ui.colours().ink, ui.tr("sign.who"));
  const float height =
      paragraph_height(ui, TextRole::kSmall, ui.tr("sign.other_person"), area.width());
  put_paragraph(ui, cut_top(area, height), TextRole::kSmall, ui.colours().muted,
                ui.tr("sign.other_person"));
  skip_top(area, ui.px(2));
  const std::string person = draw_person_grid(ui, view.people, area, 1, 20, "signer:");
  if (person.empty()) return;
  wipe(ui.state.password);
  ui.send(ChooseSigner{person});
}

void draw_signer(Ui& ui, const SignView& view, Rect area) {
  const Colours& c = ui.colours();
  const bool wide = ui.is_wide();
  if (wide) put_text(ui, cut_top(area, ui.px(8)), TextRole::kSmall, c.muted, ui.tr("sign.signer"));
  put_text(ui, cut_top(area, ui.px(wide ? 11 : 9)), TextRole::kAction, c.ink, view.signer_name);
  const std::string words = view.role + " · " + view.time;
  const float height = paragraph_height(ui, TextRole::kSmall, words, area.width());
  put_paragraph(ui, cut_top(area, height), TextRole::kSmall, c.muted, words);
  skip_top(area, ui.px(wide ? 5 : 1.5));
  const bool wrong = !view.error.empty() && !view.busy;
  const std::string_view caption = view.busy ? ui.tr("sign.busy")
                                   : wrong   ? std::string_view(view.error)
                                             : ui.tr("sign.password");
  const float lines = paragraph_height(ui, TextRole::kSmall, caption, area.width());
  put_paragraph(ui, cut_top(area, lines), TextRole::kSmall, wrong ? c.alarm_ink : c.muted, caption);
  skip_top(area, ui.px(0.5));
  const Rect field = cut_top(area, ui.px(15));
  const Touched touched = touch_target(ui, field,
                                       {.id = "password",
                                        .label = std::string(ui.tr("sign.password")),
                                        .kind = WidgetKind::kField,
                                        .group = "password"});
  draw_text_well(ui, field, ui.state.password, true, false, !view.busy);
  bool opens = touched.tapped;
  skip_top(area, ui.px(ui.sizes().gap));
  const float left = area.height();
  if (left >= ui.px(15)) {
    const Target show{.id = "show_keyboard",
                      .label = std::string(ui.tr("sign.show_keyboard")),
                      .group = "password"};
    opens |= button(ui, cut_top(area, std::min(left, ui.px(20))), show);
  }
  if (opens && !view.busy) {
    wipe(ui.state.password);
    open_text(ui, TextUse::kSignPassword, ui.tr("password.caption", {{"name", view.signer_name}}));
  }
}

}  // namespace

void draw_sign(Ui& ui, const SignView& view) {
  ui.frame.show("sign/" + view.meaning + "/" + view.signer);
  const bool wide = ui.is_wide();
  Rect rest = begin_dialog(ui, wide ? 240 : 208, wide ? 156 : 127);
  const bool chosen = !view.signer.empty();
  const bool typed = !ui.state.password.empty();
  const bool enabled = chosen && typed && !view.busy;
  const std::string_view missing = view.busy ? ui.tr("sign.busy")
                                   : chosen  ? ui.tr("sign.missing_password")
                                             : ui.tr("sign.missing_person");
  const std::string means = ui.tr("sign.means", {{"meaning", view.meaning_words}});
  DialogFoot foot{.cancel = {.id = "dialog:cancel", .label = std::string(ui.tr("sign.cancel"))},
                  .confirm = {.id = "dialog:sign",
                              .label = std::string(ui.tr("sign.sign")),
                              .enabled = enabled,
                              .reason = std::string(missing)},
                  .hint = means};
  const DialogAnswer answer = draw_dialog_foot(ui, foot, rest);
  if (answer == DialogAnswer::kCancel) {
    wipe(ui.state.password);
    ui.send(CancelSign{});
  } else if (answer == DialogAnswer::kConfirm) {
    ui.send(ConfirmSign{view.step, view.meaning, view.signer, ui.state.password});
    wipe(ui.state.password);
  }
  put_text(ui, cut_top(rest, ui.px(wide ? 13 : 10)), TextRole::kTitle, ui.colours().ink,
           title(ui, view.meaning));
  Rect right = cut_right(rest, std::floor(rest.width() * (wide ? 0.43F : 0.45F)));
  skip_right(rest, ui.px(6));
  draw_content(ui, view, rest);
  if (chosen) {
    draw_signer(ui, view, right);
  } else {
    draw_signer_choice(ui, view, right);
  }
}

}  // namespace batchwright::ui
