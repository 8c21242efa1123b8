#include "vision/checks/layout.h"

#include "vision/internal/check_reader.h"

namespace batchwright::vision {

LayoutCheck read_layout_rule(const ObjectReader& json, const Check&) {
  json.report("rule", "This kind of check is not built yet.");
  return {};
}

Json to_json(const LayoutCheck&) {
  return Json::object();
}

}  // namespace batchwright::vision
