#include "workflows/dry_run/scenario_way.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "workflows/dry_run/values.h"
#include "workflows/entry_value.h"
#include "workflows/internal/check_rules.h"

namespace batchwright::workflows::dry {

namespace {

std::string reason_of(const ScenarioEvent& event) {
  return event.reason.empty() ? "simulated: as the scenario says" : event.reason;
}

std::pair<std::string, std::string> split_at(const std::string& text, char mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

// The entry that an event means: of its own step, or path:id of another's newest instance.
std::pair<StepRef, std::string> place_of(const Player& player, const StepRef& ref,
                                         const ScenarioEvent& event) {
  const std::size_t colon = event.entry.rfind(':');
  if (colon == std::string::npos) return {ref, event.entry};
  const std::string path = event.entry.substr(0, colon);
  const auto made = player.state.instances.find(path);
  return {{path, made == player.state.instances.end() ? 1 : made->second},
          event.entry.substr(colon + 1)};
}

}  // namespace

// The first event of that time for this step (or entry) that did not happen yet.
const ScenarioEvent* ScenarioWay::next(ScenarioTime time, const StepRef& ref,
                                       const std::string& entry) {
  for (std::size_t i = 0; i < scenario_.events.size(); ++i) {
    const ScenarioEvent& event = scenario_.events[i];
    const ScenarioAction* action = find_scenario_action(event.action);
    const bool here =
        event.step == ref.path && (event.instance == 0 || event.instance == ref.instance);
    if (used_[i] || action == nullptr || action->time != time || !here) continue;
    if (!entry.empty() && event.entry != entry) continue;
    used_[i] = true;
    return &event;
  }
  return nullptr;
}

void ScenarioWay::change_site(Player& player, const ScenarioEvent& event) {
  const auto [id, state] = split_at(event.value, ' ');
  SiteFacts& facts = player.site;
  const std::int64_t past = player.now.unix_ms - 1000;
  if (event.entry == "training") {
    auto& trainings = facts.trainings[event.person];
    if (state == "missing") trainings.erase(id);
    if (state == "held") trainings[id] = 0;
    if (state == "expired") trainings[id] = past;
    return;
  }
  if (event.entry == "camera_policy") {  // "US confirms_entry approved"
    const auto [mode, approved] = split_at(state, ' ');
    facts.camera_policy[id].modes.insert(mode);
    if (approved == "approved") facts.camera_policy[id].approved_steps.insert(event.step);
    return;
  }
  if (event.entry == "room") {
    RoomFacts& room = facts.rooms[id];
    room.state = state == "dirty" ? "dirty" : "clean";
    room.occupied_by = state == "occupied" ? "another run" : "";
    room.clean_since_unix_ms = player.now.unix_ms - std::int64_t{event.seconds} * 1000;
    return;
  }
  if (const auto* equipment = player.stage.mbr->find_equipment(event.entry)) {
    EquipmentFacts& known = facts.equipment[id];
    known.equipment_class = state == "wrong" ? "another" : equipment->equipment_class;
    known.state = state == "dirty" || state == "not-ready" ? "dirty" : "clean";
    known.calibrated_until_unix_ms = state == "overdue" ? past : 0;
    known.allocated_to = state == "taken" ? "another run" : "";
  } else if (const auto* material = player.stage.mbr->find_material(event.entry)) {
    LotFacts& known = facts.lots[id];
    known.item = state == "wrong" ? "another item" : material->item;
    known.status = state == "quarantine" || state == "rejected" ? state : "released";
    known.expires_unix_ms = state == "expired" ? past : 0;
  }
}

void ScenarioWay::happen_before(Player& player, const StepRef& ref, const ScenarioEvent& event) {
  const std::string step = to_text(ref);
  if (event.action == "site") return change_site(player, event);
  if (event.action == "wait_before") {
    player.wait_s(event.seconds);
    player.must(Tick{}, player.worker(ref));
    while (!player.gave_up && player.state.status == RunStatus::kHeld) {
      if (held(player) || !player.release_anything(ref)) return;
    }
    return;
  }
  if (event.action == "swap") {
    player.must(SwapEquipment{event.entry, event.value, reason_of(event)},
                *player.stage.cast.someone("supervisor"));
    return;
  }
  if (event.action == "override") {
    player.must(OverrideGate{step, event.entry, reason_of(event)},
                *player.stage.cast.someone("supervisor"));
    return;
  }
  const SimulatedPerson* person = player.stage.cast.find(event.person);
  const SimulatedPerson& who = person != nullptr ? *person : player.beginner(ref);
  const bool began = player.perform(BeginStep{step}, who);
  if (!began && player.refusal.rule == event.value) return;
  player.stage.ledger.error(
      "scenario.refused", "scenario " + scenario_.id,
      fmt::format("{} should be refused by {}, and {}.", step, event.value,
                  began ? std::string("it began") : "was refused by " + player.refusal.rule));
}

void ScenarioWay::before(Player& player, const StepRef& ref) {
  while (const ScenarioEvent* event = next(ScenarioTime::kBefore, ref)) {
    happen_before(player, ref, *event);
    if (player.gave_up) return;
  }
}

void ScenarioWay::happen_during(Player& player, const StepRef& ref, const ScenarioEvent& event) {
  const std::string step = to_text(ref);
  const SimulatedPerson& who = player.worker(ref);
  const SimulatedPerson& supervisor = *player.stage.cast.someone("supervisor");
  if (event.action == "wait") {
    player.wait_s(event.seconds);
    player.must(Tick{}, who);
  } else if (event.action == "power_cut") {
    player.wait_s(event.seconds);
    player.must(RecoverStep{step, reason_of(event)}, who);
  } else if (event.action == "hold" || event.action == "planned_hold") {
    player.must(Control{"", ProceduralCommand::kHold, reason_of(event), event.action != "hold"},
                who);
    player.wait_s(event.seconds);
    player.must(Tick{}, who);
    if (!player.release_blockers() || player.state.status != RunStatus::kHeld) return;
    player.must(Control{"", ProceduralCommand::kRestart, reason_of(event)}, supervisor);
  } else if (event.action == "deviation") {
    player.must(ReportDeviation{step, reason_of(event)}, who);
  } else if (event.action == "annotate") {
    player.must(AnnotateStep{step, reason_of(event)}, who);
  } else if (event.action == "failure") {
    player.must(ReportFailure{step, event.value, reason_of(event)}, who);
  } else if (event.action == "force") {
    player.must(ForceStep{step, reason_of(event)}, supervisor);
  } else if (event.action == "abort") {
    player.must(Control{"", ProceduralCommand::kAbort, reason_of(event)},
                *player.stage.cast.someone("quality"));
  } else if (event.action == "hand_over") {
    hand_over(player);
  } else if (event.action == "not_applicable") {
    player.must(MarkNotApplicable{step, event.entry, reason_of(event)}, who);
  }
}

void ScenarioWay::hand_over(Player& player) {
  const SimulatedPerson& from = *player.stage.cast.someone("operator");
  const SimulatedPerson& to = *player.stage.cast.someone("operator", {from.id});
  const SignStep out = player.statement_about_run("handed over", from);
  if (!player.must(
          HandOver{"simulated: nothing special", out.statement, out.key_hex, out.signature_hex},
          from)) {
    return;
  }
  const SignStep in = player.statement_about_run("taken over", to);
  player.must(TakeOver{in.statement, in.key_hex, in.signature_hex}, to);
}

void ScenarioWay::running(Player& player, const StepRef& ref) {
  while (!player.gave_up && player.step(ref).status == StepStatus::kRunning) {
    const ScenarioEvent* event = nullptr;
    for (std::size_t i = 0; i < scenario_.events.size() && event == nullptr; ++i) {
      const ScenarioEvent& known = scenario_.events[i];
      const ScenarioAction* action = find_scenario_action(known.action);
      const bool here = known.step == ref.path &&
                        (known.instance == 0 || known.instance == ref.instance) && !used_[i];
      const bool during = action != nullptr && (action->time == ScenarioTime::kDuring ||
                                                known.action == "not_applicable");
      if (!here || !during || known.action == "abort_held") continue;
      used_[i] = true;
      event = &known;
    }
    if (event == nullptr) return;
    happen_during(player, ref, *event);
  }
}

std::string ScenarioWay::value(Player& player, const StepRef& ref, const Entry& entry) {
  for (std::size_t i = 0; i < scenario_.events.size(); ++i) {
    const ScenarioEvent& event = scenario_.events[i];
    const bool here = event.step == ref.path && event.entry == entry.id &&
                      (event.instance == 0 || event.instance == ref.instance);
    if (!here || event.action != "enter" || used_[i]) continue;
    // Without an instance it is for every one of them.
    if (event.instance != 0) used_[i] = true;
    if (event.instance == 0) given_.insert(i);
    return event.value == "-" ? std::string() : event.value;
  }
  return Way::value(player, ref, entry);
}

// What the events say, one look after the other; then it passes.
std::string ScenarioWay::verdict(Player& player, const StepRef& ref, const Entry& entry,
                                 const CheckNeed& need) {
  for (std::size_t i = 0; i < scenario_.events.size(); ++i) {
    const ScenarioEvent& event = scenario_.events[i];
    const bool here = event.action == "check" && event.step == ref.path &&
                      event.entry == entry.id &&
                      (event.instance == 0 || event.instance == ref.instance);
    if (!here || used_[i]) continue;
    used_[i] = true;
    return event.value;
  }
  return Way::verdict(player, ref, entry, need);
}

bool ScenarioWay::suits(Player&, const StepRef& ref, const Entry& entry, const std::string& check) {
  for (std::size_t i = 0; i < scenario_.events.size(); ++i) {
    const ScenarioEvent& event = scenario_.events[i];
    const bool here = event.action == "challenge" && event.step == ref.path &&
                      event.entry == entry.id && event.value == check;
    if (!here || used_[i]) continue;
    used_[i] = true;
    return false;
  }
  return true;
}

// Further values of the same entry: measured again, as the plan says.
void ScenarioWay::recorded(Player& player, const StepRef& ref, const Entry& entry) {
  for (std::size_t i = 0; i < scenario_.events.size() && !player.gave_up; ++i) {
    const ScenarioEvent& event = scenario_.events[i];
    const bool here =
        event.step == ref.path && event.entry == entry.id && event.instance == ref.instance;
    if (!here || event.action != "enter" || used_[i]) continue;
    if (player.step(ref).status != StepStatus::kRunning) return;
    const ReactionPlan* plan = player.stage.mbr->find_plan(entry.reaction_plan);
    const int pause_s = plan == nullptr ? 0 : plan->remeasure_after_s;
    used_[i] = true;
    player.wait_s(std::max(pause_s, event.seconds));
    if (event.seconds > 0 && !player.must(Tick{}, player.worker(ref))) return;
    if (filled_by(player.content(ref), entry.id).check != nullptr) {
      player.record(ref, entry, event.value);
    } else {
      player.must(RecordEntry{to_text(ref), entry.id, event.value}, player.worker(ref));
    }
  }
}

bool ScenarioWay::held(Player& player) {
  for (std::size_t i = 0; i < scenario_.events.size(); ++i) {
    const ScenarioEvent& event = scenario_.events[i];
    if (used_[i] || event.action != "abort_held") continue;
    const bool here = std::ranges::any_of(player.state.exception_order, [&](const std::string& id) {
      const ExceptionState& exception = player.state.exceptions.at(id);
      return !exception.released && exception.step.starts_with(event.step + "#") &&
             (!exception.blocks.empty() || !exception.plan.empty());
    });
    if (!here) continue;
    used_[i] = true;
    if (event.seconds > 0) {
      player.wait_s(event.seconds);
      player.must(Tick{}, *player.stage.cast.someone("supervisor"));
    }
    return player.must(Control{"", ProceduralCommand::kAbort, reason_of(event)},
                       *player.stage.cast.someone("quality"));
  }
  return false;
}

void ScenarioWay::happen_after(Player& player, const StepRef& ref, const ScenarioEvent& event) {
  if (event.action == "repeat") {
    player.must(RepeatStep{to_text(ref), reason_of(event)},
                *player.stage.cast.someone("supervisor"));
    return;
  }
  if (event.action == "correct") {
    const auto [at, id] = place_of(player, ref, event);
    player.must(CorrectEntry{to_text(at), id, event.value, reason_of(event)}, player.worker(ref));
    return;
  }
  if (event.action == "expect") return compare_value(player, ref, event);
  compare_reopened(player, event);
}

void ScenarioWay::compare_value(Player& player, const StepRef& ref, const ScenarioEvent& event) {
  const auto [at, id] = place_of(player, ref, event);
  const bool known = player.state.steps.contains(at);
  const RecordedValue* value = known ? player.value(at, id) : nullptr;
  const std::string shown = value == nullptr ? "no value" : value->value;
  if (shown == event.value) return;
  player.stage.ledger.error(
      "scenario.value", "scenario " + scenario_.id,
      fmt::format("{}:{} is {}, expected is {}.", to_text(at), id, shown, event.value));
}

void ScenarioWay::compare_count(Player& player, const ScenarioEvent& event) {
  int complete = 0;
  for (const auto& [ref, step] : player.state.steps) {
    if (ref.path == event.step && step.status == StepStatus::kComplete) ++complete;
  }
  if (std::to_string(complete) == event.value) return;
  player.stage.ledger.error(
      "scenario.count", "scenario " + scenario_.id,
      fmt::format("{} was complete {} times, expected is {}.", event.step, complete, event.value));
}

void ScenarioWay::filled(Player& player, const StepRef& ref) {
  while (const ScenarioEvent* event = next(ScenarioTime::kFilled, ref)) {
    if (!player.must(CorrectEntry{to_text(ref), event->entry, event->value, reason_of(*event)},
                     player.worker(ref))) {
      return;
    }
  }
}

void ScenarioWay::compare_reopened(Player& player, const ScenarioEvent& event) {
  std::set<std::string> open, expected;
  for (const auto& [step, state] : player.state.steps) {
    if (state.reopened) open.insert(step.path);
  }
  for (std::string rest = event.value; !rest.empty();) {
    const auto [path, more] = split_at(rest, ' ');
    expected.insert(path);
    rest = more;
  }
  if (open == expected) return;
  std::string names;
  for (const std::string& path : open) names += (names.empty() ? "" : " ") + path;
  player.stage.ledger.error(
      "scenario.reopens", "scenario " + scenario_.id,
      fmt::format("Open again are \"{}\", expected \"{}\".", names, event.value));
}

void ScenarioWay::complete(Player& player, const StepRef& ref) {
  while (const ScenarioEvent* event = next(ScenarioTime::kAfter, ref)) {
    happen_after(player, ref, *event);
    if (player.gave_up) return;
  }
}

void ScenarioWay::end(Player& player) {
  std::map<std::string, std::string> results;
  for (std::size_t i = 0; i < scenario_.events.size(); ++i) {
    const ScenarioEvent& event = scenario_.events[i];
    if (event.action == "result") results[event.step + ":" + event.entry] = event.value;
    if (event.action == "overdue") {
      player.wait_s(event.seconds);
      player.must(Tick{}, *player.stage.cast.someone("operator"));
    }
    if (event.action == "count") compare_count(player, event);
    if (event.action == "result" || event.action == "overdue" || event.action == "count") {
      used_[i] = true;
    }
  }
  player.bring_results(results, false);
}

std::vector<std::string> ScenarioWay::unused() const {
  std::vector<std::string> left;
  for (std::size_t i = 0; i < scenario_.events.size(); ++i) {
    const ScenarioEvent& event = scenario_.events[i];
    if (!used_[i] && !given_.contains(i)) left.push_back(event.action + " at " + event.step);
  }
  return left;
}

namespace {

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "none" : text;
}

// "class severity" of every exception, sorted.
std::vector<std::string> exceptions_of(const RunState& state) {
  std::vector<std::string> made;
  made.reserve(state.exceptions.size());
  for (const auto& [id, exception] : state.exceptions) {
    made.push_back(exception.exception_class + " " + exception.severity);
  }
  std::ranges::sort(made);
  return made;
}

// Each expected one is there once, and no other. Those that name a severity choose first.
bool agree(std::vector<std::string> expected, std::vector<std::string> made) {
  if (expected.size() != made.size()) return false;
  std::ranges::partition(
      expected, [](const std::string& words) { return words.find(' ') != std::string::npos; });
  for (const std::string& words : expected) {
    const auto found = std::ranges::find_if(made, [&](const std::string& known) {
      return known == words || known.starts_with(words + " ");
    });
    if (found == made.end()) return false;
    made.erase(found);
  }
  return true;
}

}  // namespace

ScenarioOutcome play_scenario(const Stage& stage, const Scenario& scenario) {
  ScenarioWay way(scenario);
  const std::string name = "scenario " + scenario.id;
  Player player(stage, way, name);
  player.play();
  ScenarioOutcome outcome{scenario.id, false, to_string(player.state.status),
                          exceptions_of(player.state)};
  if (stage.ledger.stopped()) return outcome;
  const bool same = agree(scenario.exceptions, outcome.exceptions);
  if (!same) {
    stage.ledger.error("scenario.exceptions", name,
                       fmt::format("It opened {}; expected are {}.", join(outcome.exceptions),
                                   join(scenario.exceptions)));
  }
  if (outcome.ends != scenario.ends) {
    stage.ledger.error("scenario.ends", name,
                       fmt::format("It ended {}; expected is {}.", outcome.ends, scenario.ends));
  }
  for (const std::string& event : way.unused()) {
    stage.ledger.error("scenario.unused", name, "It never came to this: " + event + ".");
  }
  outcome.passed = same && outcome.ends == scenario.ends && way.unused().empty() && !player.gave_up;
  return outcome;
}

}  // namespace batchwright::workflows::dry
