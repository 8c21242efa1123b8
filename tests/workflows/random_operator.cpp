#include "tests/workflows/random_operator.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace batchwright::workflows::test {

RandomOperator::RandomOperator(RandomChart& chart, RunDriver& run, std::uint64_t seed)
    : chart_(chart), run_(run), random_(seed) {
  cut_ = 1 + pick(8 * chart.paths.size() + 8);
}

bool RandomOperator::work() {
  run_.start();
  chart_.order->start();
  while (run_.state.status != RunStatus::kComplete) {
    if (::testing::Test::HasFailure()) return false;
    if (++commands > commands_max || chart_.order->raced()) {
      ended = false;
      return replays();
    }
    if (!is_as_expected()) return false;
    if (commands == cut_ && !replays()) return false;
    disturb();
    if (run_.state.open.empty() && chart_.order->waits()) {
      ended = false;
      return replays();
    }
    if (!work_some_step()) return false;
  }
  for (const StepRef& ref : open_steps(run_.state)) {  // re-opened ones
    while (run_.state.open.contains(ref) && ++commands < commands_max) work_at(ref);
  }
  return (chart_.order->raced() || is_as_expected()) && replays();
}

bool RandomOperator::work_some_step() {
  const auto open = open_steps(run_.state);
  if (open.empty()) {
    ADD_FAILURE() << "nothing is left to do, but the run is not complete";
    return false;
  }
  work_at(open[pick(open.size())]);
  run_.now.unix_ms += static_cast<std::int64_t>(pick(2000));
  return true;
}

bool RandomOperator::replays() const {
  const std::string live = state_text(run_.state);
  const std::string replayed = state_text(replay(chart_.mbr, run_.state.run, run_.lines));
  EXPECT_EQ(replayed, live);
  return replayed == live;
}

bool RandomOperator::is_as_expected() const {
  std::set<std::string> open;
  for (const StepRef& ref : run_.state.open) {
    if (run_.state.steps.at(ref).reopened) continue;
    EXPECT_TRUE(open.insert(ref.path).second) << ref.path << " is open twice";
  }
  const std::set<std::string> expected = chart_.order->open();
  EXPECT_EQ(open, expected);
  const auto quiet = decide(run_.state, Tick{}, run_.context(kMary));
  const bool is_quiet = quiet.has_value() && quiet->empty();
  EXPECT_TRUE(is_quiet) << "something could still have happened by itself";
  EXPECT_TRUE(run_.state.conflicts.empty()) << run_.state.conflicts.front();
  return open == expected && is_quiet && run_.state.conflicts.empty();
}

void RandomOperator::disturb() {
  if (one_in(8)) try_something_wrong();
  if (one_in(30)) correct_something();
  if (one_in(60)) hold_and_resume();
}

// Nothing goes on during a hold, but the person a plan calls may release a step.
void RandomOperator::hold_and_resume() {
  run_.must(Control{"", ProceduralCommand::kHold, "alarm"});
  const auto open = open_steps(run_.state);
  if (!open.empty()) {
    const StepRef ref = open[pick(open.size())];
    const std::string text = workflows::to_text(ref);
    for (const Command& command : {Command(BeginStep{text}), Command(CompleteStep{text}),
                                   Command(RecordEntry{text, "done", "done"})}) {
      EXPECT_FALSE(run_.execute(command).has_value());
      ++refused;
    }
    const StepState& step = run_.state.steps.at(ref);
    if (step.status == StepStatus::kHeld)
      run_.must(run_.release(text, step.held_by, "checked", kSven, "supervisor"), kSven);
  }
  run_.must(Control{"", ProceduralCommand::kRestart, "false alarm"}, kInes);
}

// An instance of a step that nobody may work on now: its path isn't open, or another instance is.
std::optional<std::string> RandomOperator::step_out_of_turn() {
  const std::string& path = chart_.paths[pick(chart_.paths.size())];
  const StepRef ref{path, 1 + static_cast<int>(pick(3))};
  if (run_.state.open.contains(ref)) return std::nullopt;
  return workflows::to_text(ref);
}

