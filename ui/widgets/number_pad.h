// The numeric pad (R19): 20 mm keys at 23 mm pitch, echo with unit and limits, no verdict before
// OK.
#pragma once

#include <optional>
#include <string>

#include "ui/widgets/entry_pad.h"

namespace batchwright::ui {

std::optional<std::string> draw_number_pad(Ui& ui, const EntryView& entry, const Rect& area,
                                           PadUse use);

}  // namespace batchwright::ui
