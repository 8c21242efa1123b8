#include "ui/widgets/check_table.h"

#include <algorithm>
#include <string>

#include "ui/widgets/camera_picture.h"
#include "ui/widgets/entry_words.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

// Of the width: what was seen, what was expected. Names of checks are longer than their numbers.
constexpr float kSeenShare = 0.40F;
constexpr float kExpectedShare = 0.36F;
constexpr float kCheckShare = 0.54F;
constexpr float kGoodShare = 0.24F;

struct Columns {
  Rect seen, expected, score;
};

Columns columns_of(const Ui& ui, const Rect& line, bool challenge) {
  Rect rest = line;
  const float gap = ui.px(2);
  Columns columns;
  columns.seen = cut_left(rest, std::floor(line.width() * (challenge ? kCheckShare : kSeenShare)));
  columns.expected =
      cut_left(rest, std::floor(line.width() * (challenge ? kGoodShare : kExpectedShare)));
  columns.score = rest;
  columns.seen.x1 -= gap;
  columns.expected.x1 -= gap;
  return columns;
}

void draw_head(Ui& ui, const CameraView& view, const Rect& line) {
  const bool challenge = view.is_challenge;
  const Columns at = columns_of(ui, line, challenge);
  const Rgb muted = ui.colours().muted;
  put_text(ui, at.seen, TextRole::kSmallBold, muted,
           ui.tr(challenge ? "camera.which" : "camera.seen"));
  put_text(ui, at.expected, TextRole::kSmallBold, muted,
           ui.tr(challenge ? "camera.good" : "camera.expected"));
  put_text(ui, at.score, TextRole::kSmallBold, muted,
           ui.tr(challenge ? "camera.bad" : "camera.score"));
}

void draw_row(Ui& ui, const CheckRowView& row, const Rect& line, bool challenge) {
  const Columns at = columns_of(ui, line, challenge);
  const Colours& c = ui.colours();
  const TextRole role = row.mark == CheckMark::kOk ? TextRole::kSmall : TextRole::kSmallBold;
  put_text(ui, at.seen, role, c.ink, std::string(sign_of(row.mark)) + " " + row.seen);
  if (!row.expected.empty()) put_text(ui, at.expected, TextRole::kSmall, c.ink, row.expected);
  if (!row.score.empty()) put_text(ui, at.score, TextRole::kSmall, c.ink, ui.tr.number(row.score));
  ui.paint.line({line.x0, line.y1}, {line.x1, line.y1}, c.divider, ui.px(0.3));
}

// Taken off the bottom of `rest`.
void draw_attempts(Ui& ui, const CameraView& view, Rect& rest) {
  std::string words;
  if (!view.exception_number.empty())
    words = ui.tr(ui.is_wide() ? "camera.exception" : "camera.exception_short",
                  {{"exception", view.exception_number}}) +
            " ";
  if (view.attempt > 0 && view.attempts > 0)
    words += ui.tr(ui.is_wide() ? "camera.attempt" : "camera.attempt_short",
                   {{"n", std::to_string(view.attempt)}, {"total", std::to_string(view.attempts)}});
  if (words.empty()) return;
  const float height = paragraph_height(ui, TextRole::kSmall, words, rest.width());
  put_paragraph(ui, cut_bottom(rest, height), TextRole::kSmall, ui.colours().muted, words);
  skip_bottom(rest, ui.px(1));
}

void draw_rows(Ui& ui, const CameraView& view, Rect& rest) {
  if (view.rows.empty()) return;
  const float height = ui.px(ui.is_wide() ? 11 : 7.6);
  draw_head(ui, view, cut_top(rest, height));
  const auto count = static_cast<int>(view.rows.size());
  int fit = static_cast<int>(rest.height() / height);
  if (fit < count) --fit;  // the last line says how many more
  for (int i = 0; i < std::min(fit, count); ++i)
    draw_row(ui, view.rows[static_cast<std::size_t>(i)], cut_top(rest, height), view.is_challenge);
  if (fit >= count || rest.height() < height) return;
  const std::string more = ui.tr("camera.more", {{"n", std::to_string(count - std::max(fit, 0))}});
  put_text(ui, cut_top(rest, height), TextRole::kSmall, ui.colours().muted, more);
}

void draw_readings(Ui& ui, const CameraView& view, Rect& rest) {
  const bool wide = ui.is_wide();
  for (const ReadingView& reading : view.readings) {
    if (rest.height() < ui.px(wide ? 20 : 15)) return;
    Rect line = cut_top(rest, ui.px(wide ? 19 : 14));
    const std::string value = with_unit(ui.tr.number(reading.value), reading.unit);
    const TextRole role = wide ? TextRole::kValue : TextRole::kTitle;
    const float width = std::min(ui.paint.text_width(role, value) + 1, line.width() * 0.65F);
    put_text(ui, cut_right(line, width), role, ui.colours().ink, value, Align::kRight);
    skip_right(line, ui.px(2));
    put_text(ui, line, TextRole::kSmall, ui.colours().muted, reading.title);
    skip_top(rest, ui.px(1));
  }
}

void draw_progress(Ui& ui, const CameraView& view, Rect& rest) {
  const Colours& c = ui.colours();
  const std::string n = std::to_string(view.pictures);
  const bool bounded = view.pictures_max > 0;
  const std::string words =
      bounded ? ui.tr("camera.picture_of", {{"n", n}, {"total", std::to_string(view.pictures_max)}})
              : ui.tr("camera.pictures", {{"n", n}});
  put_text(ui, cut_top(rest, ui.px(8)), TextRole::kSmallBold, c.ink, words);
  if (!bounded) return;
  const Rect bar = cut_top(rest, ui.px(4));
  ui.paint.fill(bar, c.well, ui.px(2));
  ui.paint.outline(bar, c.edge, ui.px(2), ui.px(ui.sizes().edge));
  Rect done = inset(bar, ui.px(0.6));
  const float part =
      std::min(1.0F, static_cast<float>(view.pictures) / static_cast<float>(view.pictures_max));
  done.x1 = done.x0 + done.width() * part;
  if (!done.empty()) ui.paint.fill(done, c.focus, ui.px(1.4));
  skip_top(rest, ui.px(2));
}

}  // namespace

bool has_check_table(const CameraView& view) {
  return !view.rows.empty() || !view.readings.empty() || view.attempt > 0 ||
         view.state == CameraView::State::kChecking;
}

void draw_check_table(Ui& ui, const CameraView& view, const Rect& area) {
  ui.paint.fill(area, ui.colours().card, ui.px(ui.sizes().corner_small));
  Rect rest = inset(area, ui.px(ui.sizes().padding), ui.px(ui.is_wide() ? 3 : 1));
  draw_attempts(ui, view, rest);
  if (view.state == CameraView::State::kChecking) draw_progress(ui, view, rest);
  draw_readings(ui, view, rest);
  draw_rows(ui, view, rest);
}

}  // namespace batchwright::ui
