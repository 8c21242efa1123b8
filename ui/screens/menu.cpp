#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dialog_frame.h"
#include "ui/widgets/entry_select.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/safe_button.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

struct Item {
  std::string id, label;
  std::optional<Intent> intent;
  Sheet opens = Sheet::kNone;  // without an intent: the sheet that asks for the rest
};

// The entry selected may be said not to apply.
bool may_skip(const Ui& ui) {
  const auto* step = std::get_if<StepView>(&ui.view.screen);
  const EntryView* entry = step == nullptr ? nullptr : selected_entry(ui.state, *step);
  return entry != nullptr && step->begun && entry->may_skip;
}

std::vector<Item> items(const Ui& ui) {
  std::vector<Item> list;
  list.push_back({"menu:lock", std::string(ui.tr("menu.lock")), Lock{}, {}});
  list.push_back({"menu:switch", std::string(ui.tr("menu.switch")), SwitchUser{}, {}});
  const bool in_run = !ui.view.bar.batch.empty();
  if (in_run)
    list.push_back(
        {"menu:exceptions", std::string(ui.tr("menu.exceptions")), ShowExceptions{}, {}});
  if (in_run) list.push_back({"menu:batches", std::string(ui.tr("menu.batches")), ShowRuns{}, {}});
  if (ui.view.shift.may_take_over)
    list.push_back({"menu:take_over", std::string(ui.tr("menu.take_over")), TakeOver{}, {}});
  if (ui.view.shift.may_hand_over)
    list.push_back({"menu:hand_over", std::string(ui.tr("menu.hand_over")), {}, Sheet::kHandOver});
  if (may_skip(ui))
    list.push_back({"menu:skip", std::string(ui.tr("menu.skip")), {}, Sheet::kNotApplicable});
  for (const LanguageView& language : ui.view.languages) {
    if (language.tag == ui.view.language) continue;
    list.push_back(
        {"menu:language:" + language.tag, language.name, ChooseLanguage{language.tag}, {}});
  }
  return list;
}

void choose(Ui& ui, const Item& item) {
  ui.state.sheet = item.opens;
  ui.state.reason.clear();
  ui.state.note.clear();
  if (item.intent) ui.send(*item.intent);
}

}  // namespace

void draw_menu(Ui& ui) {
  ui.frame.show("menu");
  const bool wide = ui.is_wide();
  const float gap = ui.px(ui.sizes().gap_groups);
  const float height = ui.px(ui.sizes().target_frequent);
  const std::vector<Item> list = items(ui);
  const int columns = list.size() > 6 ? 3 : 2;
  const double width_mm = columns == 3 ? (wide ? 240 : 208) : (wide ? 170 : 160);
  Rect rest = begin_dialog(ui, width_mm, wide ? 132 : 127);
  put_text(ui, cut_top(rest, ui.px(12)), TextRole::kTitle, ui.colours().ink, ui.tr("menu.title"));
  skip_top(rest, ui.px(3));
  Rect foot = cut_bottom(rest, height);
  const Target close{.id = "menu:close", .label = std::string(ui.tr("menu.close"))};
  if (button(ui, cut_left(foot, ui.px(40)), close, {.role = TextRole::kBodyBold}))
    ui.state.sheet = Sheet::kNone;
  skip_left(foot, gap);
  draw_safe_button(ui, cut_left(foot, ui.px(40)));
  const float width = column_width(rest, columns, gap);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const int place = static_cast<int>(i);
    const Rect cell = grid_cell(rest, place % columns, place / columns, width, height, gap);
    if (cell.y1 > rest.y1) break;
    if (!button(ui, cell, {.id = list[i].id, .label = list[i].label, .kind = WidgetKind::kPrimary},
                {.role = TextRole::kBodyBold}))
      continue;
    choose(ui, list[i]);
  }
}

}  // namespace batchwright::ui
