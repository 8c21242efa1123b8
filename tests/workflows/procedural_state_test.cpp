// The ISA-88 state model: every (state, command) of batch, unit procedure, operation and phase is
// one transition or one recorded refusal. Requirement B1.
#include "workflows/procedural_state.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using State = ProceduralState;
using Command = ProceduralCommand;
using ::testing::ElementsAre;

const std::vector<Command> kByPeople = {Command::kStart, Command::kPause,   Command::kResume,
                                        Command::kHold,  Command::kRestart, Command::kStop,
                                        Command::kAbort, Command::kReset};

Element around(std::string id, Level level, Element child) {
  Element made = group(std::move(id), level);
  ChartBuilder chart(made);
  chart.finish(chart.element(std::move(child)));
  return made;
}

// One step inside phase, operation and unit procedure, and one after them.
std::shared_ptr<const Mbr> recipe() {
  Element step_a = step("a", {decimal("x")});
  Element unit = around("u", Level::kUnitProcedure,
                        around("o", Level::kOperation, around("p", Level::kPhase, step_a)));
  return linear({unit, step("z")});
}

const std::vector<std::string> kLevels = {"", "u", "u/o", "u/o/p"};
constexpr const char* kStep = "u/o/p/a#1";

State state_of(const RunDriver& run, const std::string& element) {
  if (element.empty()) return run.state.status;
  const auto found = run.state.elements.find(element);
  if (found == run.state.elements.end()) return State::kIdle;
  return procedural_state_from_text(found->second).value();
}

// Brings the element into every state that can rest between two commands; "-ing" states that are
// over in one commit can't, and are seen in the record instead.
std::optional<RunDriver> run_in(State state, const std::string& element) {
  RunDriver run(recipe());
  const auto control = [&](Command command) { run.must(Control{element, command, "why"}, kInes); };
  if (state == State::kIdle) return element.empty() ? std::optional(run) : std::nullopt;
  run.start();
  run.must(BeginStep{kStep});
  run.must(RecordEntry{kStep, "x", "1"});
  switch (state) {
    case State::kRunning: break;
    case State::kPausing: control(Command::kPause); break;
    case State::kPaused:
      control(Command::kPause);
      run.must(CompleteStep{kStep});
      break;
    case State::kHeld: control(Command::kHold); break;
    case State::kStopping: control(Command::kStop); break;
    case State::kStopped:
      control(Command::kStop);
      run.must(CompleteStep{kStep});
      break;
    case State::kAborted: control(Command::kAbort); break;
    case State::kComplete:
      run.must(CompleteStep{kStep});
      if (element.empty()) run.work("z#1");
      break;
    default: return std::nullopt;  // holding, restarting, aborting never rest
  }
  return run;
}

// Where a command leads in the end: through an "-ing" state that is over at once.
State rests_in(State next) {
  const bool at_once =
      next == State::kHolding || next == State::kRestarting || next == State::kAborting;
  return at_once ? next_state(next, Command::kDone).value() : next;
}

TEST(ProceduralStates, EveryStateAndCommandAtEveryLevelIsOneTransitionOrOneRefusal) {
  int executed = 0;
  for (const std::string& element : kLevels) {
    for (std::size_t row = 0; row < kProceduralStateCount; ++row) {
      const auto state = static_cast<State>(row);
      for (const Command command : kByPeople) {
        auto run = run_in(state, element);
        if (!run) continue;
        SCOPED_TRACE(fmt::format("'{}' {} {}", element, to_string(state), to_string(command)));
        ASSERT_EQ(state_of(*run, element), state);
        const auto next = next_state(state, command);
        const std::string rule = run->rule_of_refusal(Control{element, command, "why"}, kInes);
        ++executed;
        if (!next || command == Command::kStart) {
          EXPECT_EQ(rule, command == Command::kReset && state != State::kIdle ? "control.reset"
                                                                              : "run.state");
          EXPECT_EQ(state_of(*run, element), state);
          continue;
        }
        EXPECT_EQ(rule, "");
        const State now = state_of(*run, element);
        // A pause or stop is over at once when no step below is running.
        EXPECT_TRUE(now == rests_in(*next) || now == next_state(*next, Command::kDone));
      }
    }
  }
  EXPECT_EQ(executed, (9 + 3 * 8) * 8);
}

