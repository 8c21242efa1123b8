#include "vision/checks/display.h"

#include "vision/internal/check_reader.h"

namespace batchwright::vision {

DisplayCheck read_display_rule(const ObjectReader& json, const Check&) {
  json.report("rule", "This kind of check is not built yet.");
  return {};
}

Json to_json(const DisplayCheck&) {
  return Json::object();
}

}  // namespace batchwright::vision
