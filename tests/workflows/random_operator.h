// People who work a run from start to end with random choices: any open step, two people, wrong
// commands, bad values, corrections, holds and interruptions.
#pragma once

#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tests/workflows/allowed_order.h"
#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {

// A procedure and what it allows.
struct RandomChart {
  std::shared_ptr<const Mbr> mbr;
  std::unique_ptr<AllowedOrder> order;
  std::vector<std::string> paths;  // of its steps
};

// Fails the test when a step is open out of its turn or not in its turn, when the run gets stuck,
// when a wrong command isn't refused or leaves a trace, when anything is left to do after a command
// and when replay and life differ at a random moment.
class RandomOperator {
 public:
  RandomOperator(RandomChart& chart, RunDriver& run, std::uint64_t seed);

  // False when the test failed.
  bool work();

  std::size_t commands = 0, refused = 0, begun = 0;
  std::size_t commands_max = 100'000;
  bool ended = true;  // false when commands_max came first, or the run waits for a condition

 private:
  std::size_t pick(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
  bool one_in(std::size_t count) { return pick(count) == 0; }

  bool work_some_step();
  void disturb();
  void hold_and_resume();
  void try_something_wrong();
  [[nodiscard]] std::optional<std::string> step_out_of_turn();
  void correct_something();
  void work_at(const StepRef& ref);
  void begin(const StepRef& ref, const Person& who);
  bool record_next(const StepRef& ref, const StepContent& content, const Person& who);
  void finish(const StepRef& ref, const Person& who);
  [[nodiscard]] bool is_as_expected() const;
  [[nodiscard]] bool replays() const;

  RandomChart& chart_;
  RunDriver& run_;
  std::mt19937_64 random_;
  std::size_t cut_ = 0;  // the command after which the lines so far are replayed
};

}  // namespace batchwright::workflows::test
