#include "ui/widgets/bottom_row.h"

#include "ui/widgets/rect_cut.h"
#include "ui/widgets/safe_button.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

constexpr double kReasonAboveMm = 7.5;  // compact: the line over the way on

float row_top(const Ui& ui) {
  return ui.whole().y1 - ui.px(ui.sizes().margin) - ui.px(ui.sizes().way_on_height);
}

void draw_reason(Ui& ui, const WayOn& way_on, const Rect& beside) {
  const std::string& words = way_on.enabled ? way_on.hint : way_on.reason;
  if (words.empty()) return;
  const bool dead = is_dead_tap_shown(ui, "next");
  const TextRole role = dead ? TextRole::kSmallBold : TextRole::kSmall;
  const Rgb colour = dead ? ui.colours().ink : ui.colours().muted;
  if (ui.is_wide()) {
    put_paragraph_middle(ui, beside, role, colour, words, Align::kRight);
    return;
  }
  Rect line = inset(ui.whole(), ui.px(ui.sizes().margin), 0);
  line.y1 = row_top(ui) - ui.px(0.6);
  line.y0 = line.y1 - ui.px(kReasonAboveMm);
  put_text(ui, line, role, colour, words, Align::kRight);
}

}  // namespace

Rect content_area(const Ui& ui) {
  Rect area = ui.whole();
  skip_top(area, ui.px(ui.sizes().bar_height) + ui.px(ui.is_wide() ? 4 : 3));
  area.y1 = row_top(ui) - ui.px(ui.is_wide() ? ui.sizes().gap_groups : kReasonAboveMm + 0.8);
  const float margin = ui.px(ui.sizes().margin);
  return inset(area, margin, 0);
}

std::string draw_bottom_row(Ui& ui, const BottomRow& row) {
  const bool wide = ui.is_wide();
  Rect band = inset(ui.whole(), ui.px(ui.sizes().margin), 0);
  band.y0 = row_top(ui);
  band.y1 = band.y0 + ui.px(ui.sizes().way_on_height);
  const float gap = ui.px(ui.sizes().gap_groups);
  std::string tapped;
  Rect left = band;
  left.y0 += std::floor((band.height() - ui.px(ui.sizes().target_frequent)) / 2);
  left.y1 = left.y0 + ui.px(ui.sizes().target_frequent);
  const auto place = [&](double wide_mm, double compact_mm) {
    const Rect rect = cut_left(left, ui.px(wide ? wide_mm : compact_mm));
    skip_left(left, gap);
    return rect;
  };
  if (!row.first_id.empty()) {
    const Target target{.id = row.first_id, .label = row.first_label};
    if (button(ui, place(34, 33), target, {.role = TextRole::kBodyBold})) tapped = row.first_id;
  }
  if (row.deviation) {
    const std::string words(wide ? ui.tr("step.deviation") : ui.tr("step.deviation_short"));
    const Target target{.id = "deviation", .label = "▲ " + words};
    if (button(ui, place(60, 46), target, {.look = Look::kWarning, .role = TextRole::kBodyBold}))
      tapped = "deviation";
  }
  if (row.safe) draw_safe_button(ui, place(38, 34));
  if (row.more) {
    const Target target{.id = "more", .label = std::string(ui.tr("step.more"))};
    if (button(ui, place(30, 27), target, {.role = TextRole::kBodyBold})) tapped = "more";
  }
  if (!row.way_on) return tapped;
  const Rect next = cut_right(band, ui.px(wide ? ui.sizes().way_on_width : 42));
  const Target target{.id = "next",
                      .label = row.way_on->label,
                      .kind = WidgetKind::kPrimary,
                      .enabled = row.way_on->enabled,
                      .reason = row.way_on->reason};
  if (button(ui, next, target, {.look = Look::kPrimary})) tapped = "next";
  draw_reason(ui, *row.way_on, {left.x0, band.y0, next.x0 - gap, band.y1});
  return tapped;
}

std::string draw_standard_row(Ui& ui, const BottomRow& row) {
  std::string tapped = draw_bottom_row(ui, row);
  if (tapped == "deviation") {
    ui.state.deviation.clear();
    ui.state.sheet = Sheet::kDeviation;
  } else if (tapped == "more") {
    ui.state.sheet = Sheet::kMenu;
  }
  const bool done = tapped == "deviation" || tapped == "more";
  return done ? std::string() : tapped;
}

}  // namespace batchwright::ui
