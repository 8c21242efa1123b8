// Small signs that carry state by shape: a tick on dark grey, an exclamation mark on amber or red,
// a number in a ring.
#pragma once

#include <string_view>

#include "ui/view_model.h"
#include "ui/widgets/ui.h"

namespace batchwright::ui {

// Progress of a step: tick = done, amber square with ! = exception, ring with number otherwise;
// blue when current.
void draw_progress_mark(Ui& ui, Point centre, Progress progress, int number);

// Rounded square with an exclamation mark, `side` px.
void draw_alert_mark(Ui& ui, const Rect& square, Rgb colour);

// Initials in a disc.
void draw_initials(Ui& ui, Point centre, float radius, std::string_view initials);

// A card with a badge, at the left of the sign-in hint.
void draw_badge_picture(Ui& ui, const Rect& box);

}  // namespace batchwright::ui
