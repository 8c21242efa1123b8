// What a BatchML file says, before it is judged: master recipe, elements, logic, parameters,
// enumeration sets. Names of elements by local name only, order of tags as it comes.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "base/error.h"
#include "workflows/batchml.h"
#include "workflows/internal/report.h"
#include "workflows/internal/xml.h"

namespace batchwright::workflows {

struct BatchmlLink {
  std::string id, type;
  std::vector<std::string> from, to;
  int order = 0;  // EvaluationOrder; 0 when absent
  int line = 0;

  [[nodiscard]] bool is_bar() const;      // ...Divergent, ...Convergent
  [[nodiscard]] bool is_control() const;  // ControlLink, or ends without a type
};

struct BatchmlStep {
  std::string id, element, description;
  int line = 0;
};

struct BatchmlTransition {
  std::string id, condition;
  int line = 0;
};

struct BatchmlParameter {
  std::string id, description, type, sub_type, value, data_type, unit, enumeration;
  bool has_value = false;  // a Value element, even an empty one
  int line = 0;

  [[nodiscard]] bool is_empty() const;  // says nothing at all besides its id
};

struct BatchmlElement {
  std::string id, type;
  std::vector<std::string> descriptions;  // not empty ones, in order
  std::vector<std::string> equipment;
  std::vector<BatchmlParameter> parameters;
  std::vector<BatchmlLink> links;
  std::vector<BatchmlStep> steps;
  std::vector<BatchmlTransition> transitions;
  std::vector<BatchmlElement> elements;
  int equipment_requirements = 0;
  int line = 0;

  [[nodiscard]] bool is_type(std::string_view name) const;  // case folded
  [[nodiscard]] bool has_logic() const { return !steps.empty(); }
};

struct BatchmlEnumerationSet {
  std::string id;
  std::vector<std::string> values;         // each once
  std::unordered_set<std::string> folded;  // for comparing
};

struct BatchmlRecipe {
  std::string name_space, id, version, product_id, product_name;
  std::string batch_size, batch_size_unit;
  BatchmlElement
      procedure;  // descriptions, formula parameters and logic of the master recipe itself
  std::vector<BatchmlEnumerationSet> enumeration_sets;
  ImportCounts counts;
};

// `recipe_id` chooses among several master recipes; empty takes the only one. kMalformed without a
// MasterRecipe.
[[nodiscard]] Result<BatchmlRecipe> read_batchml_source(const XmlElement& root,
                                                        const std::string& recipe_id,
                                                        Report& report);

}  // namespace batchwright::workflows
