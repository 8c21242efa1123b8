// The rules of touch that can be read off the side list: sizes and distances in millimetres on the
// panel at hand.
#pragma once

#include "base/finding.h"
#include "ui/display.h"
#include "ui/widget_list.h"

namespace batchwright::ui {

// All breaches at once, as errors: code "R1" (15 mm), "R2" (20 mm), "R3" (40 x 25 mm), "R4" (gaps:
// 3 mm, 6 mm between groups, 20 mm between confirm and destructive unless they are in different
// halves of the screen), "R5" (5 mm from the edge of the screen), "R20" (text keys) and "list"
// (empty or doubled id, empty rectangle, disabled without a reason, too many widgets). `place` is
// the widget's id, or two ids joined by " | ". Only targets of the top layer are measured: what
// lies below a dialog can't be tapped. Half a pixel of rounding is forgiven.
[[nodiscard]] Findings check_layout(const WidgetList& widgets, const Display& display);

}  // namespace batchwright::ui
