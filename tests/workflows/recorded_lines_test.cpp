// Recorded lines that can't follow from what is known, as a merged order of several devices may
// bring them, or a hostile one: each is kept and named, changes nothing else, and never stops the
// fold. Requirements B3, B10.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/bytes.h"
#include "record/signature.h"
#include "tests/workflows/amounts.h"
#include "tests/workflows/random_chart.h"

namespace batchwright::workflows::test {
namespace {

// "a" complete and signed, with an exception; "b" running beside "c", which is ready; then a choice
// with group "g" on one of its ways, and "last".
std::shared_ptr<const Mbr> recipe() {
  Element procedure = group("p", Level::kProcedure);
  Element g = group("g", Level::kOperation);
  run_in_sequence(g, {step("e")});
  ChartBuilder chart(procedure);
  const Piece a = chart.element(step("a", {temperature()}, {performed()}));
  const Piece both = chart.parallel(
      {chart.element(step("b", {decimal("x"), computed("k", "{b:y} + 1"), decimal("y")})),
       chart.element(step("c", {acknowledge(), computed("of-b", "{b:y} + 1")}))});
  const Piece choice = chart.choice(
      {{"{b:x} > 1", chart.element(std::move(g))}, {"true", chart.element(step("d"))}});
  chart.finish(chart.sequence({a, both, choice, chart.element(step("last"))}));
  return finished(std::move(procedure));
}

std::string node_of(const Mbr& mbr, NodeKind kind) {
  return std::ranges::find(mbr.procedure.chart.nodes, kind, &Node::kind)->id;
}

class RecordedLines : public testing::Test {
 protected:
  RecordedLines() : run(recipe()) {
    run.start();
    run.must(BeginStep{"a#1"});
    run.must(RecordEntry{"a#1", "temperature", "25.7"});
    run.sign("a#1", "performed", kMary);
    run.must(CompleteStep{"a#1"});
    run.must(BeginStep{"b#1"});
    run.must(RecordEntry{"b#1", "x", "2"});
    exception = run.exceptions().front().id;
  }

  record::StoredLine line_of(const Event& event, const std::string& step) {
    record::StoredLine stored = run.lines.back();
    static_cast<record::Draft&>(stored.line) = encode_event(event);
    stored.line.subject = {"run", run.state.run};
    stored.line.step = step;
    stored.line.actor = "jan";
    stored.line.device = "panel-2";
    stored.line.seq = ++seq;
    stored.hash = sha256(std::to_string(seq));
    return stored;
  }

  // Kept, counted, named once, and nothing else happened.
  void expect_conflict(const RunState& before, const Event& event, const std::string& step,
                       const std::string& why) {
    RunState after = before;
    const auto line = line_of(event, step);
    apply(after, line);
    ASSERT_EQ(after.conflicts.size(), before.conflicts.size() + 1) << line.line.type << " " << step;
    EXPECT_EQ(after.events, before.events + 1);
    const std::string& conflict = after.conflicts.back();
    EXPECT_TRUE(conflict.starts_with(fmt::format("panel-2 line {} {}", seq, line.line.type)))
        << conflict;
    EXPECT_TRUE(conflict.ends_with(": " + why)) << conflict;
    after.conflicts = before.conflicts;
    after.events = before.events;
    after.last_unix_ms = before.last_unix_ms;
    EXPECT_EQ(state_text(after), state_text(before)) << conflict;
    EXPECT_EQ(after.open, before.open) << conflict;
  }
  void expect_conflict(const Event& event, const std::string& step, const std::string& why) {
    expect_conflict(run.state, event, step, why);
  }

  SignatureMade signature(const std::function<void(record::SignatureStatement&)>& change) {
    record::SignatureStatement statement = run.statement("b#1", "performed", kMary);
    change(statement);
    return {record::to_text(statement), "", ""};
  }

