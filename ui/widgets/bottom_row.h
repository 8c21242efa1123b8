// The row at the foot of every screen: getting around and reporting at the left, the one way on at
// the right.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/widgets/button.h"
#include "ui/widgets/ui.h"

namespace batchwright::ui {

struct WayOn {
  std::string label;
  bool enabled = true;
  std::string reason = {};  // what is missing, shown beside it
  std::string hint = {};    // what it does, shown there while it is enabled
};

struct BottomRow {
  std::string first_id = {};  // goes back or up; empty = none
  std::string first_label = {};
  bool deviation = true;  // always the second control
  bool safe = true;       // false where nothing is made
  bool more = true;
  std::optional<WayOn> way_on = {};  // id "next"
};

// Room between bar and bottom row, margins taken off.
[[nodiscard]] Rect content_area(const Ui& ui);

// Returns the id that was tapped: first_id, "deviation", "more" or "next"; empty = none. Make safe
// opens by itself.
std::string draw_bottom_row(Ui& ui, const BottomRow& row);

// The same with what deviation and more do everywhere already done; returns only first_id or
// "next".
std::string draw_standard_row(Ui& ui, const BottomRow& row);

}  // namespace batchwright::ui
