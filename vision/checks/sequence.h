// Sequence check: actions in their order, watched live (row E9). Each action turns one region from
// its `before` to its `after` picture; only frames in which nothing moves and nothing is covered
// count.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace batchwright::vision {

inline constexpr std::size_t kActionsMax = 20;

struct Action {
  std::string id;                            // slug, unique
  std::map<std::string, std::string> title;  // words by language, "en" always
  std::string region;                        // several actions may be of one region
  // References as large as the region: what it looks like before and after. `before` is the `after`
  // of the last action on the same region.
  std::string before, after;
};

// Passes when the actions were seen done in this order (sequence_progress.h has the rules). One
// RegionResult for each action, named by its id, with its region's corners. Codes:
//   ok                 done when it was due
//   pending            not done yet
//   hidden             not done yet, and its region is not to be recognised in this frame
//   too_close_to_call  the same, because the region looks like more than one of its pictures
//   not_at_start       before the first action: its region isn't as it must be to begin with
//   out_of_order       fail: this action came (seen) when another was due (expected)
//   undone             fail: this action was taken back (seen) when another was due (expected)
//   not_seen           this and another came between two looks, so nobody knows in which order
struct SequenceCheck {
  std::vector<Action> actions;
  double score_min = 0.8;    // likeness to the better picture, 0..1
  double margin_min = 0.4;   // from the middle between two pictures (0) to one of them (1)
  double motion_max = 0.05;  // 1 - likeness of a region in two frames after each other
  int stable_frames = 3;     // in a row, the same and without motion
};

}  // namespace batchwright::vision
