// Every screen, sheet and dialog once, as a person gets there. Pictures, layout rules and overflow
// are checked over all.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/ui/screen_panel.h"

namespace batchwright::ui::test {

struct ScreenCase {
  std::string name;  // a sentence with hyphens; names the picture
  AppView view;
  std::function<void(ScreenPanel&)> operate;  // taps that lead there; may be empty
};

[[nodiscard]] const std::vector<ScreenCase>& screen_cases();

}  // namespace batchwright::ui::test
