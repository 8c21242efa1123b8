// The other languages, each named in its own words, so that nobody has to read the wrong one.
#pragma once

#include "ui/widgets/ui.h"

namespace batchwright::ui {

// The language after the one shown, round and round; nullptr when there is nothing to choose.
[[nodiscard]] const LanguageView* next_language(const AppView& view);

}  // namespace batchwright::ui
