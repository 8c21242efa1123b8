// What a scenario can make happen (docs/formats/mbr.md, "Scenarios"). One readable table; the
// checker and the dry-run use the same.
#pragma once

#include <array>
#include <string_view>

namespace batchwright::workflows {

// When, in the life of the step that the event names.
enum class ScenarioTime { kBefore, kDuring, kValue, kFilled, kAfter, kEnd };

struct ScenarioAction {
  std::string_view name;
  ScenarioTime time;
  bool needs_step;
  bool needs_entry;
};

// clang-format off
inline constexpr std::array kScenarioActions = {
  //             name             when                    step   entry
  ScenarioAction{"site",           ScenarioTime::kBefore,  false, false},  // what the site knows changes
  ScenarioAction{"refused",        ScenarioTime::kBefore,  true,  false},  // `person` can't begin: rule in `value`
  ScenarioAction{"wait_before",    ScenarioTime::kBefore,  true,  false},
  ScenarioAction{"swap",           ScenarioTime::kBefore,  true,  false},  // requirement `entry` by `value`
  ScenarioAction{"override",       ScenarioTime::kBefore,  true,  false},  // gate `entry`
  ScenarioAction{"enter",          ScenarioTime::kValue,   true,  true},
  ScenarioAction{"not_applicable", ScenarioTime::kValue,   true,  true},
  ScenarioAction{"check",          ScenarioTime::kValue,   true,  true},   // the camera says `value`
  ScenarioAction{"challenge",      ScenarioTime::kValue,   true,  true},   // failed: check id in `value`
  ScenarioAction{"wait",           ScenarioTime::kDuring,  true,  false},
  ScenarioAction{"power_cut",      ScenarioTime::kDuring,  true,  false},
  ScenarioAction{"hold",           ScenarioTime::kDuring,  true,  false},  // and restart
  ScenarioAction{"planned_hold",   ScenarioTime::kDuring,  true,  false},
  ScenarioAction{"hand_over",      ScenarioTime::kDuring,  true,  false},
  ScenarioAction{"deviation",      ScenarioTime::kDuring,  true,  false},
  ScenarioAction{"annotate",       ScenarioTime::kDuring,  true,  false},
  ScenarioAction{"failure",        ScenarioTime::kDuring,  true,  false},  // class in `value`
  ScenarioAction{"force",          ScenarioTime::kDuring,  true,  false},
  ScenarioAction{"abort",          ScenarioTime::kDuring,  true,  false},
  ScenarioAction{"abort_held",     ScenarioTime::kDuring,  true,  false},  // instead of a release
  ScenarioAction{"put_right",      ScenarioTime::kFilled,  true,  true},   // corrected before anybody signs
  ScenarioAction{"expect",         ScenarioTime::kAfter,   true,  true},   // the reported value is `value`
  ScenarioAction{"reopens",        ScenarioTime::kAfter,   true,  false},  // exactly the steps in `value`
  ScenarioAction{"correct",        ScenarioTime::kAfter,   true,  true},
  ScenarioAction{"repeat",         ScenarioTime::kAfter,   true,  false},
  ScenarioAction{"result",         ScenarioTime::kEnd,     true,  true},
  ScenarioAction{"overdue",        ScenarioTime::kEnd,     true,  true},
  ScenarioAction{"count",          ScenarioTime::kEnd,     true,  false},  // as often complete as `value`
};
// clang-format on

[[nodiscard]] constexpr const ScenarioAction* find_scenario_action(std::string_view name) {
  for (const ScenarioAction& known : kScenarioActions) {
    if (known.name == name) return &known;
  }
  return nullptr;
}

}  // namespace batchwright::workflows
