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

constexpr double kValueMm = 10;
constexpr double kNoteMm = 6.6;

float title_height(const Ui& ui, const EntryView& entry, float width) {
  const float lines =
      paragraph_height(ui, TextRole::kSmall, entry.title, width - 2 * ui.px(kPaddingMm));
  return std::min(lines, 2 * ui.paint.line_height(TextRole::kSmall));
}

// One line for what an entry stands in for; why it is not asked may take two.
float note_height(const Ui& ui, const EntryView& entry, float width) {
  const std::string words = stand_in_words(ui.tr, entry);
  if (words.empty()) return 0;
  const float lines = paragraph_height(ui, TextRole::kSmall, words, width - 2 * ui.px(kPaddingMm));
  return std::max(ui.px(kNoteMm), std::min(lines, 2 * ui.paint.line_height(TextRole::kSmall)));
}

float card_height(const Ui& ui, const EntryView& entry, float width) {
  const float note = note_height(ui, entry, width);
  const float height = title_height(ui, entry, width) + ui.px(kValueMm) + note + 2 * ui.px(1.6);
  return std::max(height, ui.px(ui.sizes().target_frequent));
}

struct Row {
  std::size_t first = 0, last = 0;  // entries [first, last)
  float height = 0;
};

std::vector<Row> rows_of(const Ui& ui, const StepView& step, float width, int columns) {
  std::vector<Row> rows;
  const auto in_row = static_cast<std::size_t>(columns);
  for (std::size_t i = 0; i < step.entries.size(); i += in_row) {
    Row row{i, std::min(i + in_row, step.entries.size()), 0};
    for (std::size_t k = row.first; k < row.last; ++k) {
      row.height = std::max(row.height, card_height(ui, step.entries[k], width));
    }
    rows.push_back(row);
  }
  return rows;
}

// Row numbers where pages start; the last one is the end.
std::vector<std::size_t> page_starts(const std::vector<Row>& rows, float height, float gap) {
  std::vector<std::size_t> starts{0};
  float used = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool is_first = i == starts.back();
    const float needed = rows[i].height + (is_first ? 0 : gap);
    if (!is_first && used + needed > height) {
      starts.push_back(i);
      used = rows[i].height;
    } else {
      used += needed;
    }
  }
  starts.push_back(rows.size());
  return starts;
}

// What stands at the right of the value: limits while it is empty, then the time with a tick or a
// word.
std::string side_words(const Ui& ui, const EntryView& entry) {
  if (entry.state == EntryView::State::kFilled)
    return entry.time.empty() ? std::string() : "✓ " + entry.time;
  if (entry.state == EntryView::State::kOut) {
    const bool number =
        entry.kind == EntryView::Kind::kDecimal || entry.kind == EntryView::Kind::kComputed;
    return std::string(number ? ui.tr("entry.out") : ui.tr("entry.unexpected"));
  }
  std::string limits = limits_words(ui.tr, entry);
  if (!limits.empty()) return limits;
  return entry.required ? std::string() : std::string(ui.tr("entry.optional"));
}

void draw_value(Ui& ui, const EntryView& entry, Rect row) {
  const Colours& c = ui.colours();
  const bool out = entry.state == EntryView::State::kOut;
  const std::string side = side_words(ui, entry);
  const float side_width =
      std::min(ui.paint.text_width(TextRole::kSmall, side) + 1, row.width() * 0.68F);
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
  if (!note.empty())
    put_paragraph(ui, cut_bottom(inner, note_height(ui, entry, rect.width())), TextRole::kSmall,
                  c.muted, note);
  const float title = title_height(ui, entry, rect.width());
  put_paragraph(ui, cut_top(inner, title), TextRole::kSmall, c.muted, entry.title);
  draw_value(ui, entry, inner);
  if (touched.tapped) select_entry(ui, step, entry);
}

// Opens the page of the entry selected, once per selection, so that pages can still be turned by
// hand.
void follow_selection(Ui& ui, const StepView& step, const std::vector<Row>& rows,
                      const std::vector<std::size_t>& starts) {
  const std::string follow = step.step + "/" + ui.state.entry;
  const auto selected = std::ranges::find(step.entries, ui.state.entry, &EntryView::id);
  if (ui.state.page_followed == follow || selected == step.entries.end()) return;
  ui.state.page_followed = follow;
  const auto index = static_cast<std::size_t>(selected - step.entries.begin());
  for (std::size_t page = 0; page + 1 < starts.size(); ++page) {
    const bool is_there =
        rows[starts[page]].first <= index && index < rows[starts[page + 1] - 1].last;
    if (is_there) show_item(ui, "entries", static_cast<int>(page), 1);
  }
}

}  // namespace

void draw_entry_cards(Ui& ui, const StepView& step, const Rect& area, int columns) {
  const std::string list = "entries";
  const float gap = ui.px(ui.sizes().gap);
  Rect cards = area;
  float width = column_width(cards, columns, gap);
  std::vector<Row> rows = rows_of(ui, step, width, columns);
  std::vector<std::size_t> starts = page_starts(rows, area.height(), gap);
  if (starts.size() > 2) {  // the buttons take room, so everything is measured again
    const Rect column = cut_right(cards, page_column_width(ui));
    skip_right(cards, ui.px(ui.sizes().gap_groups));
    width = column_width(cards, columns, gap);
    rows = rows_of(ui, step, width, columns);
    starts = page_starts(rows, area.height(), gap);
    follow_selection(ui, step, rows, starts);
    const auto pages = static_cast<int>(starts.size()) - 1;
    draw_page_buttons(ui, list, current_page(ui, list, pages, 1), column);
  }
  const auto page = static_cast<std::size_t>(
      current_page(ui, list, static_cast<int>(starts.size()) - 1, 1).number);
  float y = cards.y0;
  for (std::size_t r = starts[page]; r < starts[page + 1]; ++r) {
    float x = cards.x0;
    for (std::size_t i = rows[r].first; i < rows[r].last; ++i) {
      draw_card(ui, step, step.entries[i], {x, y, x + width, y + rows[r].height});
      x += width + gap;
    }
    y += rows[r].height + gap;
  }
}

}  // namespace batchwright::ui
