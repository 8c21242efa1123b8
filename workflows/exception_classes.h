// Every class of exception: its default severity, what it stops until somebody releases it, and who
// may. One readable table, also the test's (exception_classes_test.cpp opens each exactly once).
//
// `item` is the class of the review-by-exception taxonomy that it proves (requirement D2; Emerson's
// list of sixteen); the others are this product's own.
#pragma once

#include <array>
#include <string_view>

namespace batchwright::workflows {

struct ExceptionClass {
  std::string_view name;
  std::string_view severity;  // minor, major, critical; a reaction plan's comes first
  std::string_view blocks;    // step, operation, batch; empty = nothing by itself
  std::string_view release;   // roles; empty = nothing to release
  std::string_view item;
};

// clang-format off
inline constexpr std::array kExceptionClasses = {
  //             name                     severity    blocks   release                item
  ExceptionClass{"alert_limit",           "minor",    "",      "",                    ""},
  ExceptionClass{"action_limit",          "major",    "",      "",                    ""},
  ExceptionClass{"cpp_out_of_limits",     "major",    "",      "",                    "critical process parameter out of limits"},
  ExceptionClass{"charge_out_of_limits",  "major",    "",      "",                    "charge limits"},
  ExceptionClass{"implausible_value",     "major",    "",      "",                    ""},
  ExceptionClass{"unexpected_answer",     "major",    "",      "",                    ""},
  ExceptionClass{"equipment_not_ready",   "major",    "",      "",                    "equipment not ready"},
  ExceptionClass{"equipment_swapped",     "minor",    "",      "",                    ""},
  ExceptionClass{"material_not_usable",   "major",    "",      "",                    "expired or unapproved material"},
  ExceptionClass{"material_unspecified",  "major",    "",      "",                    "unspecified material"},
  ExceptionClass{"wip_expired",           "major",    "",      "",                    "work in process expired"},
  ExceptionClass{"hold_time_exceeded",    "major",    "",      "",                    ""},
  ExceptionClass{"time_exceeded",         "minor",    "",      "",                    ""},
  ExceptionClass{"measured_early",        "minor",    "",      "",                    ""},
  ExceptionClass{"filter_integrity",      "critical", "batch", "quality",             "filter integrity"},
  ExceptionClass{"instrument_failure",    "major",    "",      "",                    "instrument failure"},
  ExceptionClass{"manual_entry",          "minor",    "",      "",                    "integration failure, manual entry"},
  ExceptionClass{"communication_failure", "minor",    "",      "",                    "communication failure"},
  ExceptionClass{"automation_change",     "major",    "step",  "supervisor, quality", "change of an automation step"},
  ExceptionClass{"step_forced",           "major",    "",      "",                    "forced or voided step"},
  ExceptionClass{"gate_overridden",       "major",    "",      "",                    ""},
  ExceptionClass{"step_repeated",         "minor",    "",      "",                    ""},
  ExceptionClass{"out_of_specification",  "critical", "",      "",                    "out of specification"},
  ExceptionClass{"result_overdue",        "minor",    "",      "",                    ""},
  ExceptionClass{"manual_deviation",      "major",    "",      "",                    "manual deviation"},
  ExceptionClass{"annotated_step",        "minor",    "",      "",                    "annotated step"},
  ExceptionClass{"formula_error",         "major",    "",      "",                    ""},
  ExceptionClass{"correction",            "minor",    "",      "",                    ""},
  ExceptionClass{"value_invalidated",     "major",    "",      "",                    ""},
  ExceptionClass{"interruption",          "minor",    "",      "",                    ""},
  ExceptionClass{"redline",               "major",    "",      "",                    ""},
  ExceptionClass{"recipe_recalled",       "critical", "",      "",                    ""},
  ExceptionClass{"clock_untrusted",       "major",    "",      "",                    ""},
  ExceptionClass{"element_held",          "major",    "",      "",                    ""},
  ExceptionClass{"element_stopped",       "major",    "",      "",                    ""},
  ExceptionClass{"run_held",              "major",    "",      "",                    ""},
  ExceptionClass{"run_aborted",           "critical", "",      "",                    "aborted batch"},
  ExceptionClass{"conflict",              "major",    "",      "",                    ""},
  ExceptionClass{"camera_check_failed",   "minor",    "",      "",                    ""},
  ExceptionClass{"camera_check_by_people", "minor",   "",      "",                    ""},
  ExceptionClass{"camera_challenge_failed", "major",  "",      "",                    ""},
};
// clang-format on

[[nodiscard]] constexpr const ExceptionClass* find_exception_class(std::string_view name) {
  for (const ExceptionClass& known : kExceptionClasses) {
    if (known.name == name) return &known;
  }
  return nullptr;
}

}  // namespace batchwright::workflows
