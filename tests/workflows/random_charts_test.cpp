// Property: any structured procedure passes the checker and, worked by anybody in any allowed
// order, never gets stuck, only ever offers the steps whose turn it is, ends complete, and its log
// alone gives the same state. Requirements A4, B2, B3, B10.
//
// BATCHWRIGHT_CHARTS and BATCHWRIGHT_SEED choose more charts and other ones; a failure names its
// seed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/workflows/amounts.h"
#include "tests/workflows/random_chart.h"
#include "workflows/check.h"

namespace batchwright::workflows::test {
namespace {

struct Totals {
  std::size_t steps = 0, largest = 0, begun = 0, commands = 0, refused = 0;

  void add(const RandomChart& chart, const RandomOperator& person) {
    steps += chart.paths.size();
    largest = std::max(largest, chart.paths.size());
    begun += person.begun;
    commands += person.commands;
    refused += person.refused;
  }
};

std::string text_of(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) text += finding.code + " at " + finding.place + "\n";
  return text;
}

// Most procedures are small: there the odd cases are as frequent as in large ones, and cheap. The
// size goes with the seed, so that a seed alone brings a failure back.
int size_of_chart(std::uint64_t seed) {
  if (seed % 500 == 0) return 120;
  return seed % 50 == 0 ? 40 : 1 + static_cast<int>(seed % 5);
}

void work_chart(std::uint64_t seed, Totals& totals) {
  RandomChart chart = make_random_chart(seed, size_of_chart(seed));
  const Findings findings = check_mbr(*chart.mbr);
  ASSERT_FALSE(has_errors(findings)) << text_of(findings);
  RunDriver run(chart.mbr);
  run.exact_lines = run.hash_when_signing = seed % 25 == 0;
  RandomOperator person(chart, run, seed);
  ASSERT_TRUE(person.work());
  ASSERT_EQ(run.state.status, RunStatus::kComplete);
  totals.add(chart, person);
  if (!run.exact_lines) return;
  std::vector<record::StoredLine> read_back;
  for (const auto& line : run.lines) read_back.push_back(record::decode(line.bytes).value());
  ASSERT_EQ(state_text(replay(chart.mbr, run.state.run, read_back)), state_text(run.state));
}

TEST(RandomCharts, NeverGetStuckKeepTheOrderAndReplayToTheSameState) {
  const std::uint64_t charts = amount("BATCHWRIGHT_CHARTS", 10'000);
  const std::uint64_t first_seed = option("BATCHWRIGHT_SEED", 20'261'122);
  Totals totals;
  for (std::uint64_t i = 0; i < charts && !HasFailure(); ++i) {
    const std::uint64_t seed = first_seed + i;
    SCOPED_TRACE(fmt::format("BATCHWRIGHT_SEED={} BATCHWRIGHT_CHARTS=1", seed));
    work_chart(seed, totals);
  }
  fmt::print("{} charts from seed {}: {} steps (largest {}), {} begun, {} commands, {} refused\n",
             charts, first_seed, totals.steps, totals.largest, totals.begun, totals.commands,
             totals.refused);
}

}  // namespace
}  // namespace batchwright::workflows::test
