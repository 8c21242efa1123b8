// Judges frames by an approved check. Runs in the worker process only.
#pragma once

#include <memory>

#include "base/time.h"
#include "vision/check.h"
#include "vision/check_result.h"
#include "vision/frame.h"

namespace batchwright::vision {

class Rule;

// One thread, no OpenCL, no vendor's fast paths: the same frame gives the same bits everywhere.
// Called once, before anything else of the engine.
void settle_engine();

// A check made ready: references decoded, features computed. One thread at a time.
class CheckEngine {
 public:
  // kMalformed when a reference is no picture or doesn't fit its region.
  [[nodiscard]] static Result<CheckEngine> prepare(Check check);
  CheckEngine(CheckEngine&&) noexcept;
  CheckEngine& operator=(CheckEngine&&) noexcept;
  ~CheckEngine();

  // The same check, frame and expected values give the same canonical text. A poor frame is
  // undecided, with advice. `clock` measures how long it took and decides nothing.
  [[nodiscard]] CheckResult judge(const Frame& frame, const ExpectedValues& expected,
                                  const Clock& clock);

  // A sequence is judged over frames in their order: begins anew. Other checks have no memory.
  void restart();

  [[nodiscard]] const Check& check() const { return check_; }

 private:
  CheckEngine(Check check, std::unique_ptr<Rule> rule);
  Check check_;
  std::unique_ptr<Rule> rule_;
};

}  // namespace batchwright::vision
