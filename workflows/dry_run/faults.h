// A way on which things go wrong at every step: hold, power cut, bad values down to the end of the
// reaction plan, a correction after completion.
#pragma once

#include <set>
#include <string>

#include "workflows/dry_run/probes.h"

namespace batchwright::workflows::dry {

class FaultyWay : public SteeredWay {
 public:
  // At most `steps_max` steps are disturbed on one way, so that its record stays small; `disturbed`
  // is shared by the ways.
  FaultyWay(const Decisions& decisions, Targets* targets, std::set<std::string>& disturbed,
            std::size_t steps_max)
      : SteeredWay(decisions, targets), disturbed_(disturbed), left_(steps_max) {}

  void running(Player& player, const StepRef& ref) override;
  std::string value(Player& player, const StepRef& ref, const Entry& entry) override;
  void recorded(Player& player, const StepRef& ref, const Entry& entry) override;
  std::string verdict(Player& player, const StepRef& ref, const Entry& entry,
                      const CheckNeed& need) override;
  void judged(Player& player, const StepRef& ref, const Entry& entry) override;
  void filled(Player& player, const StepRef& ref) override;
  void complete(Player& player, const StepRef& ref) override;

 private:
  [[nodiscard]] bool disturbs(const StepRef& ref) const { return now_.contains(ref.path); }
  void play_plan(Player& player, const StepRef& ref, const Entry& entry);
  void play_computed_plan(Player& player, const StepRef& ref, const Entry& entry);
  void probe_plan_times(Player& player, const StepRef& ref, const ReactionPlan& plan);
  void put_right(Player& player, const StepRef& ref, const std::string& entry,
                 const std::string& raw);

  std::set<std::string>& disturbed_;
  std::set<std::string> now_;  // paths that this way disturbs
  std::set<std::string> bad_;  // entries that had their bad value
  std::size_t left_;
};

}  // namespace batchwright::workflows::dry
