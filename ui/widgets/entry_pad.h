// What a value is given with: numeric pad, date-time pad, answers, or a button towards keyboard and
// camera. 89 mm wide.
#pragma once

#include <optional>
#include <string>

#include "ui/view_model.h"
#include "ui/widgets/ui.h"

namespace batchwright::ui {

// With its OK key (or answers that store at once): the pad of a step. Without: a draft that another
// button saves.
enum class PadUse { kStore, kDraft };

// Draws header, echo and keys into `area`. kStore: what was given, once, when it was given. kDraft:
// nothing, ask drafted(). A text entry opens the text sheet for `text_use`; what it writes arrives
// there.
std::optional<std::string> draw_entry_pad(Ui& ui, const EntryView& entry, const Rect& area,
                                          PadUse use);

// Raw form of what is typed or chosen now; empty when there is nothing that could be stored.
[[nodiscard]] std::string drafted(const UiState& state, const EntryView& entry);

// The key grid: 4 rows of 4 keys.
[[nodiscard]] float key_grid_height(const Ui& ui);
[[nodiscard]] float key_grid_width(const Ui& ui);

}  // namespace batchwright::ui
