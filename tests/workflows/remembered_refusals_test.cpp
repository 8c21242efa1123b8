// Refusals that other panels recorded: every one is counted, but only so many are remembered, and
// each for a minute, so that nobody fills the memory of a panel. Requirement B6.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;

void bring(RunDriver& run, const std::string& actor) {
  record::StoredLine stored = run.lines.back();
  static_cast<record::Draft&>(stored.line) =
      encode_event(CommandRefused{"begin_step", "gate.role", "Call somebody.", "a#1"});
  stored.line.subject = {"run", run.state.run};
  stored.line.actor = actor;
  stored.line.time = to_text(run.now);
  apply(run.state, stored);
}

TEST(RememberedRefusals, AreAtMostFiftyAtOnceAndAllCounted) {
  RunDriver run(linear({step("a")}));
  run.start();
  for (int i = 0; i < 60; ++i) bring(run, fmt::format("person {}", i));
  EXPECT_EQ(run.state.refusals.count, 60U);
  EXPECT_EQ(run.state.refusals.recent.size(), 50U);
}

TEST(RememberedRefusals, AreForgottenAfterAMinute) {
  RunDriver run(linear({step("a")}));
  run.start();
  bring(run, "mary");
  run.now.unix_ms += kMinuteMs - 1;
  bring(run, "jan");
  EXPECT_EQ(run.state.refusals.recent.size(), 2U);
  run.now.unix_ms += 1;
  bring(run, "ines");
  EXPECT_EQ(run.state.refusals.recent.size(), 2U);  // jan and ines
  EXPECT_EQ(run.state.refusals.count, 3U);
}

}  // namespace
}  // namespace batchwright::workflows::test
