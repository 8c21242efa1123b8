// A named scenario of the MBR: a clean run but for its events; what must come of it is compared.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "workflows/dry_run/player.h"
#include "workflows/scenario_actions.h"

namespace batchwright::workflows::dry {

class ScenarioWay : public Way {
 public:
  explicit ScenarioWay(const Scenario& scenario) : scenario_(scenario) {
    used_.assign(scenario.events.size(), false);
  }

  void before(Player& player, const StepRef& ref) override;
  void running(Player& player, const StepRef& ref) override;
  void recorded(Player& player, const StepRef& ref, const Entry& entry) override;
  void filled(Player& player, const StepRef& ref) override;
  void complete(Player& player, const StepRef& ref) override;
  void end(Player& player) override;
  std::string value(Player& player, const StepRef& ref, const Entry& entry) override;
  bool held(Player& player) override;
  std::string verdict(Player& player, const StepRef& ref, const Entry& entry,
                      const CheckNeed& need) override;
  bool suits(Player& player, const StepRef& ref, const Entry& entry,
             const std::string& check) override;

  // Events that nothing came of: a step that was never reached.
  [[nodiscard]] std::vector<std::string> unused() const;

 private:
  [[nodiscard]] const ScenarioEvent* next(ScenarioTime time, const StepRef& ref,
                                          const std::string& entry = {});
  void happen_before(Player& player, const StepRef& ref, const ScenarioEvent& event);
  void happen_during(Player& player, const StepRef& ref, const ScenarioEvent& event);
  void happen_after(Player& player, const StepRef& ref, const ScenarioEvent& event);
  void compare_value(Player& player, const StepRef& ref, const ScenarioEvent& event);
  void compare_reopened(Player& player, const ScenarioEvent& event);
  void compare_count(Player& player, const ScenarioEvent& event);
  void change_site(Player& player, const ScenarioEvent& event);
  void hand_over(Player& player);

  const Scenario& scenario_;
  std::vector<bool> used_;
  std::set<std::size_t> given_;  // values for every instance that were given once
};

// Plays it and says what came of it; differences are findings.
[[nodiscard]] ScenarioOutcome play_scenario(const Stage& stage, const Scenario& scenario);

}  // namespace batchwright::workflows::dry
