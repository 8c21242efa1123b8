#include <algorithm>

#include "ui/screens/screens.h"
#include "ui/widgets/bottom_row.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/pages.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

Progress mark_of(const RunView& run) {
  if (run.exceptions > 0 || run.state == RunView::State::kHeld) return Progress::kException;
  return run.state == RunView::State::kComplete ? Progress::kDone : Progress::kCurrent;
}

std::string exception_words(const Ui& ui, int exceptions) {
  if (exceptions == 0) return {};
  if (exceptions == 1) return std::string(ui.tr("runs.exceptions_one"));
  return ui.tr("runs.exceptions", {{"n", std::to_string(exceptions)}});
}

void draw_mark(Ui& ui, const RunView& run, Point centre) {
  if (mark_of(run) != Progress::kCurrent) return draw_progress_mark(ui, centre, mark_of(run), 0);
  const bool issued = run.state == RunView::State::kIssued;
  const Rgb colour = issued ? ui.colours().done : ui.colours().focus;
  ui.paint.ring(centre, ui.px(3.6), colour, ui.px(0.6));
  if (!issued) ui.paint.disc(centre, ui.px(1.8), colour);
}

// True when tapped.
bool draw_run(Ui& ui, const RunView& run, const Rect& rect) {
  const Colours& c = ui.colours();
  const bool issued = run.state == RunView::State::kIssued;
  const Target target{.id = (issued ? "issue:" : "run:") + run.id,
                      .label = run.number,
                      .kind = WidgetKind::kPrimary,
                      .group = "runs"};
  const Touched touched = touch_target(ui, rect, target);
  const float corner = ui.px(ui.sizes().corner);
  ui.paint.fill(rect, touched.pressed ? c.pressed : c.card, corner);
  ui.paint.outline(rect, c.edge, corner, ui.px(ui.sizes().edge));
  Rect inner = inset(rect, ui.px(5), ui.px(2.5));
  const Rect mark = cut_left(inner, ui.px(7.2));
  draw_mark(ui, run, {mark.centre_x(), std::round(inner.centre_y())});
  skip_left(inner, ui.px(4));
  const std::string exceptions = exception_words(ui, run.exceptions);
  const std::string status = issued ? std::string(ui.tr("runs.start")) + " ›" : run.status;
  const float side = std::max(ui.paint.text_width(TextRole::kBodyBold, status),
                              ui.paint.text_width(TextRole::kSmallBold, exceptions)) +
                     1;
  Rect right = cut_right(inner, side);
  skip_right(inner, ui.px(4));
  const float name = ui.paint.line_height(TextRole::kBodyBold);
  const float note = ui.paint.line_height(TextRole::kSmall);
  inner.y0 = std::round(rect.centre_y() - (name + note) / 2);
  right.y0 = inner.y0;
  put_text(ui, cut_top(inner, name), TextRole::kBodyBold, c.ink,
           run.number + "  ·  " + run.product);
  put_text(ui, cut_top(inner, note), TextRole::kSmall, c.muted,
           run.step.empty() ? run.mbr : run.step);
  put_text(ui, cut_top(right, name), TextRole::kBodyBold, c.ink, status, Align::kRight);
  put_text(ui, cut_top(right, note), TextRole::kSmallBold, c.warning_ink, exceptions,
           Align::kRight);
  return touched.tapped;
}

void choose(Ui& ui, const RunView& run) {
  if (run.state == RunView::State::kIssued) {
    ui.send(StartIssued{run.id});
  } else {
    ui.send(OpenRun{run.id});
  }
}

}  // namespace

void draw_run_list(Ui& ui, const RunListView& view) {
  ui.frame.show("runs");
  const Colours& c = ui.colours();
  Rect area = content_area(ui);
  skip_top(area, ui.px(ui.is_wide() ? 3 : 0));
  put_text(ui, cut_top(area, ui.px(12)), TextRole::kTitle, c.ink, ui.tr("runs.title"));
  skip_top(area, ui.px(ui.is_wide() ? 4 : 2));
  if (!view.error.empty()) {
    const float height = paragraph_height(ui, TextRole::kBody, view.error, area.width());
    put_paragraph(ui, cut_top(area, height), TextRole::kBody, c.alarm_ink, view.error);
    skip_top(area, ui.px(2));
  }
  std::vector<RunView> all = view.runs;
  all.insert(all.end(), view.issued.begin(), view.issued.end());
  if (all.empty()) put_paragraph(ui, area, TextRole::kBody, c.ink, ui.tr("runs.none"));
  const float gap = ui.px(ui.sizes().gap);
  const float height = ui.px(21);
  const int rows = std::max(1, static_cast<int>((area.height() + gap) / (height + gap)));
  const Page page = current_page(ui, "runs", static_cast<int>(all.size()), rows);
  if (page.total > 1) {
    draw_page_buttons(ui, "runs", page, cut_right(area, page_column_width(ui)));
    skip_right(area, ui.px(ui.sizes().gap_groups));
  }
  for (int i = page.first; i < page.last; ++i) {
    const RunView& run = all[static_cast<std::size_t>(i)];
    if (draw_run(ui, run, cut_top(area, height))) choose(ui, run);
    skip_top(area, gap);
  }
  const BottomRow row{.first_id = "lock", .first_label = std::string(ui.tr("runs.lock"))};
  if (draw_standard_row(ui, row) == "lock") ui.send(Lock{});
}

}  // namespace batchwright::ui
