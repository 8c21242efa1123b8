// Commands about exceptions: comment one, report one.
#include <algorithm>
#include <array>

#include "workflows/internal/decision.h"

namespace batchwright::workflows {

Checked decide_command(Decision& decision, const CommentException& command) {
  const ExceptionState* exception = decision.state().exception(command.exception);
  if (exception == nullptr) {
    return refuse("exception.unknown", "There is no such exception. Choose one of the list.",
                  command.exception);
  }
  if (auto good = check_reason(command.text, exception->step); !good) return good;
  const std::string step = exception->step;
  decision.emit(ExceptionCommented{command.exception, command.text}, step);
  return {};
}

Checked decide_command(Decision& decision, const ReportDeviation& command) {
  if (!command.step.empty()) {
    if (const auto step = find_step(decision, command.step); !step) {
      return std::unexpected(step.error());
    }
  }
  if (auto good = check_reason(command.text, command.step); !good) return good;
  decision.open_exception({.exception_class = "manual_deviation", .message = command.text},
                          command.step);
  return {};
}

Checked decide_command(Decision& decision, const AnnotateStep& command) {
  const auto step = find_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  if (auto good = check_reason(command.text, command.step); !good) return good;
  decision.open_exception({.exception_class = "annotated_step", .message = command.text},
                          command.step);
  return {};
}

Checked decide_command(Decision& decision, const ReportFailure& command) {
  constexpr std::array<std::string_view, 3> kByDevices = {
      "instrument_failure", "communication_failure", "automation_change"};
  if (std::ranges::find(kByDevices, command.exception_class) == kByDevices.end()) {
    return refuse("failure.class", "Only failures of devices are reported so.", command.step);
  }
  if (!command.step.empty()) {
    if (const auto step = find_step(decision, command.step); !step) {
      return std::unexpected(step.error());
    }
  }
  if (auto good = check_reason(command.text, command.step); !good) return good;
  decision.open_exception({.exception_class = command.exception_class, .message = command.text},
                          command.step);
  return {};
}

}  // namespace batchwright::workflows