TEST(ProceduralStates, QuiescentStatesWaitAndActingOnesEndByThemselves) {
  for (std::size_t row = 0; row < kProceduralStateCount; ++row) {
    const auto state = static_cast<State>(row);
    const bool acts = next_state(state, Command::kDone).has_value();
    EXPECT_EQ(is_quiescent(state), !acts) << to_string(state);
    EXPECT_EQ(procedural_state_from_text(to_string(state)), state);
  }
  EXPECT_FALSE(procedural_state_from_text("sleeping"));
}

TEST(ProceduralStates, HoldingAndAbortingAreInTheRecordWithBothChanges) {
  auto run = run_in(State::kHeld, "u/o").value();
  const auto changes = run.bodies("element_state_changed");
  const auto& begin = changes[changes.size() - 2];
  const auto& end = changes.back();
  EXPECT_EQ(begin.at("command"), "hold");
  EXPECT_EQ(begin.at("to"), "holding");
  EXPECT_EQ(begin.at("reason"), "why");
  EXPECT_EQ(end.at("command"), "done");
  EXPECT_EQ(end.at("to"), "held");
}

TEST(ProceduralStates, PauseLetsRunningStepsEndAndNothingNewBegin) {
  RunDriver run(linear({step("a"), step("b")}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(Control{"", Command::kPause, "lunch"});
  EXPECT_EQ(run.state.status, State::kPausing);
  run.must(RecordEntry{"a#1", "done", "done"});
  run.must(CompleteStep{"a#1"});
  EXPECT_EQ(run.state.status, State::kPaused);
  EXPECT_TRUE(run.open().empty());
  run.must(Control{"", Command::kResume, "back"}, kInes);
  EXPECT_THAT(run.open(), ElementsAre("b#1"));
}

TEST(ProceduralStates, AHeldOperationStopsItsOwnStepsOnly) {
  Element first = around("o1", Level::kOperation, step("a", {decimal("x")}));
  Element second = around("o2", Level::kOperation, step("b", {decimal("x")}));
  Element procedure = group("test", Level::kProcedure);
  ChartBuilder chart(procedure);
  chart.finish(chart.parallel({chart.element(first), chart.element(second)}));
  RunDriver run(finished(procedure));
  run.start();
  run.must(BeginStep{"o1/a#1"});
  run.must(Control{"o1", Command::kHold, "leak"});
  EXPECT_EQ(run.rule_of_refusal(RecordEntry{"o1/a#1", "x", "1"}), "step.element_state");
  run.work("o2/b#1", {{"x", "1"}});
  EXPECT_EQ(run.rule_of_refusal(Control{"o1", Command::kRestart, "tight"}, kMary), "restart.role");
  run.must(Control{"o1", Command::kRestart, "tight"}, kInes);
  run.must(RecordEntry{"o1/a#1", "x", "1"});
  run.must(CompleteStep{"o1/a#1"});
  EXPECT_EQ(run.state.status, State::kComplete);
}

TEST(ProceduralStates, AnAbortedOperationEndsItsStepsAndTheBatchWaitsForAPerson) {
  auto run = run_in(State::kAborted, "u/o").value();
  EXPECT_EQ(run.step(kStep).status, StepStatus::kAborted);
  EXPECT_EQ(run.state.elements.at("u/o/p"), "aborted");
  EXPECT_EQ(run.state.elements.at("u"), "running");
  EXPECT_EQ(run.state.status, State::kRunning);
  EXPECT_EQ(run.exceptions().back().exception_class, "element_stopped");
}

}  // namespace
}  // namespace batchwright::workflows::test
