// The dark line on top of every screen: what is made, how far it has travelled, who works. Nothing
// in it is tapped.
#pragma once

#include "ui/widgets/ui.h"

namespace batchwright::ui {

void draw_context_bar(Ui& ui);

// What the badge says: it counts copies and does not soothe.
[[nodiscard]] std::string sync_words(const Words& tr, const SyncView& sync, bool short_form);

}  // namespace batchwright::ui
