#include "workflows/internal/affected.h"

#include <set>

#include "workflows/internal/step_rules.h"

namespace batchwright::workflows {
namespace {

// Everything that used the old value, for the person who judges the correction: formulas that read
// it, directly or through others, the limits those are judged by, conditions, and the step
// instances that hold such results.
class Affected {
 public:
  Affected(const Decision& decision, const StepRef& corrected)
      : decision_(decision), ref_(corrected) {}

  std::vector<std::string> collect(const std::string& entry) {
    if (decision_.state().step(ref_)->status == StepStatus::kComplete) add_step(ref_);
    follow(ref_.path + ":" + entry);
    for (std::size_t i = 0; i < pending_.size(); ++i) follow(std::string(pending_[i]));
    return names_;
  }

 private:
  void add(std::string name) {
    if (seen_.insert(name).second) names_.push_back(std::move(name));
  }

  void follow(const std::string& reference) {
    const RunIndex& index = decision_.index();
    if (const auto used = index.conditions_reading.find(reference);
        used != index.conditions_reading.end()) {
      for (const std::string& condition : used->second) add("condition " + condition);
    }
    if (const auto readers = index.formulas_reading.find(reference);
        readers != index.formulas_reading.end()) {
      for (const FormulaPlace& place : readers->second) add_formula(place);
    }
    const auto limits = index.limits_reading.find(reference);
    if (limits == index.limits_reading.end()) return;
    for (const FormulaPlace& place : limits->second) {
      add("limit " + place.step + ":" + place.entry->id);
      add_holders(place);
    }
  }

  // The step, and the complete ones that relied on it, and on those.
  void add_step(const StepRef& ref) {
    if (seen_.contains("step " + to_text(ref))) return;
    add("step " + to_text(ref));
    const auto relying = decision_.index().relying_on.find(ref.path);
    if (relying == decision_.index().relying_on.end()) return;
    for (const std::string& path : relying->second) {
      const StepRef other{path, decision_.state().instances(path)};
      const StepState* step = decision_.state().step(other);
      if (step != nullptr && step->status == StepStatus::kComplete) add_step(other);
    }
  }

  void add_holders(const FormulaPlace& place) {
    for (int instance = 1; instance <= decision_.state().instances(place.step); ++instance) {
      const StepState* step = decision_.state().step({place.step, instance});
      if (step != nullptr && current_value(*step, place.entry->id) != nullptr) {
        add_step({place.step, instance});
      }
    }
  }

  void add_formula(const FormulaPlace& place) {
    const std::string name = place.step + ":" + place.entry->id;
    if (!seen_.insert("formula " + name).second) return;
    names_.push_back("formula " + name);
    const Limits& limits = place.entry->limits;
    if (limits.alert_low || limits.alert_high || limits.action_low || limits.action_high ||
        limits.hard_low || limits.hard_high) {
      add("limit " + name);
    }
    add_holders(place);
    pending_.push_back(name);
  }

  const Decision& decision_;
  const StepRef& ref_;
  std::vector<std::string> names_, pending_;
  std::set<std::string> seen_;
};

}  // namespace

std::vector<std::string> affected_by(const Decision& decision, const StepRef& ref,
                                     const std::string& entry) {
  return Affected(decision, ref).collect(entry);
}

}  // namespace batchwright::workflows
