// Breaks text into lines of a given width; **bold** marks switch the weight. Measured with the
// fonts of the panel.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ui/theme/fonts.h"
#include "ui/widgets/painter.h"

namespace batchwright::ui {

struct TextRun {
  TextRole role = TextRole::kBody;
  std::string text;
  float x = 0;  // from the start of the line
};

struct TextLine {
  std::vector<TextRun> runs;
  float width = 0;
};

// Breaks at spaces and line feeds; a word wider than a line is broken inside. At most 200 lines.
[[nodiscard]] std::vector<TextLine> wrap_text(const Painter& paint, TextRole role,
                                              std::string_view marked, float width);

// The weight that marks stand for.
[[nodiscard]] TextRole bold_of(TextRole role);

// The text without its marks.
[[nodiscard]] std::string without_marks(std::string_view marked);

}  // namespace batchwright::ui
