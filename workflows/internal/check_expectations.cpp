// What the procedure's owner expects of the recipe, compared with what the recipe says. A change
// that breaks one of these is well-formed and still wrong.
#include <algorithm>
#include <array>
#include <set>

#include "workflows/exception_classes.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_checks.h"
#include "workflows/internal/must_precede.h"
#include "workflows/procedural_state.h"
#include "workflows/scenario_actions.h"

namespace batchwright::workflows {

namespace {

const StepContent* step_at(const CheckContext& context, const std::string& path) {
  const Element* element = context.index.element(path);
  return element != nullptr && element->step ? &*element->step : nullptr;
}

const StepContent* expected_step(const CheckContext& context, const std::string& path) {
  const StepContent* step = step_at(context, path);
  if (step == nullptr) {
    context.report.error("expect.step", element_place(path),
                         "The step is expected, but the procedure doesn't have it any more. Put it "
                         "back, or have the expectation changed by its owner.");
  }
  return step;
}

// The bound that says when a value breaks the procedure: the action limit, else the plausible one.
struct Side {
  std::optional<Decimal> Limits::*action, Limits::*hard;
  const char* name;
};
constexpr Side kLow{&Limits::action_low, &Limits::hard_low, "lower"};
constexpr Side kHigh{&Limits::action_high, &Limits::hard_high, "upper"};

bool has_formula(const Entry& entry, std::optional<Decimal> Limits::* limit) {
  return std::ranges::find(entry.limit_formulas, limit, &LimitFormula::limit) !=
         entry.limit_formulas.end();
}

void check_side(const CheckContext& context, const Entry& entry, const Side& side,
                const std::optional<Decimal>& certified, const std::string& place) {
  if (!certified || has_formula(entry, side.action)) return;  // dry-run judges what it computes
  const auto& action = entry.limits.*side.action;
  const auto& bound = action ? action : entry.limits.*side.hard;
  if (!bound) {
    context.report.error("expect.range", place,
                         "The " + std::string(side.name) + " limit is missing; " +
                             certified->to_text() + " is certified. Put a limit back.");
    return;
  }
  const bool wider = &side == &kLow ? *bound < *certified : *bound > *certified;
  if (!wider) return;
  context.report.error("expect.range", place,
                       "The " + std::string(side.name) + " limit " + bound->to_text() +
                           " is wider than the certified " + certified->to_text() +
                           ". Narrow it, or have the range certified anew.");
}

void check_range(const CheckContext& context, const Expectations::CertifiedRange& range) {
  const Entry* entry = context.index.entry(range.entry);
  if (entry == nullptr) {
    context.report.error("expect.entry", range.entry,
                         "A certified range stands for this entry, but it isn't there any more.");
    return;
  }
  if (entry->unit != range.unit) {
    context.report.error("expect.unit", range.entry,
                         "The unit is \"" + entry->unit + "\"; the certified range is in \"" +
                             range.unit + "\". Correct the unit.");
    return;
  }
  if (!range.low && !range.high) {
    context.report.error("expect.range", range.entry, "The certified range has no bound.");
  }
  check_side(context, *entry, kLow, range.low, range.entry);
  check_side(context, *entry, kHigh, range.high, range.entry);
}

void check_precedence(const CheckContext& context, const Expectations::Precedence& expected) {
  const bool known = expected_step(context, expected.first) != nullptr;
  if (expected_step(context, expected.then) == nullptr || !known) return;
  if (must_precede(context.mbr, expected.first, expected.then)) return;
  context.report.error("expect.precedes", element_place(expected.then),
                       "The step \"" + expected.first +
                           "\" must be complete on every way before this one begins. Correct the "
                           "chart.");
}

void check_independence(const CheckContext& context, const Expectations::Independence& expected) {
  const StepContent* step = expected_step(context, expected.step);
  if (step == nullptr) return;
  // One that a camera may stand in for is not another person for certain.
  const bool found = std::ranges::any_of(step->signatures, [&](const SignatureRule& rule) {
    return rule.meaning == expected.meaning && rule.other_person && !rule.camera;
  });
  if (found) return;
  context.report.error("expect.independent", element_place(expected.step),
                       "The signature \"" + expected.meaning +
                           "\" must be of another person. Put it back with other_person.");
}

void check_required(const CheckContext& context, const Expectations::Required& expected) {
  const StepContent* step = expected_step(context, expected.step);
  if (step == nullptr) return;
  const std::string place = element_place(expected.step);
  const auto missing = [&](const char* code, const std::string& what) {
    context.report.error(code, place, what + " is required here, but is not there any more.");
  };
  for (const std::string& id : expected.entries) {
    const auto found = std::ranges::find(step->entries, id, &Entry::id);
    if (found == step->entries.end() || !found->required) {
      missing("expect.entry", "The entry \"" + id + "\"");
    }
  }
  for (const std::string& id : expected.gates) {
    if (std::ranges::find(step->gates, id, &Gate::id) == step->gates.end()) {
      missing("expect.gate", "The gate \"" + id + "\"");
    }
  }
  for (const std::string& meaning : expected.signatures) {
    if (std::ranges::find(step->signatures, meaning, &SignatureRule::meaning) ==
        step->signatures.end()) {
      missing("expect.signature", "The signature \"" + meaning + "\"");
    }
  }
}

void check_event(const CheckContext& context, const ScenarioEvent& event,
                 const std::string& place) {
  const ScenarioAction* action = find_scenario_action(event.action);
  if (action == nullptr) {
    context.report.error(
        "scenario.action", place,
        "The action \"" + event.action + "\" is not known. docs/formats/mbr.md lists them.");
    return;
  }
  if (action->needs_step && step_at(context, event.step) == nullptr) {
    context.report.error("scenario.step", place,
                         "\"" + event.step + "\" is no step. Give the full path of one.");
    return;
  }
  if (!action->needs_entry) return;
  const bool elsewhere = event.entry.find(':') != std::string::npos;
  const std::string name = elsewhere ? event.entry : entry_place(event.step, event.entry);
  if (context.index.entry(name) == nullptr) {
    context.report.error("scenario.entry", place, "There is no entry \"" + name + "\".");
  }
}

void check_scenarios(const CheckContext& context) {
  std::set<std::string_view> seen;
  for (const Scenario& scenario : context.mbr.expectations.scenarios) {
    const std::string place = "scenario " + scenario.id;
    if (!seen.insert(scenario.id).second) {
      context.report.error("scenario.duplicate", place, "Two scenarios have this id. Rename one.");
    }
    for (const ScenarioEvent& event : scenario.events) check_event(context, event, place);
    for (const std::string& name : scenario.exceptions) {
      const std::size_t blank = std::min(name.find(' '), name.size());  // "class severity"
      if (find_exception_class(std::string_view(name).substr(0, blank)) != nullptr) continue;
      context.report.error("scenario.exception", place,
                           "There is no exception class \"" + name + "\".");
    }
    const auto ends = procedural_state_from_text(scenario.ends);
    if (!ends) {
      context.report.error("scenario.ends", place,
                           "\"" + scenario.ends + "\" is no state of a run.");
    }
  }
}

}  // namespace

void check_expectations(const CheckContext& context) {
  const Expectations& expectations = context.mbr.expectations;
  for (const auto& range : expectations.ranges) check_range(context, range);
  for (const auto& precedence : expectations.precedes) check_precedence(context, precedence);
  for (const auto& independence : expectations.independent) {
    check_independence(context, independence);
  }
  for (const auto& required : expectations.required) check_required(context, required);
  check_scenarios(context);
}

}  // namespace batchwright::workflows
