// Lamps: each shows the state it must (row E1).
#pragma once

#include <string>
#include <vector>

namespace batchwright::vision {

// A taught picture of the lamp's region in one of its states. The lens fills the middle half of the
// region or a little more; its outer edge shows the panel around the lamp.
struct LampState {
  std::string id;         // "green", "off"
  std::string reference;  // a picture as large as the region
  bool lit = true;        // exactly one state of a lamp is not lit
};

struct Lamp {
  std::string region;
  std::string expected;  // LampState::id; empty = any of them, as a reading named after the region
  std::vector<LampState> states;  // two or more
};

// Codes: ok, other_state (`seen` says which), too_close_to_call, glare. Score: how much nearer the
// colour is to the nearest state than to the next, 0..1. One frame tells no blinking.
struct LampsCheck {
  std::vector<Lamp> lamps;
  double margin_min = 0.35;
};

}  // namespace batchwright::vision
