#include "vision/checks/lamps.h"

#include "vision/internal/check_reader.h"

namespace batchwright::vision {

LampsCheck read_lamps_rule(const ObjectReader& json, const Check&) {
  json.report("rule", "This kind of check is not built yet.");
  return {};
}

Json to_json(const LampsCheck&) {
  return Json::object();
}

}  // namespace batchwright::vision
