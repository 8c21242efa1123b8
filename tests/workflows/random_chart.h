// Random structured procedures with a second, independent idea of what they mean. The charts are
// made of sequence, AND, OR, loop and nested groups; the oracle walks that structure itself and
// knows nothing of tokens.
#pragma once

#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {

// What a piece of procedure means: which steps may be worked on, and what a completed step changes.
class Oracle {
 public:
  enum class Kind { kStep, kSequence, kParallel, kChoice, kLoop };

  Oracle(Kind kind, std::string step) : kind_(kind), step_(std::move(step)) {}
  void add(std::unique_ptr<Oracle> child) { children_.push_back(std::move(child)); }

  // `answers`: what was last recorded at the steps that decide.
  void start(const std::map<std::string, int>& answers);
  // True when this piece ended with that step.
  bool complete(const std::string& step, const std::map<std::string, int>& answers);
  void collect_open(std::set<std::string>& open) const;

 private:
  Kind kind_;
  std::string step_;  // kStep: its path; kChoice, kLoop: the step whose answer decides
  std::vector<std::unique_ptr<Oracle>> children_;
  bool active_ = false;
  std::size_t at_ = 0;    // kSequence: child; kChoice: chosen child
  std::size_t left_ = 0;  // kParallel
};

struct RandomChart {
  std::shared_ptr<const Mbr> mbr;
  std::unique_ptr<Oracle> oracle;
  int steps = 0;
};

// The same seed gives the same chart. At most about `steps_max` steps.
RandomChart make_random_chart(std::uint64_t seed, int steps_max);

// Works a run from start to end with random choices: any open step, two people, wrong commands, bad
// values, corrections, holds and interruptions. Fails the test when the open steps aren't the
// oracle's, when the run gets stuck, or when anything is left to do after a command.
class RandomOperator {
 public:
  RandomOperator(RandomChart& chart, RunDriver& run, std::uint64_t seed)
      : chart_(chart), run_(run), random_(seed) {}

  // False when the test failed.
  bool work();

  std::size_t commands = 0, refused = 0;

 private:
  std::size_t pick(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
  bool one_in(std::size_t count) { return pick(count) == 0; }

  void disturb();
  void try_something_wrong();
  void correct_something();
  void work_at(const StepRef& ref);
  bool record_next(const StepRef& ref, const StepContent& content, const Person& who);
  void finish(const StepRef& ref, const Person& who);
  [[nodiscard]] bool is_as_expected() const;

  RandomChart& chart_;
  RunDriver& run_;
  std::mt19937_64 random_;
  std::map<std::string, int> answers_;
};

}  // namespace batchwright::workflows::test
