#include "workflows/internal/blockers.h"

#include "workflows/releasing.h"

namespace batchwright::workflows {

bool blocks_element(const RunIndex& index, const ExceptionState& exception,
                    const std::string& element) {
  if (element.empty()) return blocks_batch(exception);
  const std::string path = exception.step.substr(0, exception.step.rfind('#'));
  return exception.blocks == "operation" && !exception.released &&
         index.operation_of(path) == element;
}

const ExceptionState* blocker_of(const StateEdit& state, const std::string& element) {
  return state.newest_exception([&](const ExceptionState& exception) {
    return blocks_element(state.index(), exception, element);
  });
}

const ExceptionState* blocker_of(const RunState& run, const std::string& element) {
  for (auto id = run.exception_order.rbegin(); id != run.exception_order.rend(); ++id) {
    const ExceptionState& exception = run.exceptions.at(*id);
    if (blocks_element(*run.index, exception, element)) return &exception;
  }
  return nullptr;
}

}  // namespace batchwright::workflows
