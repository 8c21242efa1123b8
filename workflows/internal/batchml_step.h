// From a BatchML element without logic to what one screen shows: parameters become instruction
// lines and entries.
#pragma once

#include <map>
#include <set>
#include <string>

#include "workflows/internal/batchml_source.h"
#include "workflows/internal/resolution.h"
#include "workflows/mbr.h"

namespace batchwright::workflows {

class BatchmlStepMaker {
 public:
  BatchmlStepMaker(const BatchmlRecipe& recipe, Resolution& resolution, Report& report);

  // `place` is the element's, for findings.
  [[nodiscard]] StepContent make(const BatchmlElement& element, const std::string& place);

  // The formula's parameters as named values of the MBR.
  [[nodiscard]] std::vector<Parameter> formula();

  // One finding for all parameters that say nothing, once, at the end.
  void report_empty_parameters();

 private:
  struct Making {
    StepContent step;
    std::string instruction, place;
  };

  void add_parameter(const BatchmlParameter& given, Making& making);
  void add_quantity(const BatchmlParameter& parameter, Making& making, const std::string& place);
  void add_enumeration(const BatchmlParameter& parameter, Making& making, const std::string& place);
  void add_line(Making& making, const std::string& text, const std::string& place);
  Entry& add_entry(Making& making, EntryKind kind, const BatchmlParameter& parameter,
                   const std::string& title, const std::string& place);

  // The unit's symbol, empty for none; nothing when it isn't known.
  [[nodiscard]] std::optional<std::string> unit(const std::string& source);
  [[nodiscard]] const BatchmlParameter* with_formula(const BatchmlParameter* parameter) const;
  [[nodiscard]] std::string clean(const std::string& text, const std::string& place);

  const BatchmlRecipe& recipe_;
  Resolution& resolution_;
  Report& report_;
  std::map<std::string, const BatchmlParameter*, std::less<>> formula_;
  std::map<std::string, const BatchmlEnumerationSet*, std::less<>> sets_;
  int empty_parameters_ = 0;
};

// A text for people from a foreign file: checked, with a finding and a cut when it can't be shown
// as it is.
[[nodiscard]] std::string presentable(std::string text, const std::string& place, Report& report);

// Ids that are used already, among siblings.
struct TakenIds {
  std::set<std::string, std::less<>> ids;
  int last_number = 1;
};

// `wanted` while it is free, else wanted-2, wanted-3, ... with numbers that are shared by all ids
// of `taken`, which learns the new one. At most `bytes_max` long.
[[nodiscard]] std::string free_id(const std::string& wanted, std::size_t bytes_max,
                                  TakenIds& taken);

}  // namespace batchwright::workflows
