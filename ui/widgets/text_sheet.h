// The full-screen place to write: caption, what is written, keyboard. Every written word of an
// operator comes from here.
#pragma once

#include <string>
#include <string_view>

#include "ui/widgets/ui.h"

namespace batchwright::ui {

// Opens it, empty. `caption` says what to write.
void open_text(Ui& ui, TextUse use, std::string_view caption);

// Draws it over everything and, when it is done, hands the text to where it was asked for.
void draw_text_sheet(Ui& ui);

}  // namespace batchwright::ui
