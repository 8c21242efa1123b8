#include "ui/widgets/language_choice.h"

#include <algorithm>

namespace batchwright::ui {

const LanguageView* next_language(const AppView& view) {
  if (view.languages.size() < 2) return nullptr;
  const auto shown = std::ranges::find(view.languages, view.language, &LanguageView::tag);
  const bool wrap = shown == view.languages.end() || shown + 1 == view.languages.end();
  return wrap ? &view.languages.front() : &*(shown + 1);
}

}  // namespace batchwright::ui
