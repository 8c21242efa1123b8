// Text that a person reads: drawn, told to the side list, and fitted. What does not fit its box
// steps down in size, never below small, then takes a second line; what still does not fit is noted
// in UiState::overflows, which fails a test.
#pragma once

#include <string_view>

#include "ui/widgets/ui.h"
#include "ui/widgets/wrapped_text.h"

namespace batchwright::ui {

enum class Align { kLeft, kCentre, kRight };

// One line (or two when the box is high enough) in the middle of the box's height. Returns the
// width used.
float put_text(Ui& ui, const Rect& box, TextRole role, Rgb colour, std::string_view text,
               Align align = Align::kLeft);

// Wrapped text with **bold** marks from the top of the box. Returns the height used.
float put_paragraph(Ui& ui, const Rect& box, TextRole role, Rgb colour, std::string_view marked,
                    Align align = Align::kLeft);

// Only the lines [first, last) of it.
void put_paragraph_lines(Ui& ui, const Rect& box, TextRole role, Rgb colour,
                         std::string_view marked, int first, int last);

// The same, in the middle of the box's height.
void put_paragraph_middle(Ui& ui, const Rect& box, TextRole role, Rgb colour,
                          std::string_view marked, Align align = Align::kLeft);

[[nodiscard]] float paragraph_height(const Ui& ui, TextRole role, std::string_view marked,
                                     float width);

// A muted label and its value on one line, as "Batch B-2417". Returns the width used.
float put_labelled(Ui& ui, const Rect& box, std::string_view label, std::string_view value,
                   Rgb label_colour, Rgb value_colour);

}  // namespace batchwright::ui
