#include "vision/checks/clearance.h"

#include "vision/internal/check_reader.h"

namespace batchwright::vision {

ClearanceCheck read_clearance_rule(const ObjectReader& json, const Check& check) {
  json.only({"cleared_reference", "object_px_min", "contrast_min"});
  ClearanceCheck rule;
  if (!check.station) json.report("station", "A line clearance needs a station with tags.");
  if (check.regions.empty() && !json.is_draft())
    json.report("regions", "At least one region must be judged.");
  rule.cleared_reference = json.text("cleared_reference");
  expect_reference(json, "cleared_reference", check, rule.cleared_reference);
  rule.object_px_min = json.whole_or("object_px_min", rule.object_px_min, 8, 500);
  rule.contrast_min = json.number_or("contrast_min", rule.contrast_min, 10, 128);
  return rule;
}

Json to_json(const ClearanceCheck& rule) {
  return {{"cleared_reference", rule.cleared_reference},
          {"object_px_min", rule.object_px_min},
          {"contrast_min", rule.contrast_min}};
}

}  // namespace batchwright::vision
