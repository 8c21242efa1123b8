// Lists longer than their place turn pages by two big buttons; nothing has to be dragged (R30).
#pragma once

#include <string>

#include "ui/widgets/ui.h"

namespace batchwright::ui {

struct Page {
  int first = 0, last = 0;  // items shown: [first, last)
  int number = 0, total = 1;
};

// The page of `list` that is open, for `count` items, `per_page` at a time. Keeps the number in
// range.
[[nodiscard]] Page current_page(Ui& ui, const std::string& list, int count, int per_page);

// Opens the page that shows `item`.
void show_item(Ui& ui, const std::string& list, int item, int per_page);

// Two 20 mm buttons, one above the other at the top right of `column`, and "2 of 3" between.
void draw_page_buttons(Ui& ui, const std::string& list, const Page& page, const Rect& column);

[[nodiscard]] float page_column_width(const Ui& ui);

}  // namespace batchwright::ui
