// Entries that are answered by one big button, and those that lead elsewhere: to the keyboard, to
// the camera, nowhere.
#pragma once

#include <optional>
#include <string>

#include "ui/widgets/entry_pad.h"

namespace batchwright::ui {

// Yes/no and acknowledge store at once (kStore); a choice is picked first, then OK.
std::optional<std::string> draw_answer_pad(Ui& ui, const EntryView& entry, const Rect& area,
                                           PadUse use);

// Text, photo and computed values.
void draw_open_pad(Ui& ui, const EntryView& entry, const Rect& area, PadUse use);

}  // namespace batchwright::ui
