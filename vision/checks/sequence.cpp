#include "vision/checks/sequence.h"

#include "vision/internal/check_reader.h"

namespace batchwright::vision {

SequenceCheck read_sequence_rule(const ObjectReader& json, const Check&) {
  json.report("rule", "This kind of check is not built yet.");
  return {};
}

Json to_json(const SequenceCheck&) {
  return Json::object();
}

}  // namespace batchwright::vision