  RunDriver run;
  std::string exception;
  std::uint64_t seq = 0;
};

TEST_F(RecordedLines, OfAStartThatCantBe) {
  const std::string hash = to_hex(run.mbr->hash);
  expect_conflict(RunStarted{"B-9", "batch", "T", "1", hash, ""}, "", "the run was started before");
  const RunState idle = initial_state(run.mbr, run.state.run);
  expect_conflict(idle, RunStarted{"B-9", "batch", "T", "1", std::string(64, '0'), ""}, "",
                  "it names another master batch record");
  expect_conflict(idle, RunStateChanged{"start", "idle", "running", ""}, "",
                  "start is not possible when idle");
  RunState named = idle;
  apply(named, line_of(RunStarted{"B-9", "batch", "T", "1", hash, ""}, ""));
  EXPECT_TRUE(named.conflicts.empty());
  expect_conflict(named, RunStarted{"B-8", "batch", "T", "1", hash, ""}, "",
                  "the run was started before");
}

TEST_F(RecordedLines, OfARunThatIsInAnotherState) {
  const std::vector<RunStateChanged> changes = {
      {"start", "idle", "running", ""}, {"resume", "held", "running", ""},
      {"hold", "held", "held", ""},     {"hold", "running", "running", ""},
      {"fly", "running", "held", ""},   {"complete", "held", "complete", ""},
      {"abort", "held", "aborted", ""}, {"complete", "running", "held", ""}};
  for (const RunStateChanged& change : changes) {
    expect_conflict(change, "", change.command + " is not possible when running");
  }
}

TEST_F(RecordedLines, OfAGroupThatIsInAnotherState) {
  const std::string state = "the element is not in that state";
  const std::string turn = "it was not the turn of the element";
  const std::string now = "the element can't change so now";
  expect_conflict(ElementStateChanged{"nowhere", "idle", "running"}, "", state);
  expect_conflict(ElementStateChanged{"b", "idle", "running"}, "", state);
  expect_conflict(ElementStateChanged{"g", "running", "complete"}, "", state);
  expect_conflict(ElementStateChanged{"g", "idle", "running"}, "", turn);
  expect_conflict(ElementStateChanged{"g", "idle", "complete"}, "", now);
  expect_conflict(ElementStateChanged{"", "running", "complete"}, "", now);
  expect_conflict(ElementStateChanged{"", "running", "held"}, "", now);
  expect_conflict(ElementStateChanged{"", "running", "running"}, "", now);
}

TEST_F(RecordedLines, OfAStepWhoseTurnItIsNot) {
  for (const char* step : {"", "b", "nowhere#1", "g#1", "g/e#1", "last#1", "a#1", "a#2", "b#1",
                           "b#2", "c#1", "c#2", "b#0"}) {
    expect_conflict(StepReady{}, step, "it was not the turn of the step");
  }
  for (const char* step : {"", "a#1", "b#1", "b#2", "last#1", "nowhere#1", "g#1"})
    expect_conflict(StepStarted{}, step, "the step is not ready");
  for (const char* step : {"", "a#1", "c#1", "b#2", "last#1", "nowhere#1", "g#1"})
    expect_conflict(StepCompleted{}, step, "the step is not running");
  for (const char* step : {"", "a#1", "c#1", "last#1", "nowhere#1"})
    expect_conflict(StepRecovered{"repeat", "as left", "0"}, step, "the step was not running");
}

TEST_F(RecordedLines, OfTokensThatAreNotThere) {
  const std::string before = "no token waited before the transition";
  const std::string there = "the tokens it needs did not wait there";
  const std::string transition = node_of(*run.mbr, NodeKind::kTransition);
  for (const auto& [chart, node] : std::vector<std::pair<std::string, std::string>>{
           {"", transition}, {"", "nowhere"}, {"", "b"}, {"nowhere", transition}, {"b", "b"}}) {
    expect_conflict(TransitionFired{chart, node, "true", {}}, "", before);
  }
  for (const NodeKind kind : {NodeKind::kAndSplit, NodeKind::kAndJoin, NodeKind::kOrSplit,
                              NodeKind::kOrJoin, NodeKind::kBegin, NodeKind::kEnd}) {
    expect_conflict(BarPassed{"", node_of(*run.mbr, kind)}, "", there);
  }
  for (const auto& [chart, node] : std::vector<std::pair<std::string, std::string>>{
           {"", "b"}, {"", "nowhere"}, {"nowhere", "n0"}, {"g", "e"}, {"b", "b"}, {"", transition}})
    expect_conflict(BarPassed{chart, node}, "", there);
}

TEST_F(RecordedLines, OfValuesThatNobodyCouldRecord) {
  const EntryRecorded x{"x", "decimal", "3", "3.0", "", "none", "1"};
  const std::string recorded = "the step is not running or has no such entry";
  for (const char* step : {"", "a#1", "c#1", "b#2", "last#1", "nowhere#1"})
    expect_conflict(x, step, recorded);
  expect_conflict(EntryRecorded{"z", "decimal", "3", "3.0", "", "none", "1"}, "b#1", recorded);
  const EntryComputed k{"k", "{b:y} + 1", {}, "3", "3.0", "", "none", ""};
  const std::string computed = "the step was not begun or has no such entry";
  for (const char* step : {"", "c#1", "last#1", "nowhere#1"}) expect_conflict(k, step, computed);
  expect_conflict(EntryComputed{"z", "1", {}, "3", "3.0", "", "none", ""}, "b#1", computed);
}

TEST_F(RecordedLines, OfCorrectionsOfValuesThatAreNotInForce) {
  const std::string why = "the value it corrects is not in force";
  const std::string hash = run.value("b#1", "x")->line_hash;
  const auto of = [&](const std::string& entry, const std::string& corrects) {
    return EntryCorrected{entry, "2.0", "3", "3.0", "", "none", "misread", corrects, {}};
  };
  expect_conflict(of("x", std::string(64, '0')), "b#1", why);
  for (const char* step : {"", "a#1", "c#1", "last#1", "nowhere#1"})
    expect_conflict(of("x", hash), step, why);
  expect_conflict(of("y", hash), "b#1", why);
  expect_conflict(of("y", ""), "b#1", why);
}

TEST_F(RecordedLines, OfExceptionsThatAreTakenOrUnknown) {
  ExceptionOpened opened{"", "MIX3-0001", "manual_deviation", "major", "", "", "", "", "Seen."};
  expect_conflict(opened, "b#1", "its id is missing or taken");
  opened.id = exception;
  expect_conflict(opened, "b#1", "its id is missing or taken");
  expect_conflict(ExceptionCommented{"nobody", "Seen."}, "a#1", "there is no such exception");
  const std::string why = "there is no such exception to release";
  expect_conflict(StepReleased{"nobody", "checked"}, "a#1", why);
  for (const char* step : {"", "b#1", "a#2", "last#1", "nowhere#1"})
    expect_conflict(StepReleased{exception, "checked"}, step, why);
  RunState released = run.state;
  apply(released, line_of(StepReleased{exception, "checked"}, "a#1"));
  EXPECT_TRUE(released.conflicts.empty());
  expect_conflict(released, StepReleased{exception, "checked"}, "a#1", why);
}

TEST_F(RecordedLines, OfSignaturesUnderSomethingElse) {
  const std::string why = "its statement is not about this step";
  expect_conflict(SignatureMade{"{}", "", ""}, "b#1", why);
  expect_conflict(SignatureMade{"{}", "", ""}, "", why);
  expect_conflict(signature([](auto&) {}), "c#1", why);
  expect_conflict(signature([](auto&) {}), "", why);
  expect_conflict(signature([](auto& made) { made.step = "last#1"; }), "last#1", why);
  expect_conflict(signature([](auto& made) { made.step = "nowhere#1"; }), "nowhere#1", why);
  expect_conflict(signature([](auto& made) { made.subject.id = "run-2"; }), "b#1", why);
  const std::string used = *run.state.challenges.begin();
  expect_conflict(signature([&](auto& made) { made.challenge = used; }), "b#1",
                  "its challenge was used before");
}

TEST_F(RecordedLines, WhoseBodyIsNotAsDescribedOrWhoseTypeIsUnknown) {
  RunState after = run.state;
  auto line = line_of(StepStarted{}, "c#1");
  line.line.body["more"] = "x";
  apply(after, line);
  EXPECT_EQ(after.conflicts.size(), 1U);
  line = line_of(StepStarted{}, "c#1");
  line.line.v = 99;
  apply(after, line);
  line.line.type = "valve_opened";
  apply(after, line);
  EXPECT_EQ(after.not_understood, 2U);
  EXPECT_EQ(after.conflicts.size(), 1U);
  EXPECT_EQ(after.steps.at({"c", 1}).status, StepStatus::kReady);
}

TEST_F(RecordedLines, AreNamedUpToAThousandConflictsAndCountedBeyond) {
  for (int i = 0; i < 1005; ++i) apply(run.state, line_of(StepStarted{}, "last#1"));
  EXPECT_EQ(run.state.conflicts.size(), 1000U);
  EXPECT_TRUE(run.state.conflicts.back().starts_with("panel-2 line 1000 "));
}

TEST_F(RecordedLines, OfAValueThatIsNoNumberCountAsNoValueYet) {
  apply(run.state, line_of(EntryRecorded{"y", "decimal", "many", "many", "", "none", "1"}, "b#1"));
  EXPECT_TRUE(run.state.conflicts.empty());
  run.must(BeginStep{"c#1"});  // its formula reads that value
  EXPECT_EQ(run.value("c#1", "of-b"), nullptr);
  EXPECT_TRUE(run.bodies("entry_computed").empty());
}

// Whatever is done to the lines of a real run, the fold ends, counts every line, and gives the same
// state each time.
TEST(RecordedLinesOfRandomRuns, MayBeDroppedDoubledSwappedAndAlteredAndStillFold) {
  const std::uint64_t runs = amount("BATCHWRIGHT_CHARTS", 300);
  const std::uint64_t first_seed = option("BATCHWRIGHT_SEED", 20'261'122);
  std::size_t conflicts = 0;
  for (std::uint64_t seed = first_seed; seed < first_seed + runs; ++seed) {
    SCOPED_TRACE(fmt::format("BATCHWRIGHT_SEED={} BATCHWRIGHT_CHARTS=1", seed));
    RandomChart chart = make_random_chart(seed, 12);
    RunDriver run(chart.mbr);
    run.hash_when_signing = false;
    ASSERT_TRUE(RandomOperator(chart, run, seed).work());
    std::mt19937_64 random(seed);
    auto lines = run.lines;
    const auto any = [&] { return static_cast<std::size_t>(random() % lines.size()); };
    for (std::size_t edits = 1 + random() % 8; edits > 0; --edits) {
      switch (random() % 5) {
        case 0: lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(any())); break;
        case 1: lines.push_back(lines[any()]); break;
        case 2: std::swap(lines[any()], lines[any()]); break;
        case 3: lines[any()].line.step = lines[any()].line.step; break;
        default: lines[any()].line.body = lines[any()].line.body; break;
      }
      if (lines.empty()) break;
    }
    const RunState state = replay(chart.mbr, run.state.run, lines);
    EXPECT_EQ(state_text(state), state_text(replay(chart.mbr, run.state.run, lines)));
    const auto of_run = std::ranges::count_if(
        lines, [](const auto& stored) { return stored.line.type != "commit"; });
    EXPECT_EQ(state.events, static_cast<std::uint64_t>(of_run));
    for (const auto& [ref, step] : state.steps) {
      const bool open = step.status == StepStatus::kReady || step.status == StepStatus::kRunning ||
                        step.status == StepStatus::kHeld;
      EXPECT_EQ(state.open.contains(ref), open) << workflows::to_text(ref);
    }
    conflicts += state.conflicts.size();
  }
  fmt::print("{} runs with altered lines from seed {}: {} conflicts\n", runs, first_seed,
             conflicts);
  EXPECT_GE(conflicts, runs / 2);
}

}  // namespace
}  // namespace batchwright::workflows::test
