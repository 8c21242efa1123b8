// Lamps: each shows the state it must (row E1).
#pragma once

#include <string>
#include <vector>

namespace batchwright::vision {

struct LampState {
  std::string id;         // "green", "off"
  std::string reference;  // the lamp's region in this state
};

struct Lamp {
  std::string region;
  std::string expected;  // LampState::id; empty = any of them, as a reading named after the region
};

// Codes: ok, other_state (seen), too_close_to_call, blinking (over several frames).
struct LampsCheck {
  std::vector<LampState> states;
  std::vector<Lamp> lamps;
  double margin_min = 0.1;
};

}  // namespace batchwright::vision
