// From what a person typed to the value of the record, and what the MBR's limits say about it.
// Pure.
#pragma once

#include <string>
#include <string_view>

#include "workflows/mbr.h"

namespace batchwright::workflows {

namespace verdict {
inline constexpr const char* kNone = "none";  // the entry has no limits
inline constexpr const char* kOk = "ok";
inline constexpr const char* kAlert = "alert";
inline constexpr const char* kAction = "action";
inline constexpr const char* kImplausible = "implausible";
inline constexpr const char* kUnexpected = "unexpected";
inline constexpr const char* kByPeople = "by_people";  // a camera check that people decided
}  // namespace verdict

struct ReportedValue {
  std::string value;    // as reported: decimals rounded to the entry's places
  std::string verdict;  // one of the above
  std::string limit;  // the broken one in words, e.g. "24.0 to 26.0 °C"; empty when none is broken
};

// Out of limits is a verdict, never an error. kMalformed only for what is not a value of that kind
// and format; the message says what to type instead. Computed entries have no typed value.
[[nodiscard]] Result<ReportedValue> read_entry_value(const Entry& entry, std::string_view raw);

// Rounds `exact` to the entry's places and judges the rounded value; bounds are inclusive.
// kMalformed when the reported value needs more than 34 digits.
[[nodiscard]] Result<ReportedValue> report_decimal(const Entry& entry, const Decimal& exact);

// action, implausible and unexpected: what a reaction plan answers.
[[nodiscard]] bool needs_reaction(std::string_view verdict);

}  // namespace batchwright::workflows
