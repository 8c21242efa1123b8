#include "ui/widgets/entry_card.h"

#include <algorithm>
#include <vector>

#include "ui/widgets/button.h"
#include "ui/widgets/entry_select.h"
#include "ui/widgets/entry_words.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/pages.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

constexpr double kPaddingMm = 3.5;

float card_height(const Ui& ui, const StepView& step) {
  const bool any_note = std::ranges::any_of(
      step.entries, [&](const EntryView& e) { return !e.stands_in_for.empty(); });
  return ui.px(any_note ? 26 : 20);
}

// What stands at the right of the value: limits while it is empty, then the time with a tick or a
// word.
std::string side_words(const Ui& ui, const EntryView& entry) {
  if (entry.state == EntryView::State::kFilled) return "✓ " + entry.time;
  if (entry.state == EntryView::State::kOut) {
    const bool number =
        entry.kind == EntryView::Kind::kDecimal || entry.kind == EntryView::Kind::kComputed;
    return std::string(number ? ui.tr("entry.out") : ui.tr("entry.unexpected"));
  }
  const std::string limits = limits_words(ui.tr, entry);
  if (!limits.empty()) return limits;
  return entry.required ? std::string() : std::string(ui.tr("entry.optional"));
}

void draw_value(Ui& ui, const EntryView& entry, Rect row) {
  const Colours& c = ui.colours();
  const bool out = entry.state == EntryView::State::kOut;
  const std::string side = side_words(ui, entry);
  const float side_width =
      std::min(ui.paint.text_width(TextRole::kSmall, side) + 1, row.width() * 0.62F);
  Rect right = cut_right(row, side_width);
  if (out) {
    const float mark = ui.px(6);
    skip_left(row, 0);
    const float y = std::round(row.centre_y() - mark / 2);
    draw_alert_mark(ui, {row.x0, y, row.x0 + mark, y + mark}, c.alarm);
    skip_left(row, mark + ui.px(2));
  }
  put_text(ui, right, TextRole::kSmall, out ? c.alarm_ink : c.muted, side, Align::kRight);
  skip_right(row, ui.px(2));
  if (entry.state == EntryView::State::kEmpty) {
    const Rgb dash = c.ink;
    row.x0 += put_text(ui, row, TextRole::kTitle, dash, "–") + ui.px(2);
    put_text(ui, row, TextRole::kSmall, c.muted, entry.unit);
    return;
  }
  row.x0 +=
      put_text(ui, row, TextRole::kTitle, out ? c.alarm_ink : c.ink, value_words(ui.tr, entry)) +
      ui.px(2);
  if (!row.empty()) put_text(ui, row, TextRole::kSmall, c.muted, entry.unit);
}

void draw_card(Ui& ui, const StepView& step, const EntryView& entry, const Rect& rect) {
  const Colours& c = ui.colours();
  const bool selected = ui.state.entry == entry.id;
  const Target target{.id = "entry:" + entry.id,
                      .label = entry.title,
                      .kind = WidgetKind::kField,
                      .group = "entries"};
  const Touched touched = touch_target(ui, rect, target);
  const float corner = ui.px(ui.sizes().corner_small);
  const bool out = entry.state == EntryView::State::kOut;
  ui.paint.fill(rect, touched.pressed ? c.pressed : out ? c.alarm_well : c.well, corner);
  ui.paint.outline(rect,
                   selected ? c.focus
                   : out    ? c.alarm
                            : c.edge,
                   corner, ui.px(selected ? ui.sizes().edge_focus : ui.sizes().edge));
  Rect inner = inset(rect, ui.px(kPaddingMm), ui.px(1.6));
  const std::string note = stand_in_words(ui.tr, entry);
  if (!note.empty()) put_text(ui, cut_bottom(inner, ui.px(6.4)), TextRole::kSmall, c.muted, note);
  put_text(ui, cut_top(inner, ui.px(6.6)), TextRole::kSmall, c.muted, entry.title);
  draw_value(ui, entry, inner);
  if (touched.tapped) select_entry(ui, step, entry);
}

}  // namespace

float entry_cards_height(const Ui& ui, const StepView& step, int columns) {
  const int rows = (static_cast<int>(step.entries.size()) + columns - 1) / columns;
  const auto n = static_cast<float>(rows);
  return n * card_height(ui, step) + std::max(0.0F, n - 1) * ui.px(ui.sizes().gap);
}

void draw_entry_cards(Ui& ui, const StepView& step, const Rect& area, int columns) {
  Rect cards = area;
  const float gap = ui.px(ui.sizes().gap);
  const float height = card_height(ui, step);
  const int rows = std::max(1, static_cast<int>((area.height() + gap) / (height + gap)));
  const int count = static_cast<int>(step.entries.size());
  const int per_page = rows * columns;
  const std::string list = "entries";
  if (count > per_page) {
    Rect column = cut_right(cards, page_column_width(ui));
    skip_right(cards, ui.px(ui.sizes().gap_groups));
    const auto selected = std::ranges::find(step.entries, ui.state.entry, &EntryView::id);
    const std::string follow = step.step + "/" + ui.state.entry;
    if (ui.state.page_followed != follow && selected != step.entries.end()) {
      show_item(ui, list, static_cast<int>(selected - step.entries.begin()), per_page);
      ui.state.page_followed = follow;
    }
    draw_page_buttons(ui, list, current_page(ui, list, count, per_page), column);
  }
  const Page page = current_page(ui, list, count, per_page);
  const float width = column_width(cards, columns, gap);
  for (int i = page.first; i < page.last; ++i) {
    const int place = i - page.first;
    const Rect cell = grid_cell(cards, place % columns, place / columns, width, height, gap);
    draw_card(ui, step, step.entries[static_cast<std::size_t>(i)], cell);
  }
}

}  // namespace batchwright::ui
