#include "workflows/internal/refusal_record.h"

#include <array>

#include "workflows/internal/decision.h"

namespace batchwright::workflows {
namespace {

constexpr std::int64_t kRepeatedMs = 60'000;

constexpr std::array<const char*, std::variant_size_v<Command>> kCommandNames = {
    "start_run",         "begin_step",        "record_entry",
    "correct_entry",     "invalidate_value",  "mark_not_applicable",
    "record_result",     "comment_exception", "report_deviation",
    "annotate_step",     "report_failure",    "sign_step",
    "complete_step",     "release_step",      "force_step",
    "override_gate",     "repeat_step",       "recover_step",
    "choose_transition", "control",           "swap_equipment",
    "hand_over",         "take_over",         "relate_run",
    "recall_recipe",     "decide_recall",     "propose_redline",
    "approve_redline",   "review_run",        "tick"};

constexpr std::array<std::string_view, 14> kRecorded = {
    "gate.",       "sign.role",          "sign.same_person",
    "sign.signer", "sign.order",         "release.",
    "override.",   "run.state",          "step.not_its_turn",
    "step.held",   "step.element_state", "redline.same_person",
    "review.",     "step.minimum_time"};

bool is_recorded(const std::string& rule) {
  const bool role = rule.ends_with(".role") || rule.ends_with(".same_person");
  return role || std::ranges::any_of(kRecorded, [&](std::string_view known) {
           return known.ends_with('.') ? rule.starts_with(known) : rule == known;
         });
}

}  // namespace

std::vector<record::Draft> refusal_to_record(const RunState& state, const Command& command,
                                             const Context& context, const Refusal& refusal) {
  const bool started = state.status != RunStatus::kIdle;
  if (!started || context.actor.empty() || !is_recorded(refusal.rule)) return {};
  const RefusalCount& last = state.refusals;
  const bool same = last.last_rule == refusal.rule && last.last_place == refusal.place &&
                    last.last_actor == context.actor &&
                    context.now.unix_ms - last.last_unix_ms < kRepeatedMs;
  if (same) return {};
  Decision decision(state, context);
  decision.emit(
      CommandRefused{kCommandNames[command.index()], refusal.rule, refusal.message, refusal.place});
  return decision.take_drafts();
}

}  // namespace batchwright::workflows
