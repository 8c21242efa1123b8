// Cost of a command doesn't grow with the procedure, replay is linear. Figures are printed; limits
// are generous because debug builds and sanitizers run these tests too.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using Clock = std::chrono::steady_clock;
double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

std::shared_ptr<const Mbr> long_recipe(int steps) {
  std::vector<Element> children;
  for (int i = 0; i < steps; ++i) {
    children.push_back(step(fmt::format("s{}", i), {temperature(), decimal("x")}));
  }
  return linear(std::move(children));
}

void work_steps(RunDriver& run, int from, int to) {
  for (int i = from; i < to; ++i) {
    const std::string ref = fmt::format("s{}#1", i);
    run.work(ref, {{"temperature", "25"}, {"x", "1"}});
  }
}

// Median cost of deciding and applying one RecordEntry at the given step.
double record_entry_ms(RunDriver& run, int step_number) {
  const std::string ref = fmt::format("s{}#1", step_number);
  run.must(BeginStep{ref});
  const RecordEntry command{ref, "temperature", "25.0"};
  std::vector<double> costs;
  for (int i = 0; i < 51; ++i) {
    const auto start = Clock::now();
    const auto drafts = decide(run.state, command, run.context(kMary));
    costs.push_back(ms_since(start));
    EXPECT_TRUE(drafts.has_value());
  }
  const auto start = Clock::now();
  run.must(command);
  const double all_ms = ms_since(start);
  std::ranges::nth_element(costs, costs.begin() + 25);
  fmt::print("step {}: decide {:.4f} ms, with apply {:.4f} ms\n", step_number, costs[25], all_ms);
  return costs[25];
}

TEST(EngineScale, ACommandCostsTheSameOnStepNineThousandAsOnStepTen) {
  RunDriver run(long_recipe(10'000));
  run.start();
  work_steps(run, 0, 10);
  const double early_ms = record_entry_ms(run, 10);
  run.must(RecordEntry{"s10#1", "x", "1"});
  run.must(CompleteStep{"s10#1"});
  work_steps(run, 11, 9000);
  const double late_ms = record_entry_ms(run, 9000);
  EXPECT_LT(late_ms, early_ms * 5 + 0.2);
  EXPECT_LT(late_ms, 10.0);

  const auto start = Clock::now();
  const RunState replayed = replay(run.mbr, run.state.run, run.lines);
  const double replay_ms = ms_since(start);
  fmt::print("replay of {} lines: {:.0f} ms\n", run.lines.size(), replay_ms);
  const auto hashing = Clock::now();
  EXPECT_EQ(state_hash(replayed), state_hash(run.state));
  fmt::print("two state hashes: {:.0f} ms\n", ms_since(hashing));

  const std::vector<record::StoredLine> half(
      run.lines.begin(), run.lines.begin() + static_cast<std::ptrdiff_t>(run.lines.size() / 2));
  const auto half_start = Clock::now();
  (void)replay(run.mbr, run.state.run, half);
  EXPECT_LT(replay_ms, ms_since(half_start) * 4 + 200);  // linear, not quadratic
}

}  // namespace
}  // namespace batchwright::workflows::test
