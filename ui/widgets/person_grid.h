// People as cards to choose from, with pages when there are many.
#pragma once

#include <string>
#include <vector>

#include "ui/widgets/ui.h"

namespace batchwright::ui {

// Draws into `area`; ids are prefix + person id. Returns the person id tapped, empty = none.
std::string draw_person_grid(Ui& ui, const std::vector<PersonView>& people, const Rect& area,
                             int columns, double card_height_mm, const std::string& prefix);

// Height that shows all of them without turning pages.
[[nodiscard]] float person_grid_height(const Ui& ui, std::size_t people, int columns,
                                       double card_height_mm);

}  // namespace batchwright::ui
