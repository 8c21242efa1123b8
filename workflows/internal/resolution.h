// The author's answers to an import's findings, FILE.resolve.toml (docs/formats/resolve.md), keyed
// by source id.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "workflows/internal/report.h"

namespace batchwright::workflows {

class Resolution {
 public:
  // Wrong or unknown keys are findings; a text that is not TOML is one finding and gives no
  // answers.
  [[nodiscard]] static Resolution read(std::string_view toml, Report& report);

  // Each look-up marks the answer as used.
  [[nodiscard]] std::optional<std::string> condition(const std::string& transition);
  [[nodiscard]] bool removes_transition(const std::string& transition);
  [[nodiscard]] bool removes_link(const std::string& link);
  [[nodiscard]] std::optional<std::string> unit(const std::string& source_unit);
  [[nodiscard]] bool empty_means_previous_complete();

  // ID of the master recipe to take; empty when not stated.
  [[nodiscard]] const std::string& recipe() const { return recipe_; }

  // One error per answer that matched nothing.
  void report_unused(Report& report) const;

 private:
  friend class ResolutionReader;

  struct Answer {
    std::string value;  // empty for a removal
    bool used = false;
  };
  using Answers = std::map<std::string, Answer, std::less<>>;

  static std::optional<std::string> take(Answers& answers, std::string_view key);

  Answers conditions_, removed_transitions_, removed_links_, units_;
  std::string recipe_;
  bool previous_complete_ = false, previous_complete_used_ = false;
};

}  // namespace batchwright::workflows
