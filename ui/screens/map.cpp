#include <algorithm>

#include "ui/screens/screens.h"
#include "ui/widgets/bottom_row.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/pages.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

constexpr double kBoxHeightMm = 15;
constexpr double kBoxWidthWideMm = 50;
constexpr double kBoxWidthCompactMm = 42;
constexpr double kStemMm = 5;

void draw_box(Ui& ui, const MapNodeView& node, const Rect& rect) {
  const Colours& c = ui.colours();
  Touched touched;
  if (!node.path.empty()) {
    touched = touch_target(
        ui, rect,
        {.id = "node:" + node.path, .label = node.title, .kind = WidgetKind::kRow, .group = "map"});
  }
  const bool done = node.progress == Progress::kDone;
  const bool exception = node.progress == Progress::kException;
  const bool current = node.progress == Progress::kCurrent;
  const float corner = ui.px(ui.sizes().corner_small);
  const Rgb fill = touched.pressed ? c.pressed : done ? c.done : exception ? c.warning : c.well;
  const Rgb words = touched.pressed ? c.on_pressed
                    : done          ? c.on_done
                    : exception     ? c.on_warning
                                    : c.ink;
  ui.paint.fill(rect, fill, corner);
  ui.paint.outline(rect, current ? c.focus : c.done, corner, ui.px(current ? 1 : 0.4));
  const std::string sign = done ? "✓ " : exception ? "! " : current ? "● " : "";
  put_text(ui, inset(rect, ui.px(2), ui.px(0.5)), TextRole::kSmallBold, words, sign + node.title,
           Align::kCentre);
  if (touched.tapped) ui.send(ChooseStep{node.path});
}

// One branch from top to bottom, joined by stems; returns where it ends.
float draw_branch(Ui& ui, const std::vector<MapNodeView>& branch, float centre_x, float y,
                  float width, float foot) {
  const float height = ui.px(kBoxHeightMm);
  const float stem = ui.px(kStemMm);
  const Rgb line = ui.colours().done;
  for (std::size_t i = 0; i < branch.size(); ++i) {
    if (i > 0) {
      ui.paint.line({centre_x, y}, {centre_x, y + stem}, line, ui.px(0.7));
      y += stem;
    }
    const MapNodeView& node = branch[i];
    draw_box(ui, node, {centre_x - width / 2, y, centre_x + width / 2, y + height});
    y += height;
    if (!node.who.empty()) {
      put_text(ui,
               {centre_x + ui.px(2), y + ui.px(0.5), centre_x + width / 2 + ui.px(6), y + ui.px(7)},
               TextRole::kSmall, ui.colours().muted, node.who);
    }
  }
  if (foot > y) ui.paint.line({centre_x, y}, {centre_x, foot}, line, ui.px(0.7));
  return y;
}

// A sequence is laid out from left to right, it reads like a sentence and leaves room below.
float draw_sequence(Ui& ui, const std::vector<MapNodeView>& nodes, const Rect& area, float y,
                    float width) {
  const float height = ui.px(kBoxHeightMm);
  const auto count = static_cast<float>(nodes.size());
  const float gap =
      std::min(ui.px(16), count > 1 ? (area.width() - count * width) / (count - 1) : 0.0F);
  float x = area.centre_x() - (count * width + (count - 1) * gap) / 2;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (i > 0)
      ui.paint.line({x - gap, y + height / 2}, {x, y + height / 2}, ui.colours().done, ui.px(0.7));
    draw_box(ui, nodes[i], {std::round(x), y, std::round(x) + width, y + height});
    x += width + gap;
  }
  return y + height;
}

void draw_bar(Ui& ui, const Rect& area, float y, bool parallel) {
  const Rgb colour = ui.colours().done;
  const float inset_x = area.width() * 0.08F;
  ui.paint.line({area.x0 + inset_x, y}, {area.x1 - inset_x, y}, colour, ui.px(0.7));
  if (parallel)
    ui.paint.line({area.x0 + inset_x, y + ui.px(1.8)}, {area.x1 - inset_x, y + ui.px(1.8)}, colour,
                  ui.px(0.7));
}

float row_height(const Ui& ui, const MapRowView& row) {
  const float box = ui.px(kBoxHeightMm);
  if (row.branches.size() < 2) return box;
  std::size_t longest = 1;
  for (const auto& branch : row.branches) longest = std::max(longest, branch.size());
  const auto n = static_cast<float>(longest);
  return n * box + (n - 1) * ui.px(kStemMm) + 2 * (ui.px(1.8) + ui.px(kStemMm));
}

