// How far a sequence has come: a state machine over what each region shows, frame after frame. No
// pictures, no time.
//
// A frame says something only when every region is recognised. The same in `stable_frames` of them
// in a row without motion is what is there; what is there is compared with what was there before:
//   - nothing else: idle frames change nothing, nor do covered ones, which say nothing
//   - one region: the due action, or a fail that names the action that came and the due one
//   - several regions: the order was not seen, and nothing after it can make it seen
// It begins when every region is seen as its first action needs it. Passed, failed and not seen are
// final until restart().
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "vision/check_result.h"
#include "vision/checks/sequence.h"

namespace batchwright::vision {

// A region as a sequence knows it: the pictures its actions name, each once.
struct SequencePlace {
  std::string region;
  std::vector<std::string> states;  // references
};

// In the order in which actions name them.
[[nodiscard]] std::vector<SequencePlace> places_of(const SequenceCheck& rule);

// What one place shows in one frame.
struct PlaceView {
  std::optional<std::size_t> state;  // of SequencePlace::states; nothing: not recognised
  bool too_close = false;            // not recognised, because two states are
  bool moving = false;               // not as in the frame before
  double score = 0;                  // of the best state
};

class SequenceProgress {
 public:
  explicit SequenceProgress(const SequenceCheck& rule);

  // `views`: one for each place of places_of(), of the next frame.
  void see(std::span<const PlaceView> views);
  void restart();
  // A frame that says nothing of any place: the next one begins a new run.
  void nothing_seen() { run_frames_ = 0; }

  // One for each action, without corners; sequence.h lists the codes. An action's score is that of
  // the frame that settled it, of others that of the last frame.
  [[nodiscard]] std::vector<RegionResult> results() const;

 private:
  using States = std::vector<std::size_t>;  // of every place
  struct Step {
    std::size_t place = 0, before = 0, after = 0;
    bool done = false;
    std::string code;  // of what is settled
    std::string seen;  // with a fail
    double score = 0;
  };

  void settle(const States& states);
  void judge_change(std::size_t place, std::size_t from, std::size_t to);
  void fail_with(Step& step, std::string code, std::string seen);
  [[nodiscard]] States at_start() const;
  [[nodiscard]] std::size_t due() const;  // actions_ when all are done
  [[nodiscard]] RegionResult result_of(std::size_t step) const;

  SequenceCheck rule_;
  std::vector<SequencePlace> places_;
  std::vector<Step> steps_;
  std::vector<PlaceView> views_;  // of the last frame
  std::optional<States> there_;   // what was there before
  States run_;                    // the same in the last run_frames_ frames
  int run_frames_ = 0;
  bool final_ = false;
};

}  // namespace batchwright::vision
