// Every gate closed alone, every time a second too early and a second too late.
#include <fmt/format.h>

#include <algorithm>

#include "workflows/dry_run/probes.h"
#include "workflows/dry_run/values.h"
#include "workflows/internal/identifier.h"

namespace batchwright::workflows::dry {

namespace {

// What must be otherwise so that only this gate is closed.
struct Closed {
  SimulatedPerson who;
  Instant when;
  SiteFacts facts;
  std::optional<RunState> state;  // when the run itself must be otherwise
};

const StepState* newest(const Player& player, const std::string& path) {
  const auto made = player.state.instances.find(path);
  if (made == player.state.instances.end()) return nullptr;
  return &player.state.steps.at({path, made->second});
}

bool close_window(const Player& player, const Gate& gate, Closed& closed) {
  const StepState* from = newest(player, gate.subject);
  if (from == nullptr || from->completed_time.empty()) return false;
  const std::int64_t offset_s =
      gate.maximum_s > 0 ? gate.maximum_s + 1 : std::int64_t{gate.minimum_s} - 1;
  closed.when.unix_ms = from->completed_unix_ms + offset_s * 1000;
  return true;
}

// Another recorded value that makes the condition untrue, put into a copy of the state.
bool close_condition(const Player& player, const Gate& gate, Closed& closed) {
  Literals literals;
  collect_literals(player.stage.index(), *gate.condition, literals);
  for (const std::string& name : gate.condition->references()) {
    const Entry* known = entry_at(player.stage.index(), name);
    const std::string path = name.substr(0, name.rfind(':'));
    const auto made = player.state.instances.find(path);
    if (known == nullptr || made == player.state.instances.end()) continue;
    Entry entry = *known;
    if (entry.kind == EntryKind::kComputed) entry.kind = EntryKind::kDecimal;
    for (const std::string& raw : candidates(entry, literals)) {
      const Assignment values{{name, raw}};
      const auto truth = Outlook(player, values, {}).truth(*gate.condition);
      if (truth && *truth) continue;
      closed.state = player.state;
      auto& recorded = closed.state->steps.at({path, made->second}).entries[entry.id].values;
      if (recorded.empty()) return false;
      recorded.back().value = raw;
      return true;
    }
  }
  return false;
}

bool close(const Player& player, const Gate& gate, Closed& closed) {
  switch (gate.kind) {
    case Gate::Kind::kRole: closed.who.roles = {"visitor"}; return true;
    case Gate::Kind::kTraining:
      closed.facts.trainings[closed.who.id].erase(gate.subject);
      return true;
    case Gate::Kind::kEquipment: {
      const auto bound = player.state.equipment.find(gate.subject);
      if (bound == player.state.equipment.end()) return false;
      closed.facts.equipment[bound->second.equipment].state = "dirty";
      return true;
    }
    case Gate::Kind::kMaterial: {
      const auto lot = player.state.materials.find(gate.subject);
      if (lot == player.state.materials.end()) return false;
      closed.facts.lots[lot->second].status = "quarantine";
      return true;
    }
    case Gate::Kind::kRoom: closed.facts.rooms[gate.subject].state = "dirty"; return true;
    case Gate::Kind::kTimeWindow: return close_window(player, gate, closed);
    case Gate::Kind::kStep: {
      const auto made = player.state.instances.find(gate.subject);
      if (made == player.state.instances.end()) return false;
      closed.state = player.state;
      closed.state->steps.at({gate.subject, made->second}).reopened = true;
      return true;
    }
    case Gate::Kind::kCondition: return close_condition(player, gate, closed);
  }
  return false;
}

std::string rule_of(const std::expected<Drafts, Refusal>& answer) {
  return answer ? std::string() : answer.error().rule;
}

void probe_gate(Player& player, const StepRef& ref, const Gate& gate) {
  const std::string place = ref.path + " gate " + gate.id;
  Ledger& ledger = player.stage.ledger;
  Closed closed{player.beginner(ref), player.now, player.site, {}};
  if (!close(player, gate, closed)) {
    ledger.explain("gate", place, "nothing was found that closes it when the step is ready");
    return;
  }
  const RunState& state = closed.state ? *closed.state : player.state;
  const auto answer =
      player.ask_in(state, BeginStep{to_text(ref)}, closed.who, closed.when, closed.facts);
  const std::string rule = rule_of(answer);
  const bool same = std::ranges::any_of(player.content(ref).gates, [&](const Gate& other) {
    return "gate." + other.id == rule && other.subject == gate.subject && other.kind == gate.kind;
  });
  if (rule == "gate." + gate.id || same) {
    const bool in_record = !answer.error().to_record.empty();
    if (!in_record) {
      ledger.error("gate.not_recorded", place, "The refusal of this gate is not in the record.");
    }
    return ledger.reach("gate", place);
  }
  ledger.error("gate.open", place,
               fmt::format("The gate was closed and the step {}.",
                           rule.empty() ? "began all the same" : "was refused by " + rule));
}

void probe_between(Player& player, const StepRef& ref, const TimeLimit& limit) {
  const StepState* from = newest(player, limit.from);
  if (from == nullptr || from->completed_time.empty()) return;
  Ledger& ledger = player.stage.ledger;
  const SimulatedPerson& who = player.beginner(ref);
  const auto at = [&](std::int64_t seconds) {
    Instant when = player.now;
    when.unix_ms = from->completed_unix_ms + seconds * 1000;
    return when;
  };
  if (limit.minimum_s > 0) {
    const auto answer =
        player.ask_at(BeginStep{to_text(ref)}, who, at(limit.minimum_s - 1), player.site);
    if (rule_of(answer) == "gate.time") {
      ledger.reach("time", limit.id + " minimum");
    } else {
      ledger.error("time.minimum", limit.id, "The step could begin before the minimum time.");
    }
  }
  if (limit.maximum_s == 0) return;
  const auto expired = [&](std::int64_t seconds) {
    const auto answer = player.ask_at(Tick{}, who, at(seconds), player.site);
    if (!answer) return false;
    return std::ranges::any_of(*answer, [&](const record::Draft& draft) {
      return draft.type == "exception_opened" && body_text(draft, "class") == "wip_expired" &&
             body_text(draft, "limit").starts_with(limit.id + "#");
    });
  };
  if (expired(limit.maximum_s + 1) && !expired(limit.maximum_s - 1)) {
    ledger.reach("time", limit.id + " maximum");
  } else {
    ledger.error("time.maximum", limit.id, "Passing the maximum time opens no exception.");
  }
}

}  // namespace

void probe_gates(Player& player, const StepRef& ref) {
  auto open = player.ask(BeginStep{to_text(ref)}, player.beginner(ref));
  if (!open) {
    player.refusal = open.error();
    if (player.wait_for_gate(ref)) {
      open = player.ask(BeginStep{to_text(ref)}, player.beginner(ref));
    }
  }
  for (const TimeLimit& limit : player.stage.mbr->time_limits) {
    if (limit.to == ref.path) probe_between(player, ref, limit);
  }
  for (const Gate& gate : player.content(ref).gates) {
    const bool by_time = gate.kind == Gate::Kind::kTimeWindow;
    if (open || by_time) probe_gate(player, ref, gate);
  }
}

}  // namespace batchwright::workflows::dry