float draw_row(Ui& ui, const MapRowView& row, const Rect& area, float y, float width) {
  if (row.branches.empty()) return y;
  if (row.branches.size() == 1) return draw_sequence(ui, row.branches.front(), area, y, width);
  const float end = y + row_height(ui, row);
  const float bar = ui.px(1.8);
  draw_bar(ui, area, y, row.parallel);
  draw_bar(ui, area, end - bar, row.parallel);
  const float column = area.width() / static_cast<float>(row.branches.size());
  for (std::size_t i = 0; i < row.branches.size(); ++i) {
    const float x = std::round(area.x0 + (static_cast<float>(i) + 0.5F) * column);
    const float top = y + bar + ui.px(kStemMm);
    ui.paint.line({x, y + bar}, {x, top}, ui.colours().done, ui.px(0.7));
    draw_branch(ui, row.branches[i], x, top, std::min(width, column - ui.px(6)), end - bar);
  }
  return end;
}

void draw_notes(Ui& ui, const MapView& view, const Rect& area) {
  const Colours& c = ui.colours();
  ui.paint.fill(area, c.card, ui.px(ui.sizes().corner));
  Rect inner = inset(area, ui.px(4), ui.px(4));
  put_text(ui, cut_top(inner, ui.px(8)), TextRole::kSmall, c.muted, ui.tr("map.open_now"));
  const std::string count = std::to_string(view.exceptions);
  const std::string words = view.exceptions == 0   ? std::string(ui.tr("map.no_exceptions"))
                            : view.exceptions == 1 ? std::string(ui.tr("map.exceptions_one"))
                                                   : ui.tr("map.exceptions", {{"n", count}});
  const bool any = view.exceptions > 0;
  put_text(ui, cut_top(inner, ui.px(9)), TextRole::kSmallBold, any ? c.warning_ink : c.ink,
           any ? "! " + words : words);
  for (const std::string& note : view.notes) {
    skip_top(inner, ui.px(2));
    const float height = paragraph_height(ui, TextRole::kSmall, note, inner.width());
    put_paragraph(ui, cut_top(inner, height), TextRole::kSmall, c.ink, note);
  }
}

// How many rows from `first` on fit.
int rows_that_fit(const Ui& ui, const MapView& view, std::size_t first, float height) {
  int fit = 0;
  float used = 0;
  for (std::size_t i = first; i < view.rows.size(); ++i) {
    used += row_height(ui, view.rows[i]) + (i > first ? ui.px(kStemMm) : 0);
    if (used > height && fit > 0) break;
    ++fit;
  }
  return std::max(fit, 1);
}

}  // namespace

void draw_map(Ui& ui, const MapView& view) {
  ui.frame.show("map");
  const bool wide = ui.is_wide();
  Rect area = content_area(ui);
  if (!wide) area.y1 += ui.px(6);
  draw_notes(ui, view, cut_right(area, ui.px(wide ? 66 : 50)));
  skip_right(area, ui.px(4));
  ui.paint.fill(area, ui.colours().card, ui.px(ui.sizes().corner));
  Rect chart = inset(area, ui.px(4), ui.px(4));
  std::size_t first = 0;
  const auto count = static_cast<int>(view.rows.size());
  if (rows_that_fit(ui, view, 0, chart.height()) < count) {
    int& open = ui.state.pages["map"];
    open = std::clamp(open, 0, count - 1);
    first = static_cast<std::size_t>(open);
    const int last = open + rows_that_fit(ui, view, first, chart.height());
    Page page{
        .first = open, .last = last, .number = open, .total = last < count ? count : open + 1};
    draw_page_buttons(ui, "map", page, cut_right(chart, page_column_width(ui)));
    skip_right(chart, ui.px(ui.sizes().gap_groups));
  }
  const int shown = rows_that_fit(ui, view, first, chart.height());
  float y = chart.y0;
  for (int i = 0; i < shown; ++i) {
    if (i > 0) {
      ui.paint.line({chart.centre_x(), y}, {chart.centre_x(), y + ui.px(kStemMm)},
                    ui.colours().done, ui.px(0.7));
      y += ui.px(kStemMm);
    }
    y = draw_row(ui, view.rows[first + static_cast<std::size_t>(i)], chart, y,
                 ui.px(wide ? kBoxWidthWideMm : kBoxWidthCompactMm));
  }
  const BottomRow row{.first_id = "batches",
                      .first_label = "‹ " + std::string(ui.tr("map.batches")),
                      .way_on = WayOn{std::string(ui.tr("map.to_step")) + " ›"}};
  const std::string tapped = draw_standard_row(ui, row);
  if (tapped == "batches") ui.send(ShowRuns{});
  if (tapped == "next") ui.send(Back{});
}

}  // namespace batchwright::ui
