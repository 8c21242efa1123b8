// Two people on parallel branches: whatever the schedule, one consistent record. Requirement B3.
//
// BATCHWRIGHT_SCHEDULES and BATCHWRIGHT_SEED choose more schedules and other ones; a failure names
// its seed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/bytes.h"
#include "tests/workflows/amounts.h"
#include "tests/workflows/two_branches.h"

namespace batchwright::workflows::test {
namespace {

const Worker kFirst("weigh", kMary), kNorth("north/", kMary), kSouth("south/", kJan),
    kLast("join", kJan);
constexpr std::uint64_t kSchedulesEach = 20;  // per procedure

std::string facts_in_order(const std::shared_ptr<const Mbr>& mbr) {
  RunDriver run(mbr);
  run.start();
  for (const Worker& worker : {kFirst, kNorth, kSouth, kLast}) {
    while (worker.act(run)) run.now.unix_ms += 1000;
  }
  return facts_of(run.state);
}

std::vector<record::StoredLine> shuffled_and_merged(std::vector<Commit> commits,
                                                    std::mt19937_64& random) {
  std::ranges::shuffle(commits, random);
  return merged(std::move(commits));
}

// Each value and signature that was accepted, found in the folded state under who made it.
void expect_everything_there(const RunState& state, const std::vector<record::StoredLine>& lines) {
  std::uint64_t of_run = 0;
  for (const auto& [line, bytes, hash] : lines) {
    if (line.type != "commit") ++of_run;
    const auto ref = step_ref_from_text(line.step);
    if (line.type == "entry_recorded") {
      const auto& values = state.steps.at(*ref).entries.at(line.body["entry"]).values;
      const auto value = std::ranges::find(values, to_hex(hash), &RecordedValue::line_hash);
      ASSERT_NE(value, values.end()) << line.step;
      EXPECT_EQ(value->raw, line.body["raw"].get<std::string>());
      EXPECT_EQ(value->actor, line.actor);
    }
    if (line.type == "signature_made") {
      const auto& made = state.steps.at(*ref).signatures;
      const auto signature = std::ranges::find(made, to_hex(hash), &SignatureState::line_hash);
      ASSERT_NE(signature, made.end()) << line.step;
      EXPECT_EQ(signature->signer, line.actor);
    }
  }
  EXPECT_EQ(state.events, of_run);
}

struct Totals {
  std::size_t commands = 0, lines = 0, exchanges = 0, exceptions = 0;
};

// Every fact each time; every byte of the state now and then, because its text costs as much as the
// run.
void expect_same(const RunState& state, const RunState& other, std::mt19937_64& random) {
  EXPECT_EQ(facts_of(state), facts_of(other));
  EXPECT_EQ(state.events, other.events);
  EXPECT_EQ(state.conflicts, other.conflicts);
  EXPECT_EQ(state.open, other.open);
  if (random() % 4 != 0) return;
  EXPECT_EQ(state_text(state), state_text(other));
}

void expect_one_record(const RunDriver& run, const std::string& facts, std::mt19937_64& random) {
  EXPECT_EQ(facts_of(run.state), facts);
  EXPECT_TRUE(run.state.conflicts.empty()) << run.state.conflicts.front();
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  expect_everything_there(run.state, merged(run.known_commits()));
  const auto lines = shuffled_and_merged(run.known_commits(), random);
  expect_same(run.state, replay(run.mbr, run.state.run, lines), random);
}

// Both at one panel: one journal.
void share_a_panel(const std::shared_ptr<const Mbr>& mbr, const std::string& facts,
                   std::mt19937_64& random, Totals& totals) {
  RunDriver run(mbr);
  run.exact_lines = run.hash_when_signing = random() % 25 == 0;
  run.start();
  while (kFirst.act(run)) {
  }
  for (bool north = true, south = true; north || south; ++totals.commands) {
    if (::testing::Test::HasFailure()) return;
    run.now.unix_ms += static_cast<std::int64_t>(random() % 3000);
    if (random() % 2 == 0) {
      north = kNorth.act(run);
    } else {
      south = kSouth.act(run);
    }
    if (random() % 16 == 0 && !run.state.steps.contains({"join", 1})) {
      EXPECT_FALSE(run.execute(BeginStep{"join#1"}).has_value());
    }
  }
  while (kLast.act(run)) {
  }
  totals.lines += run.lines.size();
  totals.exceptions += run.state.exceptions.size();
  expect_one_record(run, facts, random);
}

// Each at a panel of their own, with clocks that differ by up to half a minute; now and then one
// hears what the other wrote, the commits in any order.
class TwoPanels {
 public:
  TwoPanels(const std::shared_ptr<const Mbr>& mbr, std::mt19937_64& random)
      : north(mbr), south(mbr), random_(random) {
    south.device = "panel-2";
    south.prefix = "MIX3";
    south.now.unix_ms += static_cast<std::int64_t>(random_() % 60'000) - 30'000;
  }

  void hear(RunDriver& to, const RunDriver& from) {
    auto commits = from.commits();
    std::ranges::shuffle(commits, random_);
    to.receive(commits);
  }
  void exchange() {
    hear(south, north);
    hear(north, south);
  }
  void pass_time() {
    const auto ms = static_cast<std::int64_t>(random_() % 3000);
    north.now.unix_ms += ms;
    south.now.unix_ms += ms;
  }

  RunDriver north, south;

 private:
  std::mt19937_64& random_;
};

void use_two_panels(const std::shared_ptr<const Mbr>& mbr, const std::string& facts,
                    std::mt19937_64& random, Totals& totals) {
  TwoPanels panels(mbr, random);
  for (RunDriver* panel : {&panels.north, &panels.south})
    panel->exact_lines = panel->hash_when_signing = random() % 25 == 0;
  panels.north.start();
  while (kFirst.act(panels.north)) {
  }
  panels.exchange();
  for (bool north = true, south = true; north || south; ++totals.commands) {
    if (::testing::Test::HasFailure()) return;
    panels.pass_time();
    if (random() % 2 == 0) {
      north = kNorth.act(panels.north);
    } else {
      south = kSouth.act(panels.south);
    }
    if (random() % 12 != 0) continue;
    ++totals.exchanges;
    if (random() % 2 == 0) panels.hear(panels.south, panels.north);
    if (random() % 2 == 0) panels.hear(panels.north, panels.south);
  }
  panels.exchange();
  panels.south.must(Tick{}, kJan);
  while (kLast.act(panels.south)) {
  }
  panels.exchange();
  totals.lines += panels.north.lines.size() + panels.south.lines.size();
  totals.exceptions += panels.south.state.exceptions.size();
  expect_same(panels.north.state, panels.south.state, random);
  expect_one_record(panels.south, facts, random);
}

template <typename Work>
void run_schedules(const char* what, Work work) {
  const std::uint64_t schedules = amount("BATCHWRIGHT_SCHEDULES", 10'000);
  const std::uint64_t first_seed = option("BATCHWRIGHT_SEED", 20'261'122);
  Totals totals;
  std::shared_ptr<const Mbr> mbr;
  std::string facts;
  for (std::uint64_t seed = first_seed; seed < first_seed + schedules; ++seed) {
    SCOPED_TRACE(fmt::format("BATCHWRIGHT_SEED={} BATCHWRIGHT_SCHEDULES=1", seed));
    if (mbr == nullptr || seed % kSchedulesEach == 0) {
      mbr = make_two_branches(seed / kSchedulesEach);
      facts = facts_in_order(mbr);
    }
    std::mt19937_64 random(seed);
    work(mbr, facts, random, totals);
    if (::testing::Test::HasFailure()) return;
  }
  fmt::print("{} schedules of {} from seed {}: {} turns, {} lines, {} exchanges, {} exceptions\n",
             schedules, what, first_seed, totals.commands, totals.lines, totals.exchanges,
             totals.exceptions);
}

TEST(TwoPeople, OnOnePanelLeaveTheSameRecordWhateverTheSchedule) {
  run_schedules("two people on one panel", share_a_panel);
}

TEST(TwoPeople, OnTwoPanelsLeaveTheSameRecordWhateverTheScheduleAndTheOrderOfArrival) {
  run_schedules("two people on two panels", use_two_panels);
}

}  // namespace
}  // namespace batchwright::workflows::test
