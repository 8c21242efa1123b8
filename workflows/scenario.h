// A named course of a batch that the MBR itself describes: what is different from a clean run, and
// which exceptions that must open. Dry-run plays it; training and validation use the same ones.
#pragma once

#include <string>
#include <vector>

namespace batchwright::workflows {

// One thing that happens otherwise than in a clean run. Which members mean something depends on
// `action`; docs/formats/mbr.md lists the actions.
struct ScenarioEvent {
  std::string step;    // path; empty = about the run
  int instance = 0;    // 0 = every instance
  std::string action;  // enter, correct, wait, hold, restart, ...
  std::string entry, value, reason;
  std::string person;  // id of a demonstration person; empty = the one the rules need
  int seconds = 0;
};

struct Scenario {
  std::string id;  // e.g. "loop-exhausted"
  std::vector<ScenarioEvent> events;
  std::vector<std::string> exceptions;  // classes, each as often as it must open
  std::string ends = "complete";        // state of the run at the end
};

}  // namespace batchwright::workflows
