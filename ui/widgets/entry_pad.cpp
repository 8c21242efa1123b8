#include "ui/widgets/entry_pad.h"

#include "ui/widgets/answer_pad.h"
#include "ui/widgets/date_time.h"
#include "ui/widgets/number_pad.h"

namespace batchwright::ui {

using Kind = EntryView::Kind;

std::optional<std::string> draw_entry_pad(Ui& ui, const EntryView& entry, const Rect& area,
                                          PadUse use) {
  switch (entry.kind) {
    case Kind::kDecimal: return draw_number_pad(ui, entry, area, use);
    case Kind::kDateTime: return draw_date_time_pad(ui, entry, area, use);
    case Kind::kChoice:
    case Kind::kYesNo:
    case Kind::kAcknowledge: return draw_answer_pad(ui, entry, area, use);
    case Kind::kText:
    case Kind::kPhoto:
    case Kind::kComputed:
    case Kind::kCamera: draw_open_pad(ui, entry, area, use); return {};
  }
  return {};
}

std::string drafted(const UiState& state, const EntryView& entry) {
  switch (entry.kind) {
    case Kind::kDecimal: return state.number.raw();
    case Kind::kDateTime: return date_time_raw(state.digits).value_or("");
    case Kind::kText: return state.corrected;
    case Kind::kChoice:
    case Kind::kYesNo:
    case Kind::kAcknowledge: return state.choice;
    case Kind::kPhoto:
    case Kind::kComputed:
    case Kind::kCamera: return {};
  }
  return {};
}

float key_grid_height(const Ui& ui) {
  return 4 * ui.px(ui.sizes().key) + 3 * ui.px(ui.sizes().key_gap);
}

float key_grid_width(const Ui& ui) {
  return key_grid_height(ui);
}

}  // namespace batchwright::ui
