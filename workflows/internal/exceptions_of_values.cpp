#include "workflows/internal/exceptions_of_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace batchwright::workflows {
namespace {

struct Kind {
  const char* verdict;
  const char* exception_class;
  const char* words;
};

constexpr std::array kKinds = {
    Kind{verdict::kAlert, "alert_limit", "outside the alert limits"},
    Kind{verdict::kAction, "action_limit", "outside the action limits"},
    Kind{verdict::kImplausible, "implausible_value", "outside what is plausible"},
    Kind{verdict::kUnexpected, "unexpected_answer", "not the expected answer"},
};

// What the caller knows comes first, then the author's word, then what kind of parameter it is.
std::string class_of(const Entry& entry, const Kind& kind, const std::string& exception_class) {
  if (!exception_class.empty()) return exception_class;
  if (needs_reaction(kind.verdict) && !entry.exception_class.empty()) return entry.exception_class;
  const bool critical = entry.criticality == "CPP" && kind.verdict == verdict::kAction;
  return critical ? "cpp_out_of_limits" : kind.exception_class;
}

// What identifies equipment or material says itself why it may not be used.
std::string words_of(const Entry& entry, const ReportedValue& value, const char* words) {
  const std::string title = english(entry.title, entry.id);
  if (!entry.identifies.empty()) return fmt::format("{}: {}.", title, value.limit);
  return fmt::format("{}: {}{}{} is {} ({}).", title, value.value, entry.unit.empty() ? "" : " ",
                     entry.unit, words, value.limit);
}

}  // namespace

void open_value_exception(Decision& decision, const Entry& entry, const ReportedValue& value,
                          const std::string& step, const std::string& exception_class) {
  const auto kind = std::ranges::find(kKinds, value.verdict, &Kind::verdict);
  if (kind == kKinds.end()) return;
  const bool planned = needs_reaction(value.verdict);
  decision.open_exception({.exception_class = class_of(entry, *kind, exception_class),
                           .entry = entry.id,
                           .value = value.value,
                           .limit = value.limit,
                           .plan = planned ? entry.reaction_plan : "",
                           .message = words_of(entry, value, kind->words)},
                          step);
}

}  // namespace batchwright::workflows
