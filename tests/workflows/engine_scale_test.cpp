// Cost of a command doesn't grow with the procedure, replay is linear. Figures are printed; limits
// are generous because debug builds and sanitizers run these tests too.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "tests/workflows/amounts.h"
#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"
#include "workflows/mbr_json.h"

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

// A procedure of 10,000 steps goes through its text, is checked, and is worked from the first step
// to the last; its 100,000 events and more give the same state again. Requirements A4, B10.
TEST(EngineScale, TenThousandStepsAndAHundredThousandEventsLoadRunAndReplay) {
  const int steps = 10'000 / static_cast<int>(kSlowness);
  std::vector<Element> children;
  for (int i = 0; i < steps; ++i) {
    const std::string id = fmt::format("s{}", i);
    std::vector<Entry> entries = {
        temperature(), decimal("x"), decimal("y"), decimal("z"), entry("lot", EntryKind::kText),
        acknowledge()};
    entries.push_back(computed("shifted", "{" + id + ":temperature} + 273"));
    entries.back().unit = "°C";
    children.push_back(step(id, std::move(entries)));
  }
  const auto loading = Clock::now();
  auto reading = read_mbr(write_mbr(*linear(std::move(children))));
  ASSERT_TRUE(reading.has_value());
  ASSERT_FALSE(has_errors(reading->findings)) << reading->findings.front().message;
  const auto mbr = std::make_shared<const Mbr>(std::move(reading->mbr));
  EXPECT_EQ(mbr->count_steps(), steps);
  const double load_ms = ms_since(loading);

  const auto running = Clock::now();
  RunDriver run(mbr);
  run.start();
  for (int i = 0; i < steps; ++i) {
    run.work(fmt::format("s{}#1", i), {{"temperature", "25"},
                                       {"x", "1"},
                                       {"y", "2"},
                                       {"z", "3"},
                                       {"lot", "L-1"},
                                       {"done", "done"}});
    ASSERT_FALSE(HasFailure());
  }
  const double run_ms = ms_since(running);
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  EXPECT_EQ(run.state.steps.size(), static_cast<std::size_t>(steps));
  EXPECT_TRUE(run.state.conflicts.empty());
  // Begun, six values, a result, complete, the next one ready; and the run's own.
  EXPECT_GE(run.state.events, static_cast<std::uint64_t>(steps) * 10);

  const auto replaying = Clock::now();
  const RunState replayed = replay(mbr, run.state.run, run.lines);
  const double replay_ms = ms_since(replaying);
  EXPECT_EQ(replayed.events, run.state.events);
  EXPECT_EQ(state_text(replayed), state_text(run.state));
  fmt::print(
      "{} steps: loaded and checked in {:.0f} ms, run in {:.0f} ms; {} events in {} lines "
      "replayed in {:.0f} ms\n",
      steps, load_ms, run_ms, run.state.events, run.lines.size(), replay_ms);
}

}  // namespace
}  // namespace batchwright::workflows::test
