// What the pads have in common: header with title and limits, the echo well, and the place of a
// key.
#pragma once

#include <string>

#include "ui/view_model.h"
#include "ui/widgets/button.h"
#include "ui/widgets/ui.h"

namespace batchwright::ui {

// Title, and on the compact panel the limits beside it. Taken off the top of `rest`.
void draw_pad_header(Ui& ui, const EntryView& entry, Rect& rest);

// The well with what was typed and its unit. `placeholder`: shown while nothing is typed. Taken off
// the top of `rest`.
void draw_echo(Ui& ui, const EntryView& entry, const std::string& typed,
               const std::string& placeholder, Rect& rest);

// "low 24.0   target 25.0   high 26.0", wide panel. Taken off the top of `rest`.
void draw_limits_line(Ui& ui, const EntryView& entry, Rect& rest);

// Why the last key changed nothing, or what stands in for what, under or over the keys.
void draw_pad_note(Ui& ui, const EntryView& entry, const Rect& box);

// Key (column, row) of the grid that starts at `keys`; spans several rows or columns.
[[nodiscard]] Rect key_rect(const Ui& ui, const Rect& keys, int column, int row, int columns = 1,
                            int rows = 1);

// One key; `id` without "key:".
bool draw_key(Ui& ui, const Rect& rect, const std::string& id, const std::string& label,
              Look look = Look::kKey, bool enabled = true, const std::string& reason = {});

// Says why a tap changed nothing, as a tap on a disabled target would.
void say_dead_tap(Ui& ui, const std::string& id, std::string_view reason);

}  // namespace batchwright::ui
