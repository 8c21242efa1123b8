// Turns the JSON of docs/formats/mbr.md into the model. One reader per document; findings go to its
// report.
#pragma once

#include "workflows/internal/chart_builder.h"
#include "workflows/internal/json_object.h"

namespace batchwright::workflows {

// A step's own keys: entries, signatures, durations.
[[nodiscard]] StepContent read_step_content(JsonObject& object);

class ElementReader {
 public:
  explicit ElementReader(Report& report) : report_(report) {}

  // `depth` 0 is the root. A step or a group with everything below it.
  [[nodiscard]] Element read(const Json& json, const JsonPlace& place, int depth);

 private:
  void read_group(JsonObject& object, Element& element, int depth);
  void read_sequence(const Json& items, const JsonPlace& place, Element& parent, int depth);
  void read_chart(const Json& json, const JsonPlace& place, Element& parent);
  [[nodiscard]] Node read_node(const Json& json, const JsonPlace& place);

  Report& report_;
  int elements_ = 0;
};

}  // namespace batchwright::workflows
