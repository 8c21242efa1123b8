// ISA-88 commands to the batch and its groups, and the branches that people choose.
#include <fmt/format.h>

#include "workflows/internal/blockers.h"
#include "workflows/internal/decision.h"
#include "workflows/internal/identifier.h"

namespace batchwright::workflows {
namespace {

using State = ProceduralState;
using Kind = ProceduralCommand;

// Anybody may put on hold and nobody needs typing for it: safety never waits. That it is safe to go
// on, or that it is over, is decided by who answers for it.
Checked check_person(const Decision& decision, const Control& command) {
  if (command.command == Kind::kPause || command.command == Kind::kHold) return {};
  return check_role(decision, {"supervisor", "quality"},
                    fmt::format("{}.role", to_string(command.command)),
                    fmt::format("{} the batch or a part of it", to_string(command.command)));
}

Checked check_words(const Decision& decision, const Control& command) {
  const bool unnamed_hold =
      command.command == Kind::kHold && decision.context().actor.empty() && command.reason.empty();
  return unnamed_hold ? Checked{} : check_reason(command.reason, command.element);
}

Checked check_element(const Decision& decision, const std::string& element) {
  if (element.empty() || decision.index().chart(element) != nullptr) return {};
  return refuse("control.element",
                "There is no such operation in this procedure. Nothing was changed.", element);
}

Checked check_state(const Decision& decision, const Control& command) {
  const State state = decision.state_of(command.element);
  const bool by_person = command.command != Kind::kStart && command.command != Kind::kDone;
  if (by_person && next_state(state, command.command)) return {};
  if (command.command == Kind::kReset) {
    return refuse("control.reset",
                  "What was executed is part of the record and can't be reset. Repeat the step, or "
                  "start another run.",
                  command.element);
  }
  return refuse("run.state",
                fmt::format("This is {}: {} is not possible now. Nothing was changed.",
                            to_string(state), to_string(command.command)),
                command.element);
}

// What an exception stopped is released by a signature of the role that it names, not restarted.
Checked check_not_blocked(const Decision& decision, const Control& command) {
  if (command.command != Kind::kRestart) return {};
  const ExceptionState* exception = blocker_of(decision.state(), command.element);
  if (exception == nullptr) return {};
  return refuse("restart.blocked",
                fmt::format("Exception {} holds it. It goes on when {} releases that by signing.",
                            exception->number, exception->release),
                exception->step);
}

// What a command leaves for the reviewer; a planned hold is no exception, it has a maximum time.
std::string class_of(const Control& command) {
  const bool run = command.element.empty();
  switch (command.command) {
    case Kind::kHold: return command.planned ? "" : (run ? "run_held" : "element_held");
    case Kind::kStop:
    case Kind::kAbort: return run ? "run_aborted" : "element_stopped";
    default: return {};
  }
}

std::string words_of(const Control& command) {
  const char* what = command.element.empty() ? "The run" : "The operation";
  switch (command.command) {
    case Kind::kHold: return fmt::format("{} was put on hold.", what);
    case Kind::kStop: return fmt::format("{} was stopped.", what);
    default: return fmt::format("{} was aborted.", what);
  }
}

}  // namespace

Checked decide_command(Decision& decision, const Control& command) {
  if (auto good = check_element(decision, command.element); !good) return good;
  if (auto good = check_state(decision, command); !good) return good;
  if (auto good = check_person(decision, command); !good) return good;
  if (auto good = check_not_blocked(decision, command); !good) return good;
  if (auto good = check_words(decision, command); !good) return good;
  const bool holds_run = command.command == Kind::kHold && command.element.empty();
  if (holds_run) {
    const int maximum_s = command.planned ? decision.index().mbr->planned_hold_max_s : 0;
    decision.emit(
        HoldDeclared{command.planned ? "planned" : "exception", std::to_string(maximum_s), {}});
  }
  decision.change_state(command.element, command.command, command.reason);
  if (const std::string exception_class = class_of(command); !exception_class.empty()) {
    decision.open_exception({.exception_class = exception_class,
                             .value = command.element,
                             .message = words_of(command)});
  }
  return {};
}

Checked decide_command(Decision& decision, const ChooseTransition& command) {
  const ChartIndex* chart = decision.index().chart(command.chart);
  const ChartNode* node = chart == nullptr ? nullptr : chart->find(command.transition);
  const std::string place = node_place(command.chart, command.transition);
  if (node == nullptr || node->node->kind != NodeKind::kTransition ||
      node->node->chosen_by.empty()) {
    return refuse("choose.unknown", "This way is not a person's to choose. Nothing was changed.",
                  place);
  }
  if (!may_begin_below(decision, command.chart) ||
      !decision.can_choose(command.chart, *node->node)) {
    return refuse("choose.not_now",
                  "It is not the time for this choice: the step before it is not complete.", place);
  }
  if (auto good = check_role(decision, {node->node->chosen_by}, "choose.role", "choose this way");
      !good) {
    return good;
  }
  if (auto good = check_reason(command.reason, place); !good) return good;
  decision.emit(TransitionChosen{command.chart, command.transition, command.reason});
  decision.emit(
      TransitionFired{command.chart,
                      command.transition,
                      {},
                      {{"chosen by", decision.context().actor}, {"reason", command.reason}}});
  return {};
}

}  // namespace batchwright::workflows
