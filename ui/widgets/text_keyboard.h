// The text keyboard (R20): 19 mm keys where the panel is wide enough, narrower ones else; QWERTY or
// QWERTZ by language.
#pragma once

#include <string>

#include "ui/widgets/ui.h"

namespace batchwright::ui {

// Writes into `text`, at most `characters_max`. The key bottom right is called `enter`; true when
// it was tapped.
bool draw_text_keyboard(Ui& ui, const Rect& area, std::string& text, int characters_max,
                        const std::string& enter);

[[nodiscard]] float text_keyboard_height(const Ui& ui);

// A well with the text and a caret; a secret shows as dots unless `revealed`. The end is shown when
// it is too long.
void draw_text_well(Ui& ui, const Rect& rect, const std::string& text, bool secret, bool revealed,
                    bool has_caret);

}  // namespace batchwright::ui
