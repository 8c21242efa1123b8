#include <algorithm>

#include "ui/screens/screens.h"
#include "ui/widgets/answer_list.h"
#include "ui/widgets/bottom_row.h"
#include "ui/widgets/pages.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

std::string key_of(const WayView& way) {
  return way.chart + ":" + way.transition;
}

const WayView* chosen_way(const Ui& ui, const WaysView& view) {
  const auto found = std::ranges::find(view.ways, ui.state.way, key_of);
  return found == view.ways.end() ? nullptr : &*found;
}

void draw_cards(Ui& ui, const WaysView& view, Rect& rest) {
  const float gap = ui.px(ui.sizes().gap);
  const float height = ui.px(ui.sizes().target_frequent);
  const auto count = static_cast<int>(view.ways.size());
  const int rows = ui.is_wide() && count > 2 ? 2 : 1;
  Rect area = cut_top(rest, static_cast<float>(rows) * (height + gap) - gap);
  const Page page = current_page(ui, "ways", count, 2 * rows);
  if (page.total > 1) {
    draw_page_buttons(ui, "ways", page, cut_right(area, page_column_width(ui)));
    skip_right(area, ui.px(ui.sizes().gap_groups));
  }
  const float width = column_width(area, 2, gap);
  for (int i = page.first; i < page.last; ++i) {
    const WayView& way = view.ways[static_cast<std::size_t>(i)];
    const int place = i - page.first;
    const Rect cell = grid_cell(area, place % 2, place / 2, width, height, gap);
    const Target target{.id = "way:" + way.transition,
                        .label = way.words,
                        .kind = WidgetKind::kChoice,
                        .enabled = view.may_choose,
                        .reason = ui.tr("ways.role", {{"role", view.role_words}}),
                        .group = "ways"};
    const bool selected = ui.state.way == key_of(way);
    if (button(ui, cell, target, {.selected = selected, .role = TextRole::kBodyBold, .left = true}))
      ui.state.way = key_of(way);
  }
}

std::string missing(const Ui& ui, const WaysView& view) {
  if (!view.may_choose) return ui.tr("ways.role", {{"role", view.role_words}});
  if (chosen_way(ui, view) == nullptr) return std::string(ui.tr("ways.missing"));
  return std::string(ui.state.way_reason.empty() ? ui.tr("ways.missing_reason") : "");
}

void draw_reason(Ui& ui, Rect& rest) {
  put_text(ui, cut_top(rest, ui.px(8)), TextRole::kSmallBold, ui.colours().ink, ui.tr("ways.why"));
  const AnswerList list{
      .id = "way_reason",
      .answers = {std::string(ui.tr("ways.result")), std::string(ui.tr("ways.decided"))},
      .other = std::string(ui.tr("ways.other")),
      .other_use = TextUse::kWayReason,
      .caption = std::string(ui.tr("ways.why"))};
  draw_answer_list(ui, list, ui.state.way_reason, rest, 2);
}

}  // namespace

void draw_ways(Ui& ui, const WaysView& view) {
  ui.frame.show("ways");
  const Colours& c = ui.colours();
  const bool wide = ui.is_wide();
  Rect area = content_area(ui);
  if (!wide) area.y1 += ui.px(2);  // no reason stands over a way on that is open
  ui.paint.fill(area, c.card, ui.px(ui.sizes().corner));
  area = inset(area, ui.px(6), ui.px(wide ? 4 : 1.5));
  put_text(ui, cut_top(area, ui.px(wide ? 12 : 9.5)), wide ? TextRole::kTitle : TextRole::kAction,
           c.ink, ui.tr("ways.title"));
  if (wide) {
    put_text(ui, cut_top(area, ui.px(9)), TextRole::kSmall, c.muted,
             ui.tr("ways.role", {{"role", view.role_words}}));
    skip_top(area, ui.px(2));
  }
  draw_cards(ui, view, area);
  skip_top(area, ui.px(wide ? 2 : 1));
  if (view.may_choose) draw_reason(ui, area);
  const std::string reason = missing(ui, view);
  const BottomRow row{
      .first_id = "map",
      .first_label = "‹ " + std::string(ui.tr("step.map")),
      .way_on = WayOn{std::string(ui.tr("ways.go")) + " ›", reason.empty(), reason}};
  const std::string tapped = draw_standard_row(ui, row);
  if (tapped == "map") ui.send(ShowMap{});
  if (tapped != "next") return;
  if (const WayView* way = chosen_way(ui, view); way != nullptr)
    ui.send(ChooseWay{way->chart, way->transition, view.role, ui.state.way_reason});
  ui.state.way.clear();
  ui.state.way_reason.clear();
}

}  // namespace batchwright::ui
