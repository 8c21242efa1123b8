// A finding is one remark about an input: a recipe, a record, a file. Checks return all of them at
// once.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace batchwright {

enum class Severity { kInfo, kWarning, kError };

struct Finding {
  Severity severity = Severity::kError;
  std::string code;     // stable and machine-readable, e.g. "transition.condition.empty"
  std::string place;    // where: element path, source id, line number
  std::string message;  // one sentence for a person
};

using Findings = std::vector<Finding>;

// True when at least one finding is an error, that is, when the input cannot be used as it is.
[[nodiscard]] inline bool has_errors(const Findings& findings) {
  return std::ranges::any_of(findings,
                             [](const Finding& f) { return f.severity == Severity::kError; });
}

[[nodiscard]] constexpr const char* to_string(Severity severity) {
  switch (severity) {
    case Severity::kInfo: return "info";
    case Severity::kWarning: return "warning";
    case Severity::kError: return "error";
  }
  return "error";
}

}  // namespace batchwright
