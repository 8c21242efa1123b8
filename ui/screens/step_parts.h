// The pieces of the step screen that both layouts share.
#pragma once

#include <string>

#include "ui/widgets/ui.h"

namespace batchwright::ui {

// The instruction, taken off the top of `area`, leaving `reserve` px below. At most 60 characters a
// line (R14). What is longer than it should be steps down to small type, then turns pages.
void draw_instruction(Ui& ui, const std::string& instruction, Rect& area, float reserve);

// "Dissolve, B-2417: 12:30 left", one line each, taken off the top of `area`. Overdue ones in bold
// with a sign.
void draw_timers(Ui& ui, const StepView& view, Rect& area);

// Why the step waits and who may let it go on, with the button for that person; taken off the top
// of `area`.
void draw_hold(Ui& ui, const StepView& view, Rect& area);

// "✓ Performed · Mary Okafor · 14:06", taken off the bottom of `area`.
void draw_given_signatures(Ui& ui, const StepView& view, Rect& area);

// Rail of the wide layout: seven steps around the current one.
void draw_rail(Ui& ui, const StepView& view, const Rect& area);

// Strip of the compact layout: count, progress, what comes then.
void draw_strip(Ui& ui, const StepView& view, const Rect& line);

// The way on and the rest of the bottom row; sends what was tapped.
void draw_step_row(Ui& ui, const StepView& view);

// Words of the way on, and what a tap on it sends.
[[nodiscard]] std::string way_on_words(const Ui& ui, NextView::Label label);
void go_on_from_step(Ui& ui, const StepView& view);

// Pad for the entry selected, or what stands in its place; stores what was given.
void draw_step_pad(Ui& ui, const StepView& view, const Rect& area);

}  // namespace batchwright::ui
