// What must hold before a step, what it does to equipment and room, and whose values it acts on.
#include <algorithm>
#include <set>

#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_checks.h"

namespace batchwright::workflows {

namespace {

bool is_step(const CheckContext& context, const std::string& path) {
  const Element* element = context.index.element(path);
  return element != nullptr && element->step;
}

void check_subject(const CheckContext& context, const Gate& gate, std::string_view path,
                   const std::string& place) {
  if (gate.subject.empty()) {
    context.report.error("gate.subject", place,
                         "The gate names nothing to look at. Give its subject.");
    return;
  }
  const bool of_step = gate.kind == Gate::Kind::kStep || gate.kind == Gate::Kind::kTimeWindow;
  if (of_step && !is_step(context, gate.subject)) {
    context.report.error("gate.subject", place,
                         "There is no step with the path \"" + gate.subject + "\".");
  } else if (gate.kind == Gate::Kind::kStep && gate.subject == path) {
    context.report.error("gate.subject", place,
                         "The step waits for itself and could never begin. Name another one.");
  }
  if (gate.kind == Gate::Kind::kEquipment && context.mbr.find_equipment(gate.subject) == nullptr) {
    context.report.error("gate.subject", place,
                         "There is no equipment requirement \"" + gate.subject +
                             "\". Add it to equipment or correct the id.");
  }
  if (gate.kind == Gate::Kind::kMaterial && context.mbr.find_material(gate.subject) == nullptr) {
    context.report.error("gate.subject", place,
                         "There is no material requirement \"" + gate.subject +
                             "\". Add it to materials or correct the id.");
  }
}

void check_times_of(const CheckContext& context, const Gate& gate, const std::string& place) {
  if (gate.minimum_s < 0 || gate.maximum_s < 0) {
    context.report.error("gate.time", place, "A time of this gate is negative.");
  }
  if (gate.maximum_s > 0 && gate.minimum_s > gate.maximum_s) {
    context.report.error("gate.time", place,
                         "The minimum time is longer than the maximum. Correct one.");
  }
  const bool is_window = gate.kind == Gate::Kind::kTimeWindow;
  if (is_window && gate.minimum_s == 0 && gate.maximum_s == 0) {
    context.report.error("gate.time", place,
                         "A time window needs a minimum or a maximum. Give one.");
  }
  const bool unused =
      gate.minimum_s != 0 || (gate.maximum_s != 0 && gate.kind != Gate::Kind::kRoom);
  if (!is_window && unused) {
    context.report.error("gate.time", place,
                         "This kind of gate looks at no such time. Remove it, or make the gate a "
                         "time window.");
  }
}

void check_gate(const CheckContext& context, const Gate& gate, std::string_view path,
                const std::string& place) {
  if (!is_slug(gate.id)) {
    context.report.error("id.invalid", place,
                         "Use letters, digits, _, - and . only for a gate's id.");
  }
  if (gate.kind == Gate::Kind::kCondition) {
    if (gate.condition) {
      check_expression(context, *gate.condition, ExpressionUse::kCondition, place);
    } else {
      context.report.error("gate.condition", place, "The gate has no condition. Write one.");
    }
  } else {
    check_subject(context, gate, path, place);
  }
  check_times_of(context, gate, place);
  check_words(context, gate.remedy, place, "remedy");
}

void check_effects(const CheckContext& context, const StepContent& step, std::string_view path) {
  for (const Effect& effect : step.effects) {
    const std::string place = element_place(path) + " effect " + effect.subject;
    if (effect.subject.empty()) {
      context.report.error("effect.subject", place,
                           "The effect names neither equipment nor room. Name one.");
    }
    if (std::ranges::count(step.effects, effect.subject, &Effect::subject) > 1) {
      context.report.error("effect.duplicate", place,
                           "The step says twice what becomes of this. Keep one.");
    }
  }
}

void check_relies_on(const CheckContext& context, const StepContent& step, std::string_view path) {
  std::set<std::string_view> seen;
  for (const std::string& other : step.relies_on) {
    const std::string place = element_place(path);
    if (!is_step(context, other)) {
      context.report.error("relies_on.unknown", place,
                           "It relies on \"" + other + "\", which is no step. Correct the path.");
    } else if (other == path) {
      context.report.error("relies_on.itself", place,
                           "The step relies on itself. Name the step whose values it acts on.");
    }
    if (!seen.insert(other).second) {
      context.report.error("relies_on.duplicate", place,
                           "It relies twice on \"" + other + "\". Keep one.");
    }
  }
}

}  // namespace

void check_gates(const CheckContext& context, const StepContent& step, std::string_view path) {
  std::set<std::string_view> seen;
  for (const Gate& gate : step.gates) {
    const std::string place = element_place(path) + " gate " + gate.id;
    if (!seen.insert(gate.id).second) {
      context.report.error("gate.duplicate", place,
                           "Two gates of this step have this id. Rename one.");
    }
    check_gate(context, gate, path, place);
  }
  check_effects(context, step, path);
  check_relies_on(context, step, path);
}

}  // namespace batchwright::workflows
