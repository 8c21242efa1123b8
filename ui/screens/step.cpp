#include <algorithm>

#include "ui/screens/camera.h"
#include "ui/screens/screens.h"
#include "ui/screens/step_parts.h"
#include "ui/widgets/bottom_row.h"
#include "ui/widgets/entry_card.h"
#include "ui/widgets/entry_pad.h"
#include "ui/widgets/entry_select.h"
#include "ui/widgets/pad_parts.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/safe_button.h"
#include "ui/widgets/step_picture.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

// One entry without a picture beside it, or a list: the lower part of the instruction card.
void draw_lower_card(Ui& ui, const StepView& view, Rect area) {
  const float gap = ui.px(ui.sizes().gap_groups);
  const bool lists_entries = !view.entries.empty();
  const bool pictured = has_step_picture(view.picture) && area.height() > ui.px(30);
  if (pictured) {
    Rect left = lists_entries ? cut_left(area, std::floor(area.width() * 0.44F)) : area;
    skip_left(area, gap);
    draw_given_signatures(ui, view, left);
    left.x1 = std::min(left.x1, left.x0 + ui.px(92));
    left.y1 = std::min(left.y1, left.y0 + ui.px(78));
    draw_step_picture(ui, left, view.picture);
  } else {
    draw_given_signatures(ui, view, area);
  }
  if (lists_entries) draw_entry_cards(ui, view, area, pictured || view.entries.size() < 3 ? 1 : 2);
}

void draw_wide(Ui& ui, const StepView& view) {
  const Colours& c = ui.colours();
  Rect area = content_area(ui);
  draw_rail(ui, view, cut_left(area, ui.px(ui.sizes().rail_width)));
  skip_left(area, ui.px(3));
  draw_step_pad(ui, view, cut_right(area, key_grid_width(ui)));
  skip_right(area, ui.px(ui.sizes().gap_groups));
  ui.paint.fill(area, c.card, ui.px(ui.sizes().corner));
  Rect inner = inset(area, ui.px(ui.sizes().padding), ui.px(4));
  Rect head = cut_top(inner, ui.px(7.5));
  const std::string count = ui.tr(
      "step.count", {{"n", std::to_string(view.number)}, {"total", std::to_string(view.total)}});
  put_text(ui, cut_right(head, ui.px(50)), TextRole::kSmall, c.muted, count, Align::kRight);
  put_text(ui, head, TextRole::kSmall, c.muted, view.operation);
  put_text(ui, cut_top(inner, ui.px(12)), TextRole::kTitle, c.ink, view.title);
  skip_top(inner, ui.px(1));
  draw_instruction(ui, view.instruction, inner, view.entries.empty() ? 0 : ui.px(54));
  skip_top(inner, ui.px(4));
  draw_timers(ui, view, inner);
  draw_hold(ui, view, inner);
  draw_lower_card(ui, view, inner);
}

// The pad slides over the right of the screen; a way back stands where the way back always is.
void draw_pad_sheet(Ui& ui, const StepView& view) {
  const Colours& c = ui.colours();
  const Rect whole = ui.whole();
  const float margin = ui.px(ui.sizes().margin);
  const Rect below{0, ui.px(ui.sizes().bar_height), whole.x1, whole.y1};
  ui.frame.widgets.raise_layer();
  ui.paint.fill(below, c.scrim, 0, c.scrim_alpha);
  Rect sheet = below;
  sheet.x0 = whole.x1 - key_grid_width(ui) - 2 * margin;
  ui.paint.fill(sheet, c.ground);
  ui.paint.fill({sheet.x0, sheet.y0, sheet.x0 + ui.px(0.3), sheet.y1}, c.edge);
  Rect area = inset(sheet, margin, margin);
  area.y0 = sheet.y0 + ui.px(1);
  const Rect back{margin, whole.y1 - margin - ui.px(21), margin + ui.px(44),
                  whole.y1 - margin - ui.px(1)};
  if (button(ui, back, {.id = "key:cancel", .label = "‹ " + std::string(ui.tr("pad.back"))},
             {.role = TextRole::kBodyBold})) {
    ui.state.pad_open = false;
    clear_entry_input(ui.state);
  }
  draw_safe_button(ui, {back.x1 + ui.px(6), back.y0, back.x1 + ui.px(50), back.y1});
  draw_step_pad(ui, view, area);
}

void draw_compact(Ui& ui, const StepView& view) {
  const Colours& c = ui.colours();
  Rect area = content_area(ui);
  area.y0 -= ui.px(1.5);
  draw_strip(ui, view, cut_top(area, ui.px(8.5)));
  skip_top(area, ui.px(2));
  draw_hold(ui, view, area);
  if (!view.entries.empty()) {
    draw_entry_cards(ui, view, cut_right(area, ui.px(88)), 1);
    skip_right(area, ui.px(6));
  }
  const float title = paragraph_height(ui, TextRole::kTitle, view.title, area.width());
  put_paragraph(ui, cut_top(area, title), TextRole::kTitle, c.ink, view.title);
  draw_timers(ui, view, area);
  if (!view.hold) draw_instruction(ui, view.instruction, area, 0);  // a held step is about the hold
  skip_top(area, ui.px(2));
  draw_given_signatures(ui, view, area);
  if (!has_step_picture(view.picture) || area.height() < ui.px(26)) return;
  area.x1 = std::min(area.x1, area.x0 + ui.px(62));
  area.y1 = std::min(area.y1, area.y0 + ui.px(46));
  draw_step_picture(ui, area, view.picture);
}

}  // namespace

void draw_step(Ui& ui, const StepView& view) {
  follow_step(ui.state, view);
  if (view.camera) return draw_camera_step(ui, view, *view.camera);
  const EntryView* entry = selected_entry(ui.state, view);
  const bool slides_over = !ui.is_wide() && ui.state.pad_open && entry != nullptr;
  // A second tap after an answer must not answer the next question: each entry is a screen of its
  // own.
  ui.frame.show("step/" + view.step + "/" + ui.state.entry + (slides_over ? "/pad" : ""));
  const bool was_covered = ui.covered;
  ui.covered |= slides_over;
  if (ui.is_wide()) {
    draw_wide(ui, view);
  } else {
    draw_compact(ui, view);
  }
  if (!slides_over) draw_step_row(ui, view);

  ui.covered = was_covered;
  if (slides_over) draw_pad_sheet(ui, view);
}

}  // namespace batchwright::ui
