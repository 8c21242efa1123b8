#include "ui/screens/screens.h"
#include "ui/widgets/dialog_frame.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

// True when OK was tapped.
bool draw_card(Ui& ui, const std::string& title, const std::string& text, Rgb sign,
               const std::string& id) {
  const Colours& c = ui.colours();
  Rect rest = begin_dialog(ui, 190, ui.is_wide() ? 96 : 92);
  const DialogFoot foot{
      .cancel = {}, .confirm = {.id = id, .label = std::string(ui.tr("message.ok"))}, .hint = {}};
  const bool ok = draw_dialog_foot(ui, foot, rest) == DialogAnswer::kConfirm;
  const float side = ui.px(14);
  const Rect mark = cut_left(rest, side);
  draw_alert_mark(ui, {mark.x0, mark.y0, mark.x1, mark.y0 + side}, sign);
  skip_left(rest, ui.px(5));
  if (!title.empty()) {
    const float height = paragraph_height(ui, TextRole::kAction, title, rest.width());
    put_paragraph(ui, cut_top(rest, height), TextRole::kAction, c.ink, title);
    skip_top(rest, ui.px(1.5));
  }
  const bool roomy = paragraph_height(ui, TextRole::kBody, text, rest.width()) <= rest.height();
  put_paragraph(ui, rest, roomy ? TextRole::kBody : TextRole::kSmall, c.ink, text);
  return ok;
}

}  // namespace

void draw_message(Ui& ui, const MessageView& view) {
  ui.frame.show("message/" + view.title);
  const Rgb sign = view.alarm ? ui.colours().alarm : ui.colours().done;
  if (draw_card(ui, view.title, view.text, sign, "dialog:ok")) ui.send(DismissDialog{});
}

void draw_notice(Ui& ui) {
  ui.frame.show("notice");
  const std::string title(ui.tr("notice.title"));
  if (draw_card(ui, title, ui.view.notice, ui.colours().warning, "notice:ok"))
    ui.send(DismissNotice{});
}

}  // namespace batchwright::ui
