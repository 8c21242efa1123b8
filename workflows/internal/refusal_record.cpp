#include "workflows/internal/refusal_record.h"

#include <algorithm>
#include <array>

namespace batchwright::workflows {
namespace {

constexpr std::array<const char*, std::variant_size_v<Command>> kCommandNames = {
    "start_run",
    "begin_step",
    "record_entry",
    "correct_entry",
    "invalidate_value",
    "mark_not_applicable",
    "record_result",
    "comment_exception",
    "report_deviation",
    "annotate_step",
    "report_failure",
    "sign_step",
    "complete_step",
    "release_step",
    "force_step",
    "override_gate",
    "repeat_step",
    "recover_step",
    "choose_transition",
    "control",
    "swap_equipment",
    "hand_over",
    "take_over",
    "relate_run",
    "recall_recipe",
    "decide_recall",
    "propose_redline",
    "approve_redline",
    "reject_redline",
    "review_run",
    "record_check",
    "put_right",
    "decide_check",
    "record_challenge",
    "confirm_check_worked",
    "tick"};

constexpr std::array<std::string_view, 16> kRecorded = {
    "gate.",          "sign.role",          "sign.same_person",
    "sign.signer",    "sign.order",         "release.",
    "override.",      "run.state",          "step.not_its_turn",
    "step.held",      "step.element_state", "redline.same_person",
    "review.",        "step.minimum_time",  "restart.blocked",
    "redline.quality"};

bool is_recorded(const std::string& rule) {
  const bool role = rule.ends_with(".role") || rule.ends_with(".same_person");
  return role || std::ranges::any_of(kRecorded, [&](std::string_view known) {
           return known.ends_with('.') ? rule.starts_with(known) : rule == known;
         });
}

}  // namespace

std::string refusal_key(const std::string& actor, const std::string& rule,
                        const std::string& place) {
  return actor + " " + rule + " " + place;
}

void record_refusal(Decision& decision, const Command& command, const Refusal& refusal) {
  const RunState& state = decision.state().scalars();
  const Context& context = decision.context();
  const bool started = state.status != RunStatus::kIdle;
  if (!started || context.actor.empty() || !is_recorded(refusal.rule)) return;
  const auto is_recent = [&](const auto& known) {
    return is_recent_refusal(known.second, context.now.unix_ms);
  };
  const auto& recent = state.refusals.recent;
  const auto same = recent.find(refusal_key(context.actor, refusal.rule, refusal.place));
  if (same != recent.end() && is_recent(*same)) return;
  if (std::ranges::count_if(recent, is_recent) >= std::ptrdiff_t{kRefusalsPerMinuteMax}) return;
  decision.emit(
      CommandRefused{kCommandNames[command.index()], refusal.rule, refusal.message, refusal.place});
}

}  // namespace batchwright::workflows
