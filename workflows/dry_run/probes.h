// Questions that are asked on the way and change nothing: what would the engine say to a value just
// outside a limit, a closed gate, the wrong person, a minute too early or too late?
#pragma once

#include <set>
#include <string>

#include "workflows/dry_run/steering.h"

namespace batchwright::workflows::dry {

// Everything that probes and faults should show of this MBR.
void expect_everything(const Stage& stage, const Decisions& decisions);

class ProbingWay : public SteeredWay {
 public:
  // `probed`: steps that another way has asked about; shared.
  ProbingWay(const Decisions& decisions, Targets* targets, std::set<std::string>& probed)
      : SteeredWay(decisions, targets), probed_(probed) {}

  void before(Player& player, const StepRef& ref) override;
  void recording(Player& player, const StepRef& ref, const Entry& entry) override;
  void recorded(Player& player, const StepRef& ref, const Entry& entry) override;
  void filled(Player& player, const StepRef& ref) override;
  void signing(Player& player, const StepRef& ref, const SignatureRule& rule) override;
  void completing(Player& player, const StepRef& ref) override;
  void complete(Player& player, const StepRef& ref) override;
  void end(Player& player) override;

 private:
  [[nodiscard]] bool wants(const StepRef& ref) const { return !probed_.contains(ref.path); }

  std::set<std::string>& probed_;
};

// Gates and times before a step; each closed alone.
void probe_gates(Player& player, const StepRef& ref);
// Values around every limit of an entry that people type, and the unexpected answer.
void probe_limits(Player& player, const StepRef& ref, const Entry& entry);
// The same of computed entries, by correcting a value they depend on.
void probe_computed(Player& player, const StepRef& ref, const Entry& entry);
void probe_late(Player& player, const std::string& pending_place);

// Values of a leaf on both sides of the point where a computed entry crosses `bound`: outside and
// inside. Empty when none was found.
struct Crossing {
  std::string leaf, outside, inside;
};
[[nodiscard]] std::optional<Crossing> find_crossing(const Player& player, const StepRef& ref,
                                                    const Entry& entry, const Decimal& bound,
                                                    bool high);

struct LimitSide {
  std::optional<Decimal> Limits::* limit;
  const char* name;  // "action high"
  bool high;
};
inline constexpr std::array<LimitSide, 6> kLimitSides = {{
    {&Limits::alert_low, "alert low", false},
    {&Limits::alert_high, "alert high", true},
    {&Limits::action_low, "action low", false},
    {&Limits::action_high, "action high", true},
    {&Limits::hard_low, "hard low", false},
    {&Limits::hard_high, "hard high", true},
}};
[[nodiscard]] bool has_limit(const Entry& entry, std::optional<Decimal> Limits::* limit);
// What the MBR says of a value, by another reading than the engine's.
[[nodiscard]] std::string expected_verdict(const Limits& limits, const Decimal& value);
[[nodiscard]] std::string expected_class(const Entry& entry, const std::string& verdict);

}  // namespace batchwright::workflows::dry
