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

struct Count {
  std::string_view label;
  std::size_t number;
};

void draw_counts(Ui& ui, const std::vector<Count>& counts, const Rect& band) {
  const Colours& c = ui.colours();
  const float gap = ui.px(ui.sizes().gap);
  const float width = column_width(band, static_cast<int>(counts.size()), gap);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const Rect cell = grid_cell(band, static_cast<int>(i), 0, width, band.height(), gap);
    ui.paint.fill(cell, c.well, ui.px(ui.sizes().corner_small));
    Rect inner = inset(cell, ui.px(1), ui.px(1.5));
    put_text(ui, cut_bottom(inner, ui.px(6.8)), TextRole::kSmall, c.muted, counts[i].label,
             Align::kCentre);
    put_text(ui, inner, TextRole::kTitle, c.ink, std::to_string(counts[i].number), Align::kCentre);
  }
}

std::vector<Count> counts_of(const Ui& ui, const CompletedView& view) {
  return {{ui.tr("done.steps"), static_cast<std::size_t>(view.steps)},
          {ui.tr("done.entries"), static_cast<std::size_t>(view.entries)},
          {ui.tr("done.signatures"), static_cast<std::size_t>(view.signatures)}};
}

void draw_headline(Ui& ui, const CompletedView& view, Rect band) {
  const Colours& c = ui.colours();
  const float radius = band.height() / 2 - ui.px(0.5);
  const Rect disc = cut_left(band, 2 * radius);
  ui.paint.disc({disc.centre_x(), std::round(disc.centre_y())}, radius, c.done);
  put_text(ui, disc, TextRole::kTitle, c.on_done, "✓", Align::kCentre);
  skip_left(band, ui.px(4));
  put_text(ui, band, TextRole::kTitle, c.ink,
           view.headline.empty() ? ui.tr("done.title") : view.headline);
}

std::string waiting_words(const Ui& ui, const CompletedView& view) {
  return view.waiting_for.empty() ? std::string()
                                  : ui.tr("done.waiting", {{"what", view.waiting_for}});
}

void draw_wide(Ui& ui, const CompletedView& view, const std::vector<SummaryRowView>& rows,
               Rect area) {
  const Colours& c = ui.colours();
  const Rect right = cut_right(area, std::floor(area.width() * 0.46F));
  skip_right(area, ui.px(4));
  ui.paint.fill(area, c.card, ui.px(ui.sizes().corner));
  ui.paint.fill(right, c.card, ui.px(ui.sizes().corner));
  Rect left = inset(area, ui.px(5));
  Rect head = cut_top(left, ui.px(17));
  put_text(ui, cut_right(head, ui.px(84)), TextRole::kSmall, c.muted, waiting_words(ui, view),
           Align::kRight);
  draw_headline(ui, view, head);
  skip_top(left, ui.px(5));
  const Rect counts = cut_bottom(left, ui.px(24));
  skip_bottom(left, ui.px(3));
  draw_value_rows(ui, rows, left, "summary");
  std::vector<Count> all = counts_of(ui, view);
  all.push_back({ui.tr("done.exceptions"), view.exceptions.size()});
  draw_counts(ui, all, counts);
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
  const Rect counts = cut_right(head, ui.px(126));
  skip_right(head, ui.px(4));
  draw_headline(ui, view, inset(head, 0, ui.px(2)));
  draw_counts(ui, counts_of(ui, view), counts);
  skip_top(inner, ui.px(2));
  const Rect foot = cut_bottom(inner, ui.px(ui.sizes().target));
  skip_bottom(inner, ui.px(2));
  draw_value_rows(ui, rows, inner, "summary");
  Rect place = foot;
  if (!view.exceptions.empty()) {
    const std::string count = std::to_string(view.exceptions.size());
    const std::string words = view.exceptions.size() == 1
                                  ? std::string(ui.tr("runs.exceptions_one"))
                                  : ui.tr("runs.exceptions", {{"n", count}});
    const Target target{.id = "exceptions", .label = words + " ›"};
    if (button(ui, cut_right(place, ui.px(60)), target, {.role = TextRole::kSmallBold}))
      ui.send(ShowExceptions{});
  }
  const std::string none =
      view.exceptions.empty() ? std::string(ui.tr("done.no_exceptions")) : std::string();
  const std::string waiting = waiting_words(ui, view);
  put_text(ui, place, TextRole::kSmall, c.muted, waiting.empty() ? none : waiting);
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
