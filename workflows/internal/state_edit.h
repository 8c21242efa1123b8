// Access to a run's state for the one set of rules that moves it. Two modes:
//   direct:  apply() folds a recorded line into the state;
//   preview: decide() looks ahead on an overlay, in which only what is touched is copied. The base
//   stays as it was, and
//            a command costs the same on step 9,999 as on step 1.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/internal/run_index.h"
#include "workflows/state.h"

namespace batchwright::workflows {

class StateEdit {
 public:
  explicit StateEdit(RunState& state) : own_(&state) {}
  // A preview; `base` must outlive it.
  explicit StateEdit(const RunState& base);
  StateEdit(const StateEdit&) = delete;
  StateEdit& operator=(const StateEdit&) = delete;

  // Members that aren't containers, and `open`. Never look at the maps through this: in a preview
  // they hold only changes.
  [[nodiscard]] const RunState& scalars() const { return *own_; }
  [[nodiscard]] RunState& scalars() { return *own_; }
  [[nodiscard]] const RunIndex& index() const { return *own_->index; }

  [[nodiscard]] const StepState* step(const StepRef& ref) const {
    return find(&RunState::steps, ref);
  }
  [[nodiscard]] StepState& edit_step(const StepRef& ref) { return edit(&RunState::steps, ref); }
  void set_status(const StepRef& ref, StepStatus status);  // keeps `open` true

  [[nodiscard]] int instances(const std::string& path) const;
  void set_instances(const std::string& path, int count);
  // The newest instance of a step, or nullptr.
  [[nodiscard]] const StepState* newest(const std::string& path) const;

  [[nodiscard]] std::string element(
      const std::string& path) const;  // "idle" unless something happened
  void set_element(const std::string& path, std::string state);
  [[nodiscard]] std::vector<std::string> active_elements() const;  // begun and not over

  [[nodiscard]] int tokens(const std::string& chart, const std::string& place) const;
  void add_tokens(const std::string& chart, const std::string& place, int count);
  void clear_tokens(const std::string& chart);
  [[nodiscard]] std::vector<std::string> places(const std::string& chart) const;  // with tokens
  [[nodiscard]] std::vector<std::string> active_charts() const;                   // with tokens

  [[nodiscard]] const ExceptionState* exception(const std::string& id) const;
  [[nodiscard]] ExceptionState& edit_exception(const std::string& id);
  void add_exception(ExceptionState exception);
  // The newest exception for which `matches` holds, or nullptr.
  template <typename Predicate>
  [[nodiscard]] const ExceptionState* newest_exception(Predicate matches) const;

  [[nodiscard]] const PendingResult* pending(const std::string& place) const {
    return find(&RunState::pending, place);
  }
  [[nodiscard]] PendingResult& edit_pending(const std::string& place) {
    return edit(&RunState::pending, place);
  }
  [[nodiscard]] std::vector<std::string> pending_places() const;  // path#n:entry
  [[nodiscard]] const Redline* redline(const std::string& id) const {
    return find(&RunState::redlines, id);
  }
  [[nodiscard]] Redline& edit_redline(const std::string& id) {
    return edit(&RunState::redlines, id);
  }
  [[nodiscard]] std::vector<std::string> redline_ids() const;  // all that were ever proposed
  // The id of the newest redline in force that changed or added this step.
  [[nodiscard]] std::optional<std::string> redline_of(const std::string& path) const;
  [[nodiscard]] bool has_open_redline(const std::string& step_path) const;
  [[nodiscard]] std::vector<std::string> open_exceptions() const;  // that hold something
  // Exceptions with a reaction plan that can still become more severe, oldest first.
  [[nodiscard]] std::vector<std::string> open_plan_exceptions() const;
  // From now on the run goes by this recipe; the master's hash stays.
  void amend(std::shared_ptr<const Mbr> mbr);
  // The transition, as chart:transition, that a condition over the parameter decided; empty = none.
  [[nodiscard]] std::string decided_by(const std::string& parameter) const;
  void note_decided(const std::string& parameter, const std::string& transition);
  // Time passed while the run was held, for every step that was begun.
  void count_hold(std::int64_t held_ms);

  [[nodiscard]] bool used_challenge(const std::string& challenge) const;
  void use_challenge(const std::string& challenge) { own_->challenges.insert(challenge); }

  void add_conflict(std::string text);
  [[nodiscard]] std::size_t conflict_count() const;

 private:
  template <typename Map>
  [[nodiscard]] const typename Map::mapped_type* find(Map RunState::* map,
                                                      const typename Map::key_type& key) const {
    const auto own = (own_->*map).find(key);
    if (own != (own_->*map).end()) return &own->second;
    if (base_ == nullptr) return nullptr;
    const auto old = (base_->*map).find(key);
    return old == (base_->*map).end() ? nullptr : &old->second;
  }

  template <typename Map>
  [[nodiscard]] typename Map::mapped_type& edit(Map RunState::* map,
                                                const typename Map::key_type& key) {
    const auto own = (own_->*map).find(key);
    if (own != (own_->*map).end()) return own->second;
    const auto* old = find(map, key);
    return (own_->*map)[key] = old == nullptr ? typename Map::mapped_type{} : *old;
  }

  const RunState* base_ = nullptr;
  std::optional<RunState> overlay_;
  RunState* own_ = nullptr;
};

template <typename Predicate>
const ExceptionState* StateEdit::newest_exception(Predicate matches) const {
  for (const RunState* state : {static_cast<const RunState*>(own_), base_}) {
    if (state == nullptr) continue;
    for (auto id = state->exception_order.rbegin(); id != state->exception_order.rend(); ++id) {
      const ExceptionState* found = exception(*id);
      if (found != nullptr && matches(*found)) return found;
    }
  }
  return nullptr;
}

// A late result that is awaited, or came and was bad. What a void execution still owed is owed by
// its repetition.
[[nodiscard]] bool waits_for_result(const StateEdit& state, const std::string& place,
                                    const PendingResult& pending);

}  // namespace batchwright::workflows
