#include "vision/engine/rules/rule.h"

namespace batchwright::vision {

Result<std::unique_ptr<Rule>> make_gauge_rule(const Check&) {
  return fail(ErrorCode::kUnsupported, "This kind of check is not built yet.");
}

}  // namespace batchwright::vision
