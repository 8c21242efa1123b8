#include <algorithm>

#include "ui/screens/context_bar.h"
#include "ui/screens/screens.h"
#include "ui/widgets/bottom_row.h"
#include "ui/widgets/exception_rows.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"
#include "ui/widgets/value_rows.h"

namespace batchwright::ui {
namespace {

void draw_counts(Ui& ui, const CompletedView& view, const Rect& band) {
  const Colours& c = ui.colours();
  struct Count {
    std::string_view label;
    std::size_t number;
  };
  const Count counts[] = {{ui.tr("done.steps"), static_cast<std::size_t>(view.steps)},
                          {ui.tr("done.entries"), static_cast<std::size_t>(view.entries)},
                          {ui.tr("done.signatures"), static_cast<std::size_t>(view.signatures)},
                          {ui.tr("done.exceptions"), view.exceptions.size()}};
  const float gap = ui.px(ui.sizes().gap);
  const float width = column_width(band, 4, gap);
  for (int i = 0; i < 4; ++i) {
    const Count& count = counts[i];
    const Rect cell = grid_cell(band, i, 0, width, band.height(), gap);
    ui.paint.fill(cell, c.well, ui.px(ui.sizes().corner_small));
    Rect inner = inset(cell, ui.px(2), ui.px(1.5));
    put_text(ui, cut_bottom(inner, ui.px(7)), TextRole::kSmall, c.muted, count.label,
             Align::kCentre);
    put_text(ui, inner, TextRole::kTitle, c.ink, std::to_string(count.number), Align::kCentre);
  }
}

void draw_headline(Ui& ui, const CompletedView& view, Rect band) {
  const Colours& c = ui.colours();
  const float radius = band.height() / 2 - ui.px(0.5);
  const Point centre{band.x0 + radius, std::round(band.centre_y())};
  ui.paint.disc(centre, radius, c.done);
  put_text(ui, {band.x0, band.y0, band.x0 + 2 * radius, band.y1}, TextRole::kTitle, c.on_done, "✓",
           Align::kCentre);
  skip_left(band, 2 * radius + ui.px(4));
  const std::string waiting = view.waiting_for.empty()
                                  ? std::string()
                                  : ui.tr("done.waiting", {{"what", view.waiting_for}});
  if (!waiting.empty())
    put_text(ui, cut_bottom(band, ui.px(7)), TextRole::kSmall, c.muted, waiting);
  put_text(ui, band, TextRole::kTitle, c.ink,
           view.headline.empty() ? ui.tr("done.title") : view.headline);
}

void draw_wide(Ui& ui, const CompletedView& view, const std::vector<SummaryRowView>& rows,
               Rect area) {
  const Colours& c = ui.colours();
  const Rect right = cut_right(area, std::floor(area.width() * 0.46F));
  skip_right(area, ui.px(4));
  ui.paint.fill(area, c.card, ui.px(ui.sizes().corner));
  ui.paint.fill(right, c.card, ui.px(ui.sizes().corner));
  Rect left = inset(area, ui.px(5));
  draw_headline(ui, view, cut_top(left, ui.px(17)));
  skip_top(left, ui.px(5));
  const Rect counts = cut_bottom(left, ui.px(24));
  skip_bottom(left, ui.px(3));
  draw_value_rows(ui, rows, left, "summary");
  draw_counts(ui, view, counts);
  Rect list = inset(right, ui.px(5));
  put_text(ui, cut_top(list, ui.px(10)), TextRole::kAction, c.ink, ui.tr("exceptions.title"));
  skip_top(list, ui.px(2));
  if (view.exceptions.empty()) {
    put_paragraph(ui, list, TextRole::kSmall, c.muted, ui.tr("done.no_exceptions"));
  } else {
    draw_exception_rows(ui, view.exceptions, list, "completed_exceptions");
  }
}

// The list of exceptions is a screen of its own here.
void draw_compact(Ui& ui, const CompletedView& view, const std::vector<SummaryRowView>& rows,
                  const Rect& area) {
  const Colours& c = ui.colours();
  ui.paint.fill(area, c.card, ui.px(ui.sizes().corner));
  Rect inner = inset(area, ui.px(5), ui.px(3));
  Rect head = cut_top(inner, ui.px(20));
  const Rect counts = cut_right(head, ui.px(124));
  skip_right(head, ui.px(4));
  draw_headline(ui, view, inset(head, 0, ui.px(2)));
  draw_counts(ui, view, counts);
  skip_top(inner, ui.px(2));
  const Rect foot = cut_bottom(inner, ui.px(ui.sizes().target));
  skip_bottom(inner, ui.px(2));
  draw_value_rows(ui, rows, inner, "summary");
  if (view.exceptions.empty()) {
    put_text(ui, foot, TextRole::kSmall, c.muted, ui.tr("done.no_exceptions"));
    return;
  }
  Rect place = foot;
  const Target target{.id = "exceptions", .label = std::string(ui.tr("exceptions.title")) + " ›"};
  if (button(ui, cut_right(place, ui.px(84)), target, {.role = TextRole::kSmallBold}))
    ui.send(ShowExceptions{});
}

}  // namespace

void draw_completed(Ui& ui, const CompletedView& view) {
  ui.frame.show("completed");
  const bool wide = ui.is_wide();
  Rect area = content_area(ui);
  std::vector<SummaryRowView> rows = view.rows;
  rows.push_back({std::string(ui.tr("done.copies")), sync_words(ui.tr, ui.view.bar.sync, false)});
  if (wide) {
    draw_wide(ui, view, rows, area);
  } else {
    area.y1 += ui.px(2);  // no reason ever stands over the way on here
    draw_compact(ui, view, rows, area);
  }
  const BottomRow row{.first_id = "map",
                      .first_label = "‹ " + std::string(ui.tr("step.map")),
                      .way_on = WayOn{std::string(ui.tr("done.batches")) + " ›"}};
  const std::string tapped = draw_standard_row(ui, row);
  if (tapped == "map") ui.send(ShowMap{});
  if (tapped == "next") ui.send(ShowRuns{});
}

}  // namespace batchwright::ui
