// Sequence check: actions in their order, watched live (row E9). Each action turns one region from
// its `before` to its `after` picture; only frames in which nothing moves count.
#pragma once

#include <string>
#include <vector>

namespace batchwright::vision {

struct Action {
  std::string id;
  std::string region;
  std::string before, after;  // references: the region not yet and already done
};

// Passes when the actions were seen done in this order. Codes: ok, pending, out_of_order (seen is
// the action that came, expected the one that was due), undone, too_close_to_call, hidden.
struct SequenceCheck {
  std::vector<Action> actions;
  double score_min = 0.8;   // of one of the two pictures
  double margin_min = 0.1;  // to the other one
  int stable_frames = 3;    // in a row, the same and without motion
};

}  // namespace batchwright::vision
