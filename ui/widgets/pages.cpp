#include "ui/widgets/pages.h"

#include <algorithm>

#include "ui/widgets/button.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {

Page current_page(Ui& ui, const std::string& list, int count, int per_page) {
  per_page = std::max(per_page, 1);
  Page page;
  page.total = std::max(1, (count + per_page - 1) / per_page);
  int& open = ui.state.pages[list];
  open = std::clamp(open, 0, page.total - 1);
  page.number = open;
  page.first = open * per_page;
  page.last = std::min(count, page.first + per_page);
  return page;
}

void show_item(Ui& ui, const std::string& list, int item, int per_page) {
  ui.state.pages[list] = std::max(item, 0) / std::max(per_page, 1);
}

void draw_page_buttons(Ui& ui, const std::string& list, const Page& page, const Rect& column) {
  if (page.total < 2) return;
  const float side = ui.px(ui.sizes().target_frequent);
  Rect rest = column;
  const Rect up = cut_top(rest, side);
  const bool roomy = rest.height() >= side + ui.px(8);
  const Rect count = cut_top(rest, ui.px(roomy ? 8 : ui.sizes().gap));
  const Rect down = cut_top(rest, side);
  const std::string number = std::to_string(page.number + 1);
  const std::string total = std::to_string(page.total);
  if (roomy) {
    put_text(ui, count, TextRole::kSmall, ui.colours().muted,
             ui.tr("pad.page", {{"n", number}, {"total", total}}), Align::kCentre);
  }
  const std::string first_page(ui.tr("pad.first_page"));
  const std::string last_page(ui.tr("pad.last_page"));
  if (button(ui, up,
             {.id = list + ":up",
              .label = "▲",
              .kind = WidgetKind::kPrimary,
              .enabled = page.number > 0,
              .reason = first_page,
              .group = list})) {
    --ui.state.pages[list];
  }
  if (button(ui, down,
             {.id = list + ":down",
              .label = "▼",
              .kind = WidgetKind::kPrimary,
              .enabled = page.number + 1 < page.total,
              .reason = last_page,
              .group = list})) {
    ++ui.state.pages[list];
  }
}

float page_column_width(const Ui& ui) {
  return ui.px(ui.sizes().target_frequent);
}

}  // namespace batchwright::ui