void RandomOperator::try_something_wrong() {
  const auto ref = step_out_of_turn();
  if (!ref) return;
  const std::vector<Command> wrong = {BeginStep{*ref},
                                      BeginStep{*ref},
                                      CompleteStep{*ref},
                                      CompleteStep{*ref},
                                      RecordEntry{*ref, "done", "done"},
                                      RecordEntry{*ref, "n", "1"},
                                      RecordEntry{*ref, "temperature", "25.0"},
                                      RecordEntry{*ref, "nothing", "1"},
                                      RecoverStep{*ref, "as left"},
                                      ReleaseStep{*ref, "none", "why", "", "", ""},
                                      SignStep{*ref, "performed", "{}", "", ""},
                                      CorrectEntry{*ref, "done", "maybe", "why"},
                                      CommentException{"none", "seen"},
                                      ReportDeviation{*ref + "x", "seen"},
                                      Control{"", ProceduralCommand::kRestart, "why"},
                                      StartRun{"run-1", "B-2", "batch", std::string(64, 'a')}};
  const Command& command = wrong[pick(wrong.size())];
  // The whole state is compared now and then only: it costs as much as many commands.
  const bool was_refused =
      one_in(16) ? !run_.rule_of_refusal(command).empty() : !run_.execute(command).has_value();
  EXPECT_TRUE(was_refused) << "command " << command.index() << " at " << *ref;
  ++refused;
}

void RandomOperator::correct_something() {
  std::vector<StepRef> measured;
  for (const auto& [ref, step] : run_.state.steps) {
    const auto recorded = step.entries.find("temperature");
    if (recorded != step.entries.end() && recorded->second.current() != nullptr)
      measured.push_back(ref);
  }
  if (measured.empty()) return;
  const std::string ref = workflows::to_text(measured[pick(measured.size())]);
  const auto& now =
      *run_.state.steps.at(*step_ref_from_text(ref)).entries.at("temperature").current();
  auto raw = fmt::format("25.{:03}", pick(400));
  if (raw == now.raw || raw == now.value) raw = fmt::format("25.{:03}", 400 + pick(100));
  run_.must(CorrectEntry{ref, "temperature", raw, "misread"}, one_in(2) ? kMary : kJan);
}

void RandomOperator::work_at(const StepRef& ref) {
  const Person& who = one_in(2) ? kMary : kJan;
  const std::string text = workflows::to_text(ref);
  const StepState& step = run_.state.steps.at(ref);
  const StepContent& content = *run_.state.mbr->procedure.find(ref.path)->step;
  switch (step.status) {
    case StepStatus::kReady: return begin(ref, who);
    case StepStatus::kHeld:
      return run_.must(run_.release(text, step.held_by, "checked", kSven, "supervisor"), kSven);
    default: break;
  }
  if (run_.state.status == RunStatus::kRunning && one_in(40))
    return run_.must(RecoverStep{text, "as left"}, who);
  if (record_next(ref, content, who)) return;
  const auto missing = needs(run_.state, ref, run_.now).missing_signatures;
  if (!missing.empty())
    return run_.sign(text, missing.front().meaning, missing.front().other_person ? kInes : kMary);
  finish(ref, who);
}

void RandomOperator::begin(const StepRef& ref, const Person& who) {
  EXPECT_TRUE(chart_.order->open().contains(ref.path)) << ref.path << " begins out of its turn";
  run_.must(BeginStep{workflows::to_text(ref)}, who);
  ++begun;
}

bool RandomOperator::record_next(const StepRef& ref, const StepContent& content,
                                 const Person& who) {
  const auto missing = needs(run_.state, ref, run_.now).missing_entries;
  if (missing.empty()) return false;
  const std::string& id = missing.front();
  const auto kind = std::ranges::find(content.entries, id, &Entry::id)->kind;
  std::string raw = "done";
  if (id == "n") {
    const int answer = static_cast<int>(pick(3));
    chart_.order->answer(ref.path, answer);
    raw = std::to_string(answer);
  } else if (kind == EntryKind::kDecimal) {
    raw = one_in(6) ? "27.0" : fmt::format("25.{}", pick(5));
  }
  run_.must(RecordEntry{workflows::to_text(ref), id, raw}, who);
  return true;
}

void RandomOperator::finish(const StepRef& ref, const Person& who) {
  const bool reopened = run_.state.steps.at(ref).reopened;
  run_.must(CompleteStep{workflows::to_text(ref)}, who);
  if (!reopened) chart_.order->complete(ref.path);
}

}  // namespace batchwright::workflows::test
