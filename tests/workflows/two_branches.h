// A procedure with two parallel branches, and people with a fixed plan for each of its steps: what
// they do doesn't depend on the schedule, so neither may the record.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {

// "weigh", then "north" beside "south", two operations of one to three steps each (values out of
// limits, loops, signatures of two people), then "join". The same seed gives the same procedure.
std::shared_ptr<const Mbr> make_two_branches(std::uint64_t seed);

// One person who does the next thing at the steps below `area`.
class Worker {
 public:
  Worker(std::string area, Person person) : area_(std::move(area)), person_(std::move(person)) {}

  // False when nothing is open there.
  bool act(RunDriver& run) const;
  [[nodiscard]] const std::string& area() const { return area_; }
  [[nodiscard]] const Person& person() const { return person_; }

 private:
  void act_at(RunDriver& run, const StepRef& ref) const;
  bool measure_again(RunDriver& run, const StepRef& ref, const StepState& step) const;

  std::string area_;
  Person person_;
};

// What must not depend on the schedule: every value with who recorded it, every signature with who
// made it, the class of every exception, the state of every step and group.
std::string facts_of(const RunState& state);

}  // namespace batchwright::workflows::test
