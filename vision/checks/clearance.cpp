#include "vision/checks/clearance.h"

#include "vision/internal/check_reader.h"

namespace batchwright::vision {

ClearanceCheck read_clearance_rule(const ObjectReader& json, const Check&) {
  json.report("rule", "This kind of check is not built yet.");
  return {};
}

Json to_json(const ClearanceCheck&) {
  return Json::object();
}

}  // namespace batchwright::vision
