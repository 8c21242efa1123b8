// What the procedure needs and promises as a whole: equipment, materials, times between steps, and
// what reaction plans stop and whom they call later.
#include <algorithm>
#include <set>

#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_checks.h"
#include "workflows/internal/names.h"

namespace batchwright::workflows {

namespace {

void check_id(const CheckContext& context, const std::string& id, const std::string& place,
              std::set<std::string_view>& seen, std::string_view what) {
  if (!is_slug(id)) {
    context.report.error("id.invalid", place, "Use letters, digits, _, - and . only for this id.");
  }
  if (!seen.insert(id).second) {
    context.report.error(std::string(what) + ".duplicate", place,
                         "This id is used twice. Rename one.");
  }
}

// One entry can identify either, so their ids are one set.
void check_needs(const CheckContext& context) {
  std::set<std::string_view> seen;
  for (const EquipmentRequirement& needed : context.mbr.equipment) {
    const std::string place = "equipment " + needed.id;
    check_id(context, needed.id, place, seen, "requirement");
    check_words(context, needed.title, place, "title");
    if (needed.equipment_class.empty()) {
      context.report.error("requirement.class", place,
                           "The class of the equipment is missing. Give it.");
    }
  }
  for (const MaterialRequirement& needed : context.mbr.materials) {
    const std::string place = "material " + needed.id;
    check_id(context, needed.id, place, seen, "requirement");
    check_words(context, needed.title, place, "title");
    if (needed.item.empty()) {
      context.report.error("requirement.item", place,
                           "The item number of the material is missing. Give it.");
    }
  }
}

void check_ends(const CheckContext& context, const TimeLimit& limit, const std::string& place) {
  for (const std::string* path : {&limit.from, &limit.to}) {
    const Element* element = context.index.element(*path);
    if (element != nullptr && element->step) continue;
    context.report.error("time_limit.step", place,
                         "\"" + *path + "\" is no step. Give the full path of one.");
  }
  if (limit.from == limit.to) {
    context.report.error("time_limit.step", place,
                         "It begins and ends at the same step. Use the step's own times.");
  }
}

void check_time_limits(const CheckContext& context) {
  std::set<std::string_view> seen;
  for (const TimeLimit& limit : context.mbr.time_limits) {
    const std::string place = "time limit " + limit.id;
    check_id(context, limit.id, place, seen, "time_limit");
    check_words(context, limit.title, place, "title");
    check_ends(context, limit, place);
    if (limit.minimum_s < 0 || limit.maximum_s < 0 ||
        (limit.maximum_s > 0 && limit.minimum_s > limit.maximum_s)) {
      context.report.error("time_limit.range", place,
                           "The minimum is longer than the maximum, or a time is negative.");
    }
    if (limit.minimum_s == 0 && limit.maximum_s == 0) {
      context.report.error("time_limit.range", place,
                           "It limits nothing. Give a minimum or a maximum.");
    }
    if (!limit.reaction_plan.empty() && context.index.plan(limit.reaction_plan) == nullptr) {
      context.report.error("plan.unknown", place,
                           "There is no reaction plan \"" + limit.reaction_plan +
                               "\". Add it to reaction_plans or correct the id.");
    }
  }
}

void check_escalation(const CheckContext& context, const ReactionPlan& plan,
                      const std::string& place) {
  const bool named = !plan.escalate_severity.empty() || !plan.escalate_role.empty();
  if (plan.escalate_after_s <= 0) {
    if (named) {
      context.report.error("plan.escalate", place,
                           "The plan escalates, but not when. Give escalate_after_s.");
    }
    return;
  }
  if (std::ranges::find(kSeverities, plan.escalate_severity) == kSeverities.end()) {
    context.report.error("plan.escalate", place,
                         "escalate_severity must be minor, major or critical.");
  }
  if (plan.escalate_role.empty()) {
    context.report.error("plan.escalate", place,
                         "The plan escalates to nobody. Name the role in escalate_role.");
  }
}

void check_plan_holds(const CheckContext& context) {
  for (const ReactionPlan& plan : context.mbr.reaction_plans) {
    const std::string place = "plan " + plan.id;
    const bool stops = plan.holds || plan.remeasure_max > 0;
    if (plan.hold_level != HoldLevel::kStep && !stops) {
      context.report.error("plan.hold_level", place,
                           "The plan never holds, so it can't hold more than the step. Set holds "
                           "or remove hold_level.");
    }
    if (plan.hold_max_s != 0 && plan.hold_level != HoldLevel::kBatch) {
      context.report.error("plan.hold_max", place,
                           "Only a hold of the batch has a maximum time. Remove hold_max_s or set "
                           "hold_level to batch.");
    }
    check_escalation(context, plan, place);
  }
}

}  // namespace

void check_requirements(const CheckContext& context) {
  check_needs(context);
  check_time_limits(context);
  check_plan_holds(context);
}

}  // namespace batchwright::workflows
