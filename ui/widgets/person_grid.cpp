#include "ui/widgets/person_grid.h"

#include <algorithm>

#include "ui/widgets/button.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/pages.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

bool draw_person(Ui& ui, const PersonView& person, const Rect& rect, const std::string& prefix) {
  const Colours& c = ui.colours();
  const Target target{.id = prefix + person.id,
                      .label = person.name,
                      .kind = WidgetKind::kPrimary,
                      .group = prefix};
  const Touched touched = touch_target(ui, rect, target);
  const float corner = ui.px(ui.sizes().corner);
  ui.paint.fill(rect, touched.pressed ? c.pressed : c.card, corner);
  ui.paint.outline(rect, c.edge, corner, ui.px(ui.sizes().edge));
  const bool low = rect.height() < ui.px(24);
  const float radius = ui.px(low ? 6.2 : 7.4);
  const float left = rect.x0 + ui.px(low ? 4 : 5);
  draw_initials(ui, {std::round(left + radius), std::round(rect.centre_y())}, radius,
                person.initials);
  Rect words = rect;
  words.x0 = left + 2 * radius + ui.px(low ? 3 : 4);
  words.x1 -= ui.px(2);
  const bool fits = ui.paint.text_width(TextRole::kBodyBold, person.name) <= words.width();
  const TextRole name_role = fits ? TextRole::kBodyBold : TextRole::kSmallBold;
  const float name = std::min(paragraph_height(ui, name_role, person.name, words.width()),
                              2 * ui.paint.line_height(name_role));
  const float role = ui.paint.line_height(TextRole::kSmall);
  words.y0 = std::round(rect.centre_y() - (name + role) / 2);
  put_paragraph(ui, cut_top(words, name), name_role, c.ink, person.name);
  put_text(ui, cut_top(words, role), TextRole::kSmall, c.muted, person.role);
  return touched.tapped;
}

}  // namespace

std::string draw_person_grid(Ui& ui, const std::vector<PersonView>& people, const Rect& area,
                             int columns, double card_height_mm, const std::string& prefix) {
  Rect cards = area;
  const float gap = ui.px(ui.is_wide() ? 4 : ui.sizes().gap);
  const float height = ui.px(card_height_mm);
  const int rows = std::max(1, static_cast<int>((area.height() + gap) / (height + gap)));
  const auto count = static_cast<int>(people.size());
  const Page page = current_page(ui, prefix, count, rows * columns);
  if (page.total > 1) {
    draw_page_buttons(ui, prefix, page, cut_right(cards, page_column_width(ui)));
    skip_right(cards, ui.px(ui.sizes().gap_groups));
  }
  const float width = column_width(cards, columns, gap);
  std::string tapped;
  for (int i = page.first; i < page.last; ++i) {
    const int place = i - page.first;
    const Rect cell = grid_cell(cards, place % columns, place / columns, width, height, gap);
    const PersonView& person = people[static_cast<std::size_t>(i)];
    if (draw_person(ui, person, cell, prefix)) tapped = person.id;
  }
  return tapped;
}

float person_grid_height(const Ui& ui, std::size_t people, int columns, double card_height_mm) {
  const float gap = ui.px(ui.is_wide() ? 4 : ui.sizes().gap);
  const int whole_rows = (static_cast<int>(people) + columns - 1) / columns;
  const auto rows = static_cast<float>(whole_rows);
  return rows * (ui.px(card_height_mm) + gap) - gap;
}

}  // namespace batchwright::ui
