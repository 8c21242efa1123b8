#include "vision/checks/gauge.h"

#include "vision/internal/check_reader.h"

namespace batchwright::vision {

GaugeCheck read_gauge_rule(const ObjectReader& json, const Check&) {
  json.report("rule", "This kind of check is not built yet.");
  return {};
}

Json to_json(const GaugeCheck&) {
  return Json::object();
}

}  // namespace batchwright::vision
