// Property: any structured procedure, worked by anybody in any allowed order, never gets stuck,
// only ever offers the steps whose turn it is, ends complete, and its log alone gives the same
// state. Requirements A4, B2, B3, B10.
//
// BATCHWRIGHT_CHARTS and BATCHWRIGHT_SEED choose more charts and other ones; a failure names its
// seed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/workflows/random_chart.h"

namespace batchwright::workflows::test {
namespace {

std::uint64_t option(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

TEST(RandomCharts, NeverGetStuckKeepTheOrderAndReplayToTheSameState) {
  const std::uint64_t charts = option("BATCHWRIGHT_CHARTS", 2000);
  const std::uint64_t first_seed = option("BATCHWRIGHT_SEED", 20'261'122);
  std::size_t steps = 0, commands = 0, refused = 0;
  int largest = 0;
  for (std::uint64_t i = 0; i < charts; ++i) {
    const std::uint64_t seed = first_seed + i;
    SCOPED_TRACE(fmt::format("BATCHWRIGHT_SEED={} BATCHWRIGHT_CHARTS=1", seed));
    const int size = i % 10 == 0 ? 60 : 1 + static_cast<int>(i % 20);
    RandomChart chart = make_random_chart(seed, size);
    RunDriver run(chart.mbr);
    RandomOperator person(chart, run, seed);
    ASSERT_TRUE(person.work());
    ASSERT_EQ(run.state.status, RunStatus::kComplete);
    ASSERT_EQ(state_text(replay(chart.mbr, run.state.run, run.lines)), state_text(run.state));
    steps += static_cast<std::size_t>(chart.steps);
    commands += person.commands;
    refused += person.refused;
    largest = std::max(largest, chart.steps);
  }
  fmt::print("{} charts from seed {}: {} steps (largest {}), {} commands, {} refused\n", charts,
             first_seed, steps, largest, commands, refused);
}

}  // namespace
}  // namespace batchwright::workflows::test
