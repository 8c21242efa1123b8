// Two panels at the same step without a connection: both executions stay in the record, what can't
// be true of one execution is reported, and nothing is rejected or decided by who came last.
// Requirement B3.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/workflows/amounts.h"
#include "tests/workflows/two_branches.h"

namespace batchwright::workflows::test {
namespace {

// A step with a measurement and a comment, and one after it.
struct TwoPanels {
  TwoPanels()
      : mbr(linear({step("mix", {temperature("AGAIN"), decimal("x")}), step("after")},
                   {plan("AGAIN", 2, false)})) {
    mary.start();
    exchange();
  }
  void exchange() {
    jan.receive(mary.commits());
    mary.receive(jan.commits());
  }

  static RunDriver panel(const std::shared_ptr<const Mbr>& mbr, const std::string& device,
                         const std::string& prefix) {
    RunDriver run(mbr);
    run.device = device;
    run.prefix = prefix;
    return run;
  }

  std::shared_ptr<const Mbr> mbr;
  RunDriver mary = panel(mbr, "panel-1", "MIX2");
  RunDriver jan = panel(mbr, "panel-2", "MIX3");
};

// Every line of both is in the record and was folded, and both panels hold the same.
void expect_both_stay(const TwoPanels& panels) {
  std::uint64_t of_run = 0;
  for (const RunDriver* run : {&panels.mary, &panels.jan}) {
    for (const auto& stored : run->lines) of_run += stored.line.type == "commit" ? 0 : 1;
  }
  EXPECT_EQ(panels.mary.state.events, of_run);
  EXPECT_EQ(state_text(panels.mary.state), state_text(panels.jan.state));
  EXPECT_FALSE(panels.mary.state.conflicts.empty());
}

// The conflicts that name a line of this panel and type.
std::ptrdiff_t conflicts_of(const RunState& state, const std::string& device,
                            const std::string& type) {
  return std::ranges::count_if(state.conflicts, [&](const std::string& conflict) {
    return conflict.starts_with(device + " line ") && conflict.contains(" " + type + " ");
  });
}

std::vector<std::string> raw_values(const RunState& state, const std::string& entry) {
  std::vector<std::string> raw;
  for (const RecordedValue& value : state.steps.at({"mix", 1}).entries.at(entry).values)
    raw.push_back(value.raw + " by " + value.actor);
  return raw;
}

TEST(SameStep, WorkedTwiceOfflineKeepsBothExecutionsAndNamesEveryLineOfTheSecond) {
  TwoPanels panels;
  panels.mary.work("mix#1", {{"temperature", "25.0"}, {"x", "1"}}, kMary);
  panels.jan.now.unix_ms += 60'000;
  panels.jan.work("mix#1", {{"temperature", "25.2"}, {"x", "2"}}, kJan);
  panels.exchange();
  expect_both_stay(panels);
  for (const char* type : {"step_started", "step_completed", "step_ready"})
    EXPECT_EQ(conflicts_of(panels.mary.state, "panel-2", type), 1) << type;
  EXPECT_EQ(conflicts_of(panels.mary.state, "panel-2", "entry_recorded"), 2);
  EXPECT_EQ(conflicts_of(panels.mary.state, "panel-1", "entry_recorded"), 0);
  EXPECT_EQ(raw_values(panels.mary.state, "x"), std::vector<std::string>{"1 by mary"});
  EXPECT_EQ(panels.mary.open(), std::vector<std::string>{"after#1"});
}

TEST(SameStep, ASecondFirstValueOfAnEntryIsAConflictAndNoRemeasurement) {
  TwoPanels panels;
  panels.mary.must(BeginStep{"mix#1"});
  panels.exchange();
  panels.mary.must(RecordEntry{"mix#1", "temperature", "25.0"}, kMary);
  panels.jan.now.unix_ms += 1000;
  panels.jan.must(RecordEntry{"mix#1", "temperature", "25.2"}, kJan);
  panels.exchange();
  expect_both_stay(panels);
  EXPECT_EQ(raw_values(panels.mary.state, "temperature"),
            (std::vector<std::string>{"25.0 by mary", "25.2 by jan"}));
  EXPECT_EQ(conflicts_of(panels.mary.state, "panel-2", "entry_recorded"), 1);
}

TEST(SameStep, TwoSecondMeasurementsAtOnceAreAConflict) {
  TwoPanels panels;
  panels.mary.must(BeginStep{"mix#1"});
  panels.mary.must(RecordEntry{"mix#1", "temperature", "27.0"}, kMary);
  panels.exchange();
  panels.mary.must(RecordEntry{"mix#1", "temperature", "25.0"}, kMary);
  panels.jan.now.unix_ms += 1000;
  panels.jan.must(RecordEntry{"mix#1", "temperature", "25.2"}, kJan);
  panels.exchange();
  expect_both_stay(panels);
  EXPECT_EQ(raw_values(panels.mary.state, "temperature").size(), 3U);
}

// A correction takes away a signature before the panel that completes the step has heard of it.
TEST(SameStep, CompletedWithoutASignatureThatACorrectionTookAwayIsOpenAgain) {
  const auto mbr = linear({step("mix", {decimal("x")}, {performed()}), step("after")});
  RunDriver mary = TwoPanels::panel(mbr, "panel-1", "MIX2");
  RunDriver jan = TwoPanels::panel(mbr, "panel-2", "MIX3");
  mary.start();
  mary.must(BeginStep{"mix#1"});
  mary.must(RecordEntry{"mix#1", "x", "1"});
  mary.sign("mix#1", "performed", kMary);
  jan.receive(mary.commits());
  jan.must(CorrectEntry{"mix#1", "x", "2", "misread"}, kJan);
  mary.now.unix_ms += 60'000;
  mary.must(CompleteStep{"mix#1"});
  EXPECT_EQ(mary.open(), std::vector<std::string>{"after#1"});
  mary.receive(jan.commits());
  EXPECT_EQ(mary.open(), (std::vector<std::string>{"mix#1", "after#1"}));
  EXPECT_TRUE(mary.step("mix#1").reopened);
  ASSERT_EQ(mary.state.conflicts.size(), 1U);
  EXPECT_TRUE(mary.state.conflicts.front().ends_with("something was missing by then"));
}

// Both people do the whole step, in any interleaving of time, with or without hearing of its begin.
TEST(SameStep, InAnyScheduleIsTheSameOnBothPanelsAndNeverWithoutAConflict) {
  const std::uint64_t schedules = amount("BATCHWRIGHT_SCHEDULES", 2000);
  const std::uint64_t first_seed = option("BATCHWRIGHT_SEED", 20'261'122);
  const Worker mary("mix", kMary), jan("mix", kJan);
  for (std::uint64_t seed = first_seed; seed < first_seed + schedules; ++seed) {
    SCOPED_TRACE(fmt::format("BATCHWRIGHT_SEED={} BATCHWRIGHT_SCHEDULES=1", seed));
    std::mt19937_64 random(seed);
    TwoPanels panels;
    if (random() % 2 == 0) {
      panels.mary.must(BeginStep{"mix#1"});
      panels.exchange();
    }
    for (bool both = true; both;) {
      panels.mary.now.unix_ms += static_cast<std::int64_t>(random() % 3000);
      panels.jan.now.unix_ms += static_cast<std::int64_t>(random() % 3000);
      const bool turn = random() % 2 == 0;
      both = turn ? mary.act(panels.mary) : jan.act(panels.jan);
    }
    while (mary.act(panels.mary) || jan.act(panels.jan)) {
    }
    panels.exchange();
    expect_both_stay(panels);
    if (HasFailure()) return;
  }
  fmt::print("{} schedules of one step on two panels from seed {}\n", schedules, first_seed);
}

}  // namespace
}  // namespace batchwright::workflows::test
