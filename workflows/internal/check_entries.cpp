#include <algorithm>
#include <set>

#include "base/unit_scale.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_checks.h"

namespace batchwright::workflows {

namespace {

bool is_numeric(const Entry& entry) {
  return entry.kind == EntryKind::kDecimal || entry.kind == EntryKind::kComputed;
}

// hard_low <= action_low <= alert_low <= target <= alert_high <= action_high <= hard_high, of those
// that are given.
void check_limit_order(const CheckContext& context, const Entry& entry, const std::string& place) {
  const Limits& limits = entry.limits;
  const std::pair<const char*, const std::optional<Decimal>*> order[] = {
      {"hard low", &limits.hard_low},     {"action low", &limits.action_low},
      {"alert low", &limits.alert_low},   {"target", &limits.target},
      {"alert high", &limits.alert_high}, {"action high", &limits.action_high},
      {"hard high", &limits.hard_high}};
  const std::pair<const char*, const std::optional<Decimal>*>* before = nullptr;
  for (const auto& limit : order) {
    if (!*limit.second) continue;
    if (before != nullptr && **before->second > **limit.second) {
      context.report.error("limit.order", place,
                           std::string(before->first) + " (" + (*before->second)->to_text() +
                               ") is above " + limit.first + " (" + (*limit.second)->to_text() +
                               "). Correct one of them.");
    }
    if (limit.second != &limits.target && (*limit.second)->places() > entry.places &&
        (*limit.second)->rounded(entry.places, Rounding::kDown) != **limit.second) {
      context.report.warning(
          "limit.places", place,
          std::string(limit.first) +
              " has more decimals than the reported value, which is what is compared.");
    }
    before = &limit;
  }
}

bool has_limits(const Limits& limits) {
  return limits.target || limits.alert_low || limits.alert_high || limits.action_low ||
         limits.action_high || limits.hard_low || limits.hard_high;
}

void check_number(const CheckContext& context, const Entry& entry, const std::string& place) {
  if (!is_numeric(entry)) {
    if (!entry.unit.empty() || has_limits(entry.limits)) {
      context.report.error("entry.unit_without_number", place,
                           "Unit and limits belong to decimal and computed entries only.");
    }
    return;
  }
  if (!parse_unit(entry.unit)) {
    context.report.error("unit.unknown", place,
                         "The unit \"" + entry.unit + "\" is not known. Use a known one.");
  }
  check_limit_order(context, entry, place);
  const bool judged = entry.limits.action_low || entry.limits.action_high;
  if (judged && entry.reaction_plan.empty()) {
    context.report.info("entry.plan.missing", place,
                        "Action limits without a reaction plan: the operator will be told of "
                        "the exception, but not what to do.");
  }
}

void check_choices(const CheckContext& context, const Entry& entry, const std::string& place) {
  if (entry.kind != EntryKind::kChoice) return;
  if (entry.choices.empty()) {
    context.report.error("entry.choices", place, "There is nothing to choose from. Add choices.");
  }
  std::set<std::string_view> seen;
  for (const std::string& choice : entry.choices) {
    if (choice.empty() || !seen.insert(choice).second) {
      context.report.error("entry.choices", place, "A choice is empty or listed twice.");
    }
  }
}

void check_entry(const CheckContext& context, const Entry& entry, const std::string& place) {
  if (!is_slug(entry.id)) {
    context.report.error("id.invalid", place,
                         "Use letters, digits, _, - and . only for an entry's id.");
  }
  check_words(context, entry.title, place, "title");
  check_number(context, entry, place);
  check_choices(context, entry, place);
  if (entry.kind == EntryKind::kComputed && !entry.formula) {
    context.report.error("entry.formula.missing", place,
                         "A computed entry needs a formula. Add it.");
  }
  if (entry.formula) {
    check_expression(context, *entry.formula, ExpressionUse::kFormula, place, entry.unit);
  }
  if (!entry.reaction_plan.empty() && context.index.plan(entry.reaction_plan) == nullptr) {
    context.report.error("plan.unknown", place,
                         "There is no reaction plan \"" + entry.reaction_plan +
                             "\". Add it to reaction_plans or correct the id.");
  }
}

}  // namespace

void check_entries(const CheckContext& context, const StepContent& step, std::string_view path) {
  std::set<std::string_view> seen;
  for (const Entry& entry : step.entries) {
    const std::string place = entry_place(path, entry.id);
    if (!seen.insert(entry.id).second) {
      context.report.error("entry.duplicate", place,
                           "Two entries of this step have this id. Rename one.");
    }
    check_entry(context, entry, place);
  }
}

}  // namespace batchwright::workflows
