#include "workflows/dry_run/faults.h"

#include <fmt/format.h>

#include <algorithm>

#include "workflows/dry_run/values.h"
#include "workflows/entry_value.h"
#include "workflows/internal/check_rules.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/limits_of.h"

namespace batchwright::workflows::dry {

namespace {

bool is_held(const Player& player, const StepRef& ref) {
  return player.state.status == RunStatus::kHeld || !player.state.held_elements.empty() ||
         player.step(ref).status == StepStatus::kHeld;
}

// The same value can break a limit of another entry, whose plan holds.
bool holds_by_another(const Player& player, const std::string& entry) {
  return std::ranges::any_of(player.state.exceptions, [&](const auto& known) {
    const ExceptionState& exception = known.second;
    return !exception.released && !exception.blocks.empty() && exception.entry != entry;
  });
}

// Everything that holds is let go, one thing after the other.
void release_all(Player& player, const StepRef& ref) {
  for (int i = 0; i < 10 && !player.gave_up && is_held(player, ref); ++i) {
    if (!player.release_anything(ref)) return;
  }
}

}  // namespace

void FaultyWay::running(Player& player, const StepRef& ref) {
  if (left_ == 0 || !disturbed_.insert(ref.path).second) return;
  --left_;
  now_.insert(ref.path);
  const SimulatedPerson& who = player.worker(ref);
  const SimulatedPerson& supervisor = *player.stage.cast.someone("supervisor");
  Ledger& ledger = player.stage.ledger;
  if (player.must(Control{"", ProceduralCommand::kHold, "simulated: hold", true}, who) &&
      player.must(Control{"", ProceduralCommand::kRestart, "simulated: go on"}, supervisor)) {
    ledger.reach("fault", ref.path + " hold and restart");
  }
  player.wait_s(120);
  const std::size_t before = player.state.exception_order.size();
  if (!player.must(RecoverStep{to_text(ref), "simulated: as it was left"}, who)) return;
  const bool said = player.opened_after(before, "interruption");
  const StepStatus status = player.step(ref).status;
  const Recovery rule = player.content(ref).recovery;
  const StepStatus expected = rule == Recovery::kRepeat          ? StepStatus::kAborted
                              : rule == Recovery::kAskSupervisor ? StepStatus::kHeld
                                                                 : StepStatus::kRunning;
  if (said && status == expected) {
    ledger.reach("fault", ref.path + " power cut");
  } else {
    ledger.error("fault.power_cut", ref.path, "After the power cut the recovery rule didn't hold.");
  }
}

namespace {

// An instance that isn't fit: another choice made dirty, or a lot that nobody knows.
std::string unfit(Player& player, const Entry& entry) {
  if (entry.kind == EntryKind::kText) return "SIM-unknown";
  if (entry.choices.size() < 2) return {};
  const std::string& other = entry.choices[1];
  if (player.stage.mbr->find_equipment(entry.identifies) != nullptr) {
    player.site.equipment[other].state = "dirty";
  } else {
    player.site.lots[other].status = "quarantine";
  }
  return other;
}

}  // namespace

std::string FaultyWay::value(Player& player, const StepRef& ref, const Entry& entry) {
  std::string good = SteeredWay::value(player, ref, entry);
  const ReactionPlan* plan = player.stage.mbr->find_plan(entry.reaction_plan);
  if (plan == nullptr || !disturbs(ref)) return good;
  const std::string place = entry_place(ref.path, entry.id);
  std::string bad =
      entry.identifies.empty() ? bad_value(entry, &player.step(ref)) : unfit(player, entry);
  if (bad.empty() || !bad_.insert(place).second) return good;
  return bad;
}

void FaultyWay::recorded(Player& player, const StepRef& ref, const Entry& entry) {
  const RecordedValue* value = player.value(ref, entry.id);
  if (!disturbs(ref) || value == nullptr || !needs_reaction(value->verdict)) return;
  if (!bad_.contains(entry_place(ref.path, entry.id))) return;
  play_plan(player, ref, entry);
}

// The first look at every check fails: that is an exception, and put right before the next.
std::string FaultyWay::verdict(Player& player, const StepRef& ref, const Entry& entry,
                               const CheckNeed& need) {
  const bool fails = disturbs(ref) && need.act == CheckNeed::Act::kCheck &&
                     bad_.insert(entry_place(ref.path, entry.id)).second;
  return fails ? check_verdict::kFail : Way::verdict(player, ref, entry, need);
}

void FaultyWay::judged(Player& player, const StepRef& ref, const Entry& entry) {
  const CheckState* check = check_state(player.step(ref), entry.id);
  if (!disturbs(ref) || check == nullptr || !check->fail_stands) return;
  const std::string place = entry_place(ref.path, entry.id);
  Ledger& ledger = player.stage.ledger;
  const bool told = std::ranges::any_of(player.state.exceptions, [&](const auto& known) {
    return known.second.exception_class == "camera_check_failed" &&
           known.second.step == to_text(ref) && known.second.entry == entry.id;
  });
  const ReactionPlan* plan = player.stage.mbr->find_plan(entry.reaction_plan);
  const bool spent = check->fails > entry.camera_check->attempts_max;
  const bool stops = spent || (plan != nullptr && plan->holds);
  if (!told || is_held(player, ref) != stops) {
    ledger.error("fault.check", place, "The failed check opens or holds not what it should.");
    return;
  }
  ledger.reach("fault", place + " check fails");
  if (plan == nullptr) return;
  probe_plan_times(player, ref, *plan);
  ledger.reach("plan", plan->id + " at " + place);
}

// Escalation, and the longest hold of the batch.
void FaultyWay::probe_plan_times(Player& player, const StepRef& ref, const ReactionPlan& plan) {
  const auto tick = [&](std::int64_t seconds) {
    Instant when = player.now;
    when.unix_ms += (seconds + 2) * 1000;
    const auto drafts = player.ask_at(Tick{}, player.worker(ref), when, player.site);
    return drafts ? *drafts : Drafts{};
  };
  Ledger& ledger = player.stage.ledger;
  if (plan.escalate_after_s > 0) {
    if (has_event(tick(plan.escalate_after_s), "exception_escalated")) {
      ledger.reach("time", "plan " + plan.id + " escalates");
    } else {
      ledger.error("plan.escalate", "plan " + plan.id, "The exception doesn't become more severe.");
    }
  }
  const bool batch = !player.state.hold.exception.empty();
  if (plan.hold_max_s == 0 || !batch) return;
  const auto classes = opened(tick(plan.hold_max_s));
  if (std::ranges::find(classes, "hold_time_exceeded") != classes.end()) {
    ledger.reach("time", "plan " + plan.id + " hold maximum");
  } else {
    ledger.error("plan.hold_max", "plan " + plan.id, "The longest hold passes unnoticed.");
  }
}

void FaultyWay::play_plan(Player& player, const StepRef& ref, const Entry& entry) {
  const ReactionPlan& plan = *player.stage.mbr->find_plan(entry.reaction_plan);
  const std::string place = entry_place(ref.path, entry.id);
  const std::string raw = player.value(ref, entry.id)->raw;
  probe_plan_times(player, ref, plan);
  int measured = 0;
  while (!player.gave_up && !is_held(player, ref) && measured < plan.remeasure_max) {
    player.wait_s(plan.remeasure_after_s);
    if (!player.record(ref, entry, raw)) return;
    ++measured;
  }
  Ledger& ledger = player.stage.ledger;
  const bool held = is_held(player, ref);
  const bool stops = plan.holds || plan.remeasure_max > 0;
  if (held != stops) {
    ledger.error("plan.hold", plan.id + " at " + place,
                 held ? "The step is held, and the plan doesn't say so."
                      : "The further measurements are used up, and nothing holds.");
  }
  if (held) {
    const auto none = player.ask(RecordEntry{to_text(ref), entry.id, raw}, player.worker(ref));
    if (none) ledger.error("plan.hold", place, "A held step took another value.");
  } else if (plan.remeasure_max == 0) {
    const auto none = player.ask(RecordEntry{to_text(ref), entry.id, raw}, player.worker(ref));
    if (none) ledger.error("plan.remeasure", place, "Measured again, and the plan allows none.");
  }
  release_all(player, ref);
  if (player.gave_up) return;
  ledger.reach("plan", plan.id + " at " + place);
  put_right(player, ref, entry.id, SteeredWay::value(player, ref, entry));
}

void FaultyWay::put_right(Player& player, const StepRef& ref, const std::string& entry,
                          const std::string& raw) {
  const RecordedValue* value = player.value(ref, entry);
  if (value == nullptr || value->raw == raw || is_held(player, ref)) return;
  if (!value->source.empty()) {  // captured: taken out of force, then measured again
    player.must(InvalidateValue{to_text(ref), entry, "simulated: not the right one", {}},
                player.worker(ref));
    return;
  }
  player.must(CorrectEntry{to_text(ref), entry, raw, "simulated: put right"}, player.worker(ref));
}

// A computed value breaks its limit by a value it depends on.
void FaultyWay::play_computed_plan(Player& player, const StepRef& ref, const Entry& entry) {
  const auto limits = limits_of(entry, player.step(ref));
  const ReactionPlan& plan = *player.stage.mbr->find_plan(entry.reaction_plan);
  const std::string item = plan.id + " at " + entry_place(ref.path, entry.id);
  if (!limits || player.value(ref, entry.id) == nullptr) return;
  for (const LimitSide& side : kLimitSides) {
    const bool action = side.limit == &Limits::action_low || side.limit == &Limits::action_high;
    const auto& bound = *limits.*side.limit;
    if (!action || !bound) continue;
    const auto crossing = find_crossing(player, ref, entry, *bound, side.high);
    if (!crossing) continue;
    const std::string path = crossing->leaf.substr(0, crossing->leaf.rfind(':'));
    const StepRef at{path, player.state.instances.at(path)};
    const std::string leaf = crossing->leaf.substr(path.size() + 1);
    const std::string good = player.value(at, leaf)->raw;
    if (!player.must(CorrectEntry{to_text(at), leaf, crossing->outside, "simulated: other value"},
                     player.worker(ref))) {
      return;
    }
    probe_plan_times(player, ref, plan);
    if (is_held(player, ref) != plan.holds && !holds_by_another(player, entry.id)) {
      player.stage.ledger.error("plan.hold", item, "The plan holds otherwise than it says.");
    }
    release_all(player, ref);
    if (player.gave_up) return;
    player.stage.ledger.reach("plan", item);
    return put_right(player, at, leaf, good);
  }
  player.stage.ledger.explain("plan", item, "no single value of its step breaks an action limit");
}

void FaultyWay::filled(Player& player, const StepRef& ref) {
  if (!disturbs(ref)) return;
  for (const Entry& entry : player.content(ref).entries) {
    if (player.gave_up || player.step(ref).status != StepStatus::kRunning) return;
    const bool planned = entry.kind == EntryKind::kComputed && !entry.reaction_plan.empty();
    if (planned) play_computed_plan(player, ref, entry);
  }
}

// A value is corrected that decides nothing; what was signed is signed again.
void FaultyWay::complete(Player& player, const StepRef& ref) {
  if (!disturbs(ref) || ref.instance != 1) return;
  for (const Entry& entry : player.content(ref).entries) {
    if (entry.late || entry.kind != EntryKind::kDecimal) continue;
    const std::string place = entry_place(ref.path, entry.id);
    const RecordedValue* value = player.value(ref, entry.id);
    const RunIndex& index = player.stage.index();
    const bool used = index.conditions_reading.contains(place) ||
                      index.formulas_reading.contains(place) ||
                      index.limits_reading.contains(place);
    if (used || value == nullptr || !value->source.empty() || value->verdict == "none") continue;
    const auto number = Decimal::parse(value->value);
    const auto limits = limits_of(entry, player.step(ref));
    if (!number || !limits) continue;
    for (const Decimal& other :
         {plus(*number, last_place(entry.places)), minus(*number, last_place(entry.places))}) {
      if (expected_verdict(*limits, other) != value->verdict) continue;
      const std::size_t before = player.state.exception_order.size();
      if (!player.must(CorrectEntry{to_text(ref), entry.id, other.to_text(), "simulated: misread"},
                       player.worker(ref))) {
        return;
      }
      if (!player.opened_after(before, "correction")) {
        player.stage.ledger.error("fault.correction", place, "The correction opens no exception.");
      }
      player.stage.ledger.expect("fault", ref.path + " late correction");
      player.stage.ledger.reach("fault", ref.path + " late correction");
      return;
    }
  }
}

}  // namespace batchwright::workflows::dry
