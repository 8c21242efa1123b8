#include "client/simulated_operator.h"

#include <fmt/format.h>

#include <algorithm>

#include "client/approved_checks.h"
#include "client/limits_in_force.h"
#include "client/open_ways.h"
#include "client/signing.h"
#include "workflows/releasing.h"

namespace batchwright::client {

namespace {

using workflows::Entry;
using workflows::EntryKind;
using workflows::StepStatus;

Decimal whole(std::int64_t number) {
  return Decimal(number);
}

// One unit of the last place: 0.1 for one decimal.
Decimal unit_in_last_place(int places) {
  auto ulp = divide(whole(1), whole(1));
  for (int i = 0; i < places && ulp; ++i) ulp = divide(*ulp, whole(10));
  return ulp ? ulp->rounded(places) : whole(1);
}

Decimal sum(const Decimal& a, const Decimal& b) {
  auto result = add(a, b);
  return result ? *result : a;
}

// low + (high - low) * per_mille / 1000, rounded to the entry's places and kept inside.
Decimal between(const Decimal& low, const Decimal& high, int per_mille, int places) {
  const auto width = subtract(high, low);
  if (!width) return low;
  const auto part = multiply(*width, whole(per_mille));
  if (!part) return low;
  const auto offset = divide(*part, whole(1000));
  if (!offset) return low;
  const auto value = sum(low, *offset).rounded(places);
  return std::clamp(value, low.rounded(places), high.rounded(places));
}

bool holds_role(const record::Person& person, const std::string& role) {
  return std::ranges::find(person.roles, role) != person.roles.end();
}

}  // namespace

SimulatedOperator::SimulatedOperator(BatchSession& session,
                                     std::map<std::string, record::SecretKey> keys,
                                     SimulationOptions options)
    : session_(session), keys_(std::move(keys)), options_(options), random_(options.seed) {}

Result<void> SimulatedOperator::work(const std::string& run,
                                     const std::function<bool()>& between_commands) {
  for (int i = 0; i < options_.commands_max; ++i) {
    const auto* state = session_.find(run);
    if (state == nullptr) return fail(ErrorCode::kNotFound, "There is no such run.", run);
    if (workflows::is_over(state->status)) return {};
    auto done = next_command(run);
    if (!done) return std::unexpected(done.error());
    if (!*done)
      return fail(ErrorCode::kRefused,
                  "The run is not complete, but no step can go on. The record is saved up to here.",
                  run);
    if (!between_commands())
      return fail(ErrorCode::kCancelled, "Stopped. Everything done so far is saved.");
  }
  return fail(ErrorCode::kFull,
              fmt::format("Stopped after {} commands: the procedure seems to run for ever.",
                          options_.commands_max),
              run);
}

Result<bool> SimulatedOperator::next_command(const std::string& run) {
  const auto& state = *session_.find(run);
  if (const auto stop = stop_of(state, {})) return let_go_on(run, *stop);
  auto steps = workflows::open_steps(state);
  std::shuffle(steps.begin(), steps.end(), random_);
  for (const auto& step : steps) {
    auto done = work_at(run, step);
    if (!done || *done) return done;
  }
  return choose_way(run);
}

Result<bool> SimulatedOperator::choose_way(const std::string& run) {
  const auto ways = open_ways(*session_.find(run));
  if (ways.empty()) return false;
  const auto& way = ways[random_() % ways.size()];
  const auto* person = person_for(way.role, {});
  if (person == nullptr) return false;
  return perform(
      run, workflows::ChooseTransition{way.chart, way.transition, "simulated: chosen by chance"},
      actor_for(*person, way.role));
}

Result<bool> SimulatedOperator::let_go_on(const std::string& run, const Stop& stop) {
  if (!stop.exception.empty()) return release(run, stop.exception);
  if (stop.is_recall)
    return fail(ErrorCode::kRefused,
                "The master batch record was recalled: quality decides, not a simulation.", run);
  const auto* supervisor = person_for("supervisor", {});
  if (supervisor == nullptr)
    return fail(ErrorCode::kRefused, "The run is held and no supervisor is rostered here.", run);
  return perform(
      run,
      workflows::Control{
          .element = stop.element, .command = stop.command, .reason = "simulated: go on"},
      actor_for(*supervisor, "supervisor"));
}

// A result that the step waits for; true when one was brought.
Result<bool> SimulatedOperator::bring_result(const std::string& run, const std::string& step_path) {
  const auto& state = *session_.find(run);
  for (const auto& [place, pending] : state.pending) {
    if (pending.blocks != step_path || pending.received) continue;
    const auto colon = place.rfind(':');
    auto ref = workflows::step_ref_from_text(place.substr(0, colon));
    const auto* element = ref ? state.mbr->procedure.find(ref->path) : nullptr;
    const auto* person = person_for(pending.owner, {});
    if (element == nullptr || !element->step || person == nullptr) return false;
    const auto id = place.substr(colon + 1);
    const auto entry = std::ranges::find(element->step->entries, id, &Entry::id);
    if (entry == element->step->entries.end()) return false;
    return perform(run,
                   workflows::RecordResult{.step = place.substr(0, colon),
                                           .entry = id,
                                           .raw = value_for(*entry, state.steps.at(*ref), false),
                                           .reason = {}},
                   actor_for(*person, pending.owner));
  }
  return false;
}

Result<bool> SimulatedOperator::work_at(const std::string& run, const workflows::StepRef& step) {
  const auto& state = *session_.find(run);
  const auto& step_state = state.steps.at(step);
  const auto* element = state.mbr->procedure.find(step.path);
  const auto* person = person_for("operator", {});
  if (element == nullptr || !element->step || person == nullptr) return false;
  const auto actor = actor_for(*person, "operator");
  const auto ref = workflows::to_text(step);

  if (const auto stop = stop_of(state, step)) return let_go_on(run, *stop);
  if (step_state.status == StepStatus::kReady) {
    auto brought = bring_result(run, step.path);
    if (!brought || *brought) return brought;
    return perform(run, workflows::BeginStep{ref}, actor);
  }
  const auto need = workflows::needs(state, step, session_.clock().now());
  if (!need.missing_entries.empty()) {
    const auto& id = need.missing_entries.front();
    const auto entry = std::ranges::find(element->step->entries, id, &Entry::id);
    if (entry == element->step->entries.end()) return false;
    const auto check = std::ranges::find(need.checks, id, &workflows::CheckNeed::entry);
    if (check != need.checks.end()) return do_check(run, ref, *entry, *check, actor);
    // A loop that is decided by this value must end some day: later rounds are good ones.
    const bool may_be_bad = step.instance == 1;
    const auto known = identity_for(state, *entry);
    auto raw = entry->kind == EntryKind::kPhoto
                   ? session_.keep_evidence(fmt::format("simulated photo of {} {}", ref, id))
               : !known.empty() ? Result<std::string>(known)
                                : Result<std::string>(value_for(*entry, step_state, may_be_bad));
    if (!raw) return std::unexpected(raw.error());
    return perform(run, workflows::RecordEntry{ref, id, *raw}, actor);
  }
  if (!need.missing_signatures.empty()) return sign(run, step, need.missing_signatures.front());
  if (need.minimum_left_ms > 0) return false;
  return perform(run, workflows::CompleteStep{ref}, actor);
}

Result<bool> SimulatedOperator::do_check(const std::string& run, const std::string& step,
                                         const Entry& entry, const workflows::CheckNeed& need,
                                         const Actor& actor) {
  using Act = workflows::CheckNeed::Act;
  if (need.act == Act::kChallenge && !need.checks.empty()) {
    const auto& id = need.checks.front();
    const auto* check = find_camera_check(session_.find(run)->mbr->procedure, id);
    if (check == nullptr) return false;
    return perform(run,
                   workflows::RecordChallenge{.step = step,
                                              .entry = entry.id,
                                              .check = id,
                                              .check_sha256 = check->check.sha256,
                                              .camera = check->camera},
                   actor);
  }
  if (need.may_decide)
    return perform(run, workflows::DecideCheck{step, entry.id, "ok", "simulated: both compared it"},
                   actor);
  if (need.act == Act::kPutRight)
    return perform(run, workflows::PutRight{step, entry.id, "simulated: put right"}, actor);
  if (need.act != Act::kCheck || !entry.camera_check) return false;
  return perform(run,
                 workflows::RecordCheck{.step = step,
                                        .entry = entry.id,
                                        .verdict = "not_performed",
                                        .check_sha256 = entry.camera_check->check.sha256,
                                        .camera = entry.camera_check->camera},
                 actor);
}

Result<bool> SimulatedOperator::release(const std::string& run, const std::string& exception_id) {
  const auto& state = *session_.find(run);
  const auto& exception = state.exceptions.at(exception_id);
  workflows::StepRef step;
  if (auto ref = workflows::step_ref_from_text(exception.step)) step = *ref;
  for (const auto& role : workflows::releasing_roles(*state.mbr, exception)) {
    const auto* person = person_for(role, {exception.actor});
    if (person == nullptr) continue;
    auto statement =
        session_.statement_to_sign(run, step, "released", meaning_words("released"), *person, role);
    if (!statement) return std::unexpected(statement.error());
    return perform(run,
                   sign_release(*statement, exception_id, "simulated: released after check",
                                keys_.at(person->id)),
                   actor_for(*person, role));
  }
  return fail(ErrorCode::kRefused, "Nobody here may release what is held.", exception.number);
}

Result<bool> SimulatedOperator::sign(const std::string& run, const workflows::StepRef& step,
                                     const workflows::SignatureRule& rule) {
  std::vector<std::string> barred;
  if (rule.other_person)
    for (const auto& known : session_.directory().people)
      if (session_.find(run)->steps.at(step).took_part(known.id)) barred.push_back(known.id);
  const auto* person = person_for(rule.role, barred);
  if (person == nullptr)
    return fail(ErrorCode::kRefused, fmt::format("Nobody here may sign as {}.", rule.role),
                workflows::to_text(step));
  auto statement = session_.statement_to_sign(run, step, rule.meaning, meaning_words(rule.meaning),
                                              *person, rule.role);
  if (!statement) return std::unexpected(statement.error());
  return perform(run, client::sign(*statement, keys_.at(person->id)),
                 actor_for(*person, rule.role));
}

Result<bool> SimulatedOperator::perform(const std::string& run, const workflows::Command& command,
                                        const Actor& actor) {
  auto lines = session_.execute(run, command, actor);
  if (!lines) return std::unexpected(lines.error());
  return !lines->empty();
}

// What is on the tag of an instance or lot that the site knows; empty when it knows none.
std::string SimulatedOperator::identity_for(const workflows::RunState& run, const Entry& entry) {
  const auto* site = session_.site();
  if (site == nullptr || entry.identifies.empty()) return {};
  const auto now_ms = session_.clock().now().unix_ms;
  if (const auto* wanted = run.mbr->find_equipment(entry.identifies))
    for (const auto& [id, known] : site->equipment) {
      const bool is_free = known.allocated_to.empty() || known.allocated_to == run.run;
      const bool in_date =
          known.calibrated_until_unix_ms == 0 || known.calibrated_until_unix_ms > now_ms;
      if (known.equipment_class == wanted->equipment_class && known.state == "clean" && is_free &&
          in_date)
        return id;
    }
  if (const auto* wanted = run.mbr->find_material(entry.identifies))
    for (const auto& [lot, known] : site->lots)
      if (known.item == wanted->item && known.status == "released" &&
          (known.expires_unix_ms == 0 || known.expires_unix_ms > now_ms))
        return lot;
  return {};
}

std::string SimulatedOperator::value_for(const Entry& entry, const workflows::StepState& step,
                                         bool may_be_bad) {
  switch (entry.kind) {
    case EntryKind::kDecimal:
    case EntryKind::kComputed:
      return decimal_for(limits_in_force(step, entry), entry.places, may_be_bad);
    case EntryKind::kYesNo: return entry.expected.value_or(true) ? "yes" : "no";
    case EntryKind::kChoice: return entry.choices.empty() ? "" : entry.choices.front();
    case EntryKind::kDateTime: return to_text(session_.clock().now());
    case EntryKind::kAcknowledge: return "done";
    case EntryKind::kPhoto:
    case EntryKind::kCameraCheck:
    case EntryKind::kCameraChallenge: break;  // a camera's to say
    case EntryKind::kText: return fmt::format("simulated {}", random_() % 1000);
  }
  return {};
}

std::string SimulatedOperator::decimal_for(const workflows::Limits& limits, int places,
                                           bool may_be_bad) {
  const auto per_mille = static_cast<int>(random_() % 1001);
  const bool bad =
      may_be_bad && static_cast<double>(random_() % 10'000) < options_.bad_value_share * 10'000.0;
  const auto low = limits.alert_low ? limits.alert_low : limits.action_low;
  const auto high = limits.alert_high ? limits.alert_high : limits.action_high;
  if (bad && limits.action_high)
    return sum(*limits.action_high, unit_in_last_place(places)).rounded(places).to_text();
  if (low && high) return between(*low, *high, per_mille, places).to_text();
  if (limits.target) return limits.target->rounded(places).to_text();
  if (low) return sum(*low, unit_in_last_place(places)).rounded(places).to_text();
  if (high) return high->rounded(places).to_text();
  return between(whole(1), whole(100), per_mille, places).to_text();
}

const record::Person* SimulatedOperator::person_for(
    const std::string& role, const std::vector<std::string>& not_these) const {
  for (const auto& person : session_.directory().people) {
    const bool excluded = std::ranges::find(not_these, person.id) != not_these.end();
    if (!excluded && person.active && holds_role(person, role) && keys_.contains(person.id))
      return &person;
  }
  return nullptr;
}

Actor SimulatedOperator::actor_for(const record::Person& person, const std::string& role) const {
  return {.person = person.id, .role = role, .roles = person.roles, .performed_by = person.id};
}

}  // namespace batchwright::client
