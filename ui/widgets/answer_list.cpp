#include "ui/widgets/answer_list.h"

#include <algorithm>

#include "ui/widgets/button.h"
#include "ui/widgets/pages.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text_sheet.h"

namespace batchwright::ui {
namespace {

constexpr int kColumns = 2;

void draw_answer(Ui& ui, const AnswerList& list, int index, std::string& chosen, const Rect& cell) {
  const auto count = static_cast<int>(list.answers.size());
  const bool is_other = index == count;
  const bool was_written =
      is_other && !chosen.empty() && std::ranges::find(list.answers, chosen) == list.answers.end();
  const std::string& words = is_other ? (was_written ? chosen : list.other)
                                      : list.answers[static_cast<std::size_t>(index)];
  const bool selected = is_other ? was_written : chosen == words;
  const Target target{.id = list.id + ":" + (is_other ? "other" : std::to_string(index)),
                      .label = words,
                      .kind = WidgetKind::kChoice,
                      .group = list.id};
  if (!button(ui, cell, target, {.selected = selected, .role = TextRole::kBodyBold, .left = true}))
    return;
  if (is_other) {
    open_text(ui, list.other_use, list.caption);
  } else {
    chosen = words;
  }
}

}  // namespace

void draw_answer_list(Ui& ui, const AnswerList& list, std::string& chosen, Rect& rest,
                      int rows_max) {
  const float gap = ui.px(ui.sizes().gap);
  const float height = ui.px(ui.sizes().target_frequent);
  const int count = static_cast<int>(list.answers.size()) + 1;
  const int rows = std::min(rows_max, (count + kColumns - 1) / kColumns);
  Rect area = cut_top(rest, static_cast<float>(rows) * (height + gap) - gap);
  const Page page = current_page(ui, list.id, count, rows * kColumns);
  if (page.total > 1) {
    draw_page_buttons(ui, list.id, page, cut_right(area, page_column_width(ui)));
    skip_right(area, ui.px(ui.sizes().gap_groups));
  }
  const float width = column_width(area, kColumns, gap);
  for (int i = page.first; i < page.last; ++i) {
    const int place = i - page.first;
    const Rect cell = grid_cell(area, place % kColumns, place / kColumns, width, height, gap);
    draw_answer(ui, list, i, chosen, cell);
  }
}

}  // namespace batchwright::ui
