#include "workflows/internal/gates.h"

#include <fmt/format.h>

#include <algorithm>

#include "workflows/internal/run_values.h"
#include "workflows/releasing.h"

namespace batchwright::workflows {
namespace {

constexpr std::int64_t kOverrideValidMs = 15 * 60 * 1000;

// Why a gate doesn't hold; empty when it does.
using Why = std::string;

struct Now {
  std::int64_t unix_ms, uncertainty_ms;
  // The worst case: an instant in the past lies as far back, one ahead is as near, as can be.
  [[nodiscard]] bool is_past(std::int64_t instant) const {
    return unix_ms + uncertainty_ms >= instant;
  }
  [[nodiscard]] std::int64_t longest_since(std::int64_t instant) const {
    return unix_ms + uncertainty_ms - instant;
  }
  [[nodiscard]] std::int64_t shortest_since(std::int64_t instant) const {
    return unix_ms - uncertainty_ms - instant;
  }
};

Now now_of(const Decision& decision) {
  return {decision.context().now.unix_ms, decision.context().clock_uncertainty_ms};
}

Why training_gate(const Decision& decision, const Gate& gate) {
  const SiteFacts* site = decision.context().site;
  if (site == nullptr) return "the trainings of people are not known on this panel";
  const auto person = site->trainings.find(decision.context().actor);
  if (person == site->trainings.end()) return "you hold no training on it";
  const auto training = person->second.find(gate.subject);
  if (training == person->second.end()) {
    return fmt::format("you don't hold the training {}", gate.subject);
  }
  const bool ended = training->second != 0 && now_of(decision).is_past(training->second);
  return ended ? fmt::format("your training {} has expired", gate.subject) : Why();
}

Why equipment_gate(const Decision& decision, const Gate& gate) {
  const SiteFacts* site = decision.context().site;
  const auto& bound = decision.state().scalars().equipment;
  const auto binding = bound.find(gate.subject);
  if (binding == bound.end()) return "no equipment was checked in for it";
  if (site == nullptr) return "the state of equipment is not known on this panel";
  const auto known = site->equipment.find(binding->second.equipment);
  if (known == site->equipment.end()) {
    return fmt::format("{} is not known", binding->second.equipment);
  }
  return why_not_ready(known->second, decision, binding->second.equipment);
}

Why material_gate(const Decision& decision, const Gate& gate) {
  const SiteFacts* site = decision.context().site;
  const auto& identified = decision.state().scalars().materials;
  const auto lot = identified.find(gate.subject);
  if (lot == identified.end()) return "no usable lot was identified for it";
  if (site == nullptr) return "the state of materials is not known on this panel";
  const auto known = site->lots.find(lot->second);
  if (known == site->lots.end()) return fmt::format("lot {} is not known", lot->second);
  return why_not_usable(known->second, decision, lot->second);
}

Why room_gate(const Decision& decision, const Gate& gate) {
  const SiteFacts* site = decision.context().site;
  if (site == nullptr) return "the state of rooms is not known on this panel";
  const auto room = site->rooms.find(gate.subject);
  if (room == site->rooms.end()) return fmt::format("room {} is not known", gate.subject);
  if (room->second.state != "clean") return fmt::format("room {} is not clean", gate.subject);
  const std::string& run = decision.state().scalars().run;
  if (!room->second.occupied_by.empty() && room->second.occupied_by != run) {
    return fmt::format("another run is active in room {}", gate.subject);
  }
  if (gate.maximum_s > 0 && room->second.clean_since_unix_ms == 0) {
    return fmt::format("it is not known when room {} was cleaned", gate.subject);
  }
  const std::int64_t clean_ms = now_of(decision).longest_since(room->second.clean_since_unix_ms);
  if (gate.maximum_s > 0 && clean_ms > std::int64_t{gate.maximum_s} * 1000) {
    return fmt::format("room {} was cleaned {} h ago", gate.subject, clean_ms / 3'600'000);
  }
  return {};
}

Why time_gate(const Decision& decision, const Gate& gate) {
  const StepState* step = decision.state().newest(gate.subject);
  if (step == nullptr || step->completed_time.empty()) {
    return fmt::format("{} is not complete", gate.subject);
  }
  const Now now = now_of(decision);
  const std::int64_t left_ms =
      std::int64_t{gate.minimum_s} * 1000 - now.shortest_since(step->completed_unix_ms);
  if (gate.minimum_s > 0 && left_ms > 0) {
    return fmt::format("{} s must pass first", (left_ms + 999) / 1000);
  }
  const std::int64_t longest_ms = now.longest_since(step->completed_unix_ms);
  if (gate.maximum_s > 0 && longest_ms > std::int64_t{gate.maximum_s} * 1000) {
    return fmt::format("more than {} s have passed", gate.maximum_s);
  }
  return {};
}

Why step_gate(const Decision& decision, const Gate& gate) {
  const StepState* step = decision.state().newest(gate.subject);
  const bool complete =
      step != nullptr && !step->reopened && (step->status == StepStatus::kComplete);
  return complete ? Why() : fmt::format("{} is not complete", gate.subject);
}

Why condition_gate(const Decision& decision, const Gate& gate) {
  const auto value = gate.condition->evaluate(environment_of(decision.state(), nullptr));
  if (!value) return value.error().message;
  const bool* truth = std::get_if<bool>(&*value);
  return truth != nullptr && *truth ? Why()
                                    : "the condition " + gate.condition->text() + " is not met";
}

Why why_closed(const Decision& decision, const Gate& gate) {
  switch (gate.kind) {
    case Gate::Kind::kRole:
      return has_role(decision.context(), gate.subject)
                 ? Why()
                 : fmt::format("only a person with the role {} may begin it", gate.subject);
    case Gate::Kind::kTraining: return training_gate(decision, gate);
    case Gate::Kind::kEquipment: return equipment_gate(decision, gate);
    case Gate::Kind::kMaterial: return material_gate(decision, gate);
    case Gate::Kind::kRoom: return room_gate(decision, gate);
    case Gate::Kind::kTimeWindow: return time_gate(decision, gate);
    case Gate::Kind::kStep: return step_gate(decision, gate);
    case Gate::Kind::kCondition: return condition_gate(decision, gate);
  }
  return "the gate is not known";
}

// By somebody else than the person who begins: nobody overrides what stops themselves.
bool is_overridden(const Decision& decision, const KnownStep& step, const Gate& gate) {
  const auto found = step.state->overridden.find(gate.id);
  if (found == step.state->overridden.end()) return false;
  const Override& override = found->second;
  const std::int64_t passed_ms = decision.context().now.unix_ms - override.unix_ms;
  return override.person != decision.context().actor && passed_ms >= 0 &&
         passed_ms <= kOverrideValidMs;
}

Checked check_run_gates(const Decision& decision, const std::string& place) {
  const RunState& run = decision.state().scalars();
  // Only in merged order can the batch run all the same.
  if (const ExceptionState* exception = decision.state().newest_exception(blocks_batch)) {
    return refuse("gate.exception",
                  fmt::format("Exception {} blocks the batch. It goes on when {} releases that by "
                              "signing.",
                              exception->number, exception->release),
                  place);
  }
  if (run.recalled) {
    return refuse("gate.recalled",
                  "The master batch record of this run was recalled. Nothing begins until quality "
                  "has decided. Call quality.",
                  place);
  }
  const bool approved = std::ranges::any_of(
      run.relations, [](const RunRelation& known) { return known.relation == "rework-of"; });
  if (run.kind == "rework" && !approved) {
    return refuse("gate.rework",
                  "Rework begins only after quality has approved it and named its batch. Call "
                  "quality.",
                  place);
  }
  return {};
}

Checked check_waiting(const Decision& decision, const KnownStep& step, const std::string& place) {
  const ExceptionState* exception = decision.state().newest_exception(
      [&](const ExceptionState& known) { return known.step == place && blocks_step(known); });
  if (exception != nullptr) {
    return refuse("gate.exception",
                  fmt::format("Exception {} stops the step. It goes on when {} releases that by "
                              "signing.",
                              exception->number, exception->release),
                  place);
  }
  for (const std::string& name : decision.state().pending_places()) {
    const PendingResult& pending = *decision.state().pending(name);
    if (pending.blocks == step.ref.path && waits_for_result(decision.state(), name, pending)) {
      return refuse("gate.result",
                    fmt::format("The result {} is awaited, due {}. The step waits for it.", name,
                                pending.due),
                    place);
    }
  }
  if (decision.state().has_open_redline(step.ref.path)) {
    return refuse("gate.redline",
                  "A change of this step waits for approval by a second person and quality. Call "
                  "them.",
                  place);
  }
  return {};
}

// The instance before it is void: what was complete no longer counts.
bool is_repetition(const Decision& decision, const std::string& path) {
  const int newest = decision.state().instances(path);
  const StepState* before = decision.state().step({path, newest - 1});
  return before != nullptr && before->voided;
}

Checked check_minimum_times(const Decision& decision, const KnownStep& step,
                            const std::string& place) {
  const auto limits = decision.index().time_limits_to.find(step.ref.path);
  if (limits == decision.index().time_limits_to.end()) return {};
  for (const TimeLimit* limit : limits->second) {
    const StepState* from = decision.state().newest(limit->from);
    if (from == nullptr || limit->minimum_s == 0) continue;
    if (from->completed_time.empty()) {
      if (!is_repetition(decision, limit->from)) continue;
      return refuse("gate.time",
                    fmt::format("{} is being repeated. Complete it, then wait {} s.", limit->from,
                                limit->minimum_s),
                    place);
    }
    const std::int64_t left_ms = std::int64_t{limit->minimum_s} * 1000 -
                                 now_of(decision).shortest_since(from->completed_unix_ms);
    if (left_ms <= 0) continue;
    return refuse("gate.time",
                  fmt::format("{} s must pass first ({}). Wait, then begin the step.",
                              (left_ms + 999) / 1000, english(limit->title, limit->id)),
                  place);
  }
  return {};
}

}  // namespace

std::string why_not_ready(const EquipmentFacts& equipment, const Decision& decision,
                          const std::string& id) {
  if (equipment.state != "clean") return fmt::format("{} is {}", id, equipment.state);
  const bool overdue = equipment.calibrated_until_unix_ms != 0 &&
                       now_of(decision).is_past(equipment.calibrated_until_unix_ms);
  if (overdue) return fmt::format("the calibration of {} is overdue", id);
  const std::string& run = decision.state().scalars().run;
  const bool taken = !equipment.allocated_to.empty() && equipment.allocated_to != run;
  return taken ? fmt::format("{} is used by another run", id) : Why();
}

std::string why_not_usable(const LotFacts& lot, const Decision& decision, const std::string& id) {
  if (lot.status != "released") return fmt::format("lot {} is not released ({})", id, lot.status);
  const bool expired = lot.expires_unix_ms != 0 && now_of(decision).is_past(lot.expires_unix_ms);
  return expired ? fmt::format("lot {} has expired", id) : Why();
}

Checked check_what_nobody_overrides(const Decision& decision, const KnownStep& step) {
  const std::string place = to_text(step.ref);
  if (auto good = check_run_gates(decision, place); !good) return good;
  return check_waiting(decision, step, place);
}

Checked check_gates(const Decision& decision, const KnownStep& step) {
  const std::string place = to_text(step.ref);
  if (auto good = check_what_nobody_overrides(decision, step); !good) return good;
  if (auto good = check_minimum_times(decision, step, place); !good) return good;
  for (const Gate& gate : step.content->gates) {
    if (is_overridden(decision, step, gate)) continue;
    const Why why = why_closed(decision, gate);
    if (why.empty()) continue;
    return refuse("gate." + gate.id,
                  fmt::format("The step can't begin: {}. {}", why, english(gate.remedy, "")),
                  place);
  }
  return {};
}

}  // namespace batchwright::workflows
