#include "workflows/internal/state_edit.h"

#include <algorithm>
#include <set>

namespace batchwright::workflows {
namespace {

constexpr std::size_t kConflictsMax = 1000;

bool is_open(StepStatus status) {
  return status == StepStatus::kReady || status == StepStatus::kRunning ||
         status == StepStatus::kHeld;
}

}  // namespace

StateEdit::StateEdit(const RunState& base) : base_(&base), overlay_(RunState{}) {
  own_ = &*overlay_;
  own_->mbr = base.mbr;
  own_->index = base.index;
  own_->run = base.run;
  own_->number = base.number;
  own_->kind = base.kind;
  own_->mbr_hash = base.mbr_hash;
  own_->status = base.status;
  own_->started_time = base.started_time;
  own_->ended_time = base.ended_time;
  own_->open = base.open;
  own_->last_unix_ms = base.last_unix_ms;
  // Small, and never looked at piece by piece.
  own_->equipment = base.equipment;
  own_->materials = base.materials;
  own_->held_elements = base.held_elements;
  own_->hold = base.hold;
  own_->relations = base.relations;
  own_->handovers = base.handovers;
  own_->reviews = base.reviews;
  own_->recall_told = base.recall_told;
  own_->recalled = base.recalled;
  own_->time_limits_reported = base.time_limits_reported;
  own_->refusals = base.refusals;
  own_->last_line = base.last_line;
  own_->conflicts_reported = base.conflicts_reported;
  own_->clock_reported = base.clock_reported;
  own_->suitability = base.suitability;
}

void StateEdit::set_status(const StepRef& ref, StepStatus status) {
  edit_step(ref).status = status;
  if (is_open(status)) {
    own_->open.insert(ref);
  } else {
    own_->open.erase(ref);
  }
}

int StateEdit::instances(const std::string& path) const {
  const int* count = find(&RunState::instances, path);
  return count == nullptr ? 0 : *count;
}

void StateEdit::set_instances(const std::string& path, int count) {
  edit(&RunState::instances, path) = count;
}

const StepState* StateEdit::newest(const std::string& path) const {
  const int count = instances(path);
  return count == 0 ? nullptr : step({path, count});
}

std::string StateEdit::element(const std::string& path) const {
  const std::string* state = find(&RunState::elements, path);
  return state == nullptr ? "idle" : *state;
}

void StateEdit::set_element(const std::string& path, std::string state) {
  edit(&RunState::elements, path) = std::move(state);
}

std::vector<std::string> StateEdit::active_elements() const {
  std::set<std::string> paths;
  for (const RunState* state : {base_, static_cast<const RunState*>(own_)}) {
    if (state == nullptr) continue;
    for (const auto& [path, name] : state->elements) {
      const auto known = procedural_state_from_text(element(path));
      if (known && *known != ProceduralState::kIdle && !is_over(*known)) paths.insert(path);
    }
  }
  return {paths.begin(), paths.end()};
}

int StateEdit::tokens(const std::string& chart, const std::string& place) const {
  const auto* waiting = find(&RunState::tokens, chart);
  if (waiting == nullptr) return 0;
  const auto count = waiting->find(place);
  return count == waiting->end() ? 0 : count->second;
}

void StateEdit::add_tokens(const std::string& chart, const std::string& place, int count) {
  auto& waiting = edit(&RunState::tokens, chart);
  int& here = waiting[place];
  here += count;
  if (here <= 0) waiting.erase(place);
  // In a preview the empty map stays: it hides the one of the base.
  if (waiting.empty() && base_ == nullptr) own_->tokens.erase(chart);
}

void StateEdit::clear_tokens(const std::string& chart) {
  edit(&RunState::tokens, chart).clear();
  if (base_ == nullptr) own_->tokens.erase(chart);
}

std::vector<std::string> StateEdit::places(const std::string& chart) const {
  std::vector<std::string> names;
  if (const auto* waiting = find(&RunState::tokens, chart)) {
    for (const auto& [place, count] : *waiting) names.push_back(place);
  }
  return names;
}

std::vector<std::string> StateEdit::active_charts() const {
  std::set<std::string> charts;
  for (const RunState* state : {base_, static_cast<const RunState*>(own_)}) {
    if (state == nullptr) continue;
    for (const auto& [chart, waiting] : state->tokens) {
      if (!find(&RunState::tokens, chart)->empty()) charts.insert(chart);
    }
  }
  return {charts.begin(), charts.end()};
}

const ExceptionState* StateEdit::exception(const std::string& id) const {
  return find(&RunState::exceptions, id);
}

ExceptionState& StateEdit::edit_exception(const std::string& id) {
  return edit(&RunState::exceptions, id);
}

void StateEdit::add_exception(ExceptionState exception) {
  own_->exception_order.push_back(exception.id);
  own_->exceptions[exception.id] = std::move(exception);
}

std::vector<std::string> StateEdit::pending_places() const {
  std::set<std::string> places;
  for (const RunState* state : {base_, static_cast<const RunState*>(own_)}) {
    if (state == nullptr) continue;
    for (const auto& [place, result] : state->pending) places.insert(place);
  }
  return {places.begin(), places.end()};
}

std::optional<std::string> StateEdit::redline_of(const std::string& path) const {
  std::optional<std::string> newest;
  std::uint64_t order = 0;
  for (const std::string& id : redline_ids()) {
    const Redline* known = redline(id);
    if (!known->in_force || known->step != path || (newest && known->order < order)) continue;
    newest = id;
    order = known->order;
  }
  return newest;
}

std::vector<std::string> StateEdit::redline_ids() const {
  std::set<std::string> ids;
  for (const RunState* state : {base_, static_cast<const RunState*>(own_)}) {
    if (state == nullptr) continue;
    for (const auto& [id, known] : state->redlines) ids.insert(id);
  }
  return {ids.begin(), ids.end()};
}

bool StateEdit::has_open_redline(const std::string& step_path) const {
  for (const RunState* state : {static_cast<const RunState*>(own_), base_}) {
    if (state == nullptr) continue;
    for (const auto& [id, old] : state->redlines) {
      const Redline& known = *redline(id);
      if (known.step == step_path && !known.in_force && !known.rejected) return true;
    }
  }
  return false;
}

std::string StateEdit::decided_by(const std::string& parameter) const {
  const std::string* transition = find(&RunState::decided_by, parameter);
  return transition == nullptr ? std::string() : *transition;
}

void StateEdit::note_decided(const std::string& parameter, const std::string& transition) {
  if (decided_by(parameter).empty()) edit(&RunState::decided_by, parameter) = transition;
}

std::vector<std::string> StateEdit::open_plan_exceptions() const {
  std::vector<std::string> ids;
  for (const RunState* state : {base_, static_cast<const RunState*>(own_)}) {
    if (state == nullptr) continue;
    for (const std::string& id : state->exception_order) {
      const ExceptionState& known = *exception(id);
      if (!known.plan.empty() && !known.escalated && !known.released) ids.push_back(id);
    }
  }
  return ids;
}

std::vector<std::string> StateEdit::open_exceptions() const {
  std::vector<std::string> ids;
  for (const StepRef& ref : own_->open) {
    if (const std::string& id = step(ref)->held_by; !id.empty()) ids.push_back(id);
  }
  return ids;
}

void StateEdit::amend(std::shared_ptr<const Mbr> mbr) {
  const std::string hash = index().hash;
  own_->mbr = mbr;
  own_->index = make_run_index(std::move(mbr), hash);
}

void StateEdit::count_hold(std::int64_t held_ms) {
  for (const StepRef& ref : own_->open) {
    if (!step(ref)->started_time.empty()) {
      edit_step(ref).held_ms += std::max<std::int64_t>(0, held_ms);
    }
  }
}

bool StateEdit::used_challenge(const std::string& challenge) const {
  return own_->challenges.contains(challenge) ||
         (base_ != nullptr && base_->challenges.contains(challenge));
}

std::size_t StateEdit::conflict_count() const {
  return own_->conflicts.size() + (base_ == nullptr ? 0 : base_->conflicts.size());
}

void StateEdit::add_conflict(std::string text) {
  if (own_->conflicts.size() < kConflictsMax) own_->conflicts.push_back(std::move(text));
}

bool waits_for_result(const StateEdit& state, const std::string& place,
                      const PendingResult& pending) {
  const auto ref = step_ref_from_text(place.substr(0, place.rfind(':')));
  const StepState* step = ref ? state.step(*ref) : nullptr;
  const bool owed = step == nullptr || !step->voided;
  return (!pending.received && owed) || pending.out_of_specification;
}

}  // namespace batchwright::workflows
