#include <fmt/format.h>

#include <algorithm>

#include "workflows/dry_run/probes.h"
#include "workflows/dry_run/values.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/limits_of.h"

namespace batchwright::workflows::dry {

namespace {

void expect_entry(Ledger& ledger, const std::string& path, const Entry& entry) {
  const std::string place = entry_place(path, entry.id);
  for (const LimitSide& side : kLimitSides) {
    if (has_limit(entry, side.limit)) ledger.expect("limit", place + " " + side.name);
  }
  if (entry.kind == EntryKind::kYesNo && entry.expected) ledger.expect("answer", place);
  if (!entry.identifies.empty()) ledger.expect("identify", place);
  if (entry.camera_check) ledger.expect("fault", place + " check fails");
  if (entry.late) {
    ledger.expect("late", place);
    ledger.expect("time", place + " due");
  }
  if (!entry.reaction_plan.empty() && !entry.late)
    ledger.expect("plan", entry.reaction_plan + " at " + place);
}

void expect_step(const Stage& stage, const std::string& path, const StepContent& step) {
  Ledger& ledger = stage.ledger;
  ledger.expect("step", path);
  for (const Gate& gate : step.gates) ledger.expect("gate", path + " gate " + gate.id);
  for (const Entry& entry : step.entries) expect_entry(ledger, path, entry);
  for (const SignatureRule& rule : step.signatures) {
    ledger.expect("signature", path + " " + rule.meaning);
  }
  if (step.minimum_s > 0) ledger.expect("time", path + " minimum");
  if (step.maximum_s > 0) ledger.expect("time", path + " maximum");
  for (const char* fault : {"hold and restart", "power cut"}) {
    ledger.expect("fault", path + " " + fault);
  }
}

bool has_class(const std::expected<Drafts, Refusal>& answer, const char* name) {
  if (!answer) return false;
  const auto classes = opened(*answer);
  return std::ranges::find(classes, name) != classes.end();
}

bool is_refused(const std::expected<Drafts, Refusal>& answer, std::string_view rule) {
  return !answer && answer.error().rule == rule;
}

// Certified ranges of limits that only a run can compute.
void check_computed_limits(const Player& player, const StepRef& ref, const Entry& entry) {
  const std::string place = entry_place(ref.path, entry.id);
  const auto limits = limits_of(entry, player.step(ref));
  for (const auto& range : player.stage.mbr->expectations.ranges) {
    if (range.entry != place || entry.limit_formulas.empty() || !limits) continue;
    const bool low = !range.low || (limits->action_low && *limits->action_low >= *range.low);
    const bool high = !range.high || (limits->action_high && *limits->action_high <= *range.high);
    if (low && high) continue;
    player.stage.ledger.error("expect.range", place,
                              "The computed limits are wider than the certified range.");
  }
}

}  // namespace

void expect_everything(const Stage& stage, const Decisions& decisions) {
  for (const auto& [path, element] : stage.index().elements) {
    if (element.is_step()) expect_step(stage, path, *element.element->step);
    for (const auto& [id, node] : element.chart.nodes) {
      if (node.node->kind == NodeKind::kTransition) {
        stage.ledger.expect("transition", node_place(path, id));
      }
    }
  }
  (void)decisions;
  for (const TimeLimit& limit : stage.mbr->time_limits) {
    if (limit.minimum_s > 0) stage.ledger.expect("time", limit.id + " minimum");
    if (limit.maximum_s > 0) stage.ledger.expect("time", limit.id + " maximum");
  }
  for (const ReactionPlan& plan : stage.mbr->reaction_plans) {
    const std::string place = "plan " + plan.id;
    if (plan.escalate_after_s > 0) stage.ledger.expect("time", place + " escalates");
    if (plan.hold_max_s > 0) stage.ledger.expect("time", place + " hold maximum");
  }
  for (const auto& order : stage.mbr->expectations.precedes) {
    stage.ledger.expect("order", order.first + " before " + order.then);
  }
}

void ProbingWay::before(Player& player, const StepRef& ref) {
  if (wants(ref)) probe_gates(player, ref);
}

void ProbingWay::recording(Player& player, const StepRef& ref, const Entry& entry) {
  if (!wants(ref)) return;
  probe_limits(player, ref, entry);
  check_computed_limits(player, ref, entry);
}

// A second value that no plan allows is a correction.
void ProbingWay::recorded(Player& player, const StepRef& ref, const Entry& entry) {
  if (!wants(ref)) return;
  const auto again = player.ask(RecordEntry{to_text(ref), entry.id, value(player, ref, entry)},
                                player.worker(ref));
  const RecordedValue* current = player.value(ref, entry.id);
  const bool good = current != nullptr && current->verdict != "action" &&
                    current->verdict != "implausible" && current->verdict != "unexpected";
  if (good && !is_refused(again, "entry.recorded")) {
    player.stage.ledger.error("entry.twice", entry_place(ref.path, entry.id),
                              "A second value was taken without a reason.");
  }
}

void ProbingWay::filled(Player& player, const StepRef& ref) {
  if (!wants(ref)) return;
  for (const Entry& entry : player.content(ref).entries) {
    if (entry.kind == EntryKind::kComputed) probe_computed(player, ref, entry);
  }
}

void ProbingWay::signing(Player& player, const StepRef& ref, const SignatureRule& rule) {
  if (!wants(ref)) return;
  const std::string place = ref.path + " " + rule.meaning;
  Ledger& ledger = player.stage.ledger;
  if (!is_refused(player.ask(CompleteStep{to_text(ref)}, player.worker(ref)),
                  "step.signature.missing")) {
    ledger.error("signature.not_needed", place, "The step could be completed without it.");
    return;
  }
  // Somebody who may not: who took part, or who has another role.
  const SimulatedPerson& worker = player.worker(ref);
  const bool same_role = worker.roles.front() == rule.role;
  const std::string other = rule.role == "quality" ? "operator" : "quality";
  const SimulatedPerson& wrong =
      rule.other_person && same_role ? worker : *player.stage.cast.someone(other);
  const auto answer = player.ask(player.signature(ref, rule, wrong), wrong);
  if (!answer && answer.error().rule.starts_with("sign.")) {
    ledger.reach("signature", place);
  } else {
    ledger.error("signature.wrong_person", place, "The wrong person could sign this.");
  }
}

void ProbingWay::completing(Player& player, const StepRef& ref) {
  if (!wants(ref)) return;
  const StepContent& content = player.content(ref);
  const StepState& step = player.step(ref);
  Ledger& ledger = player.stage.ledger;
  const auto at = [&](std::int64_t seconds) {
    Instant when = player.now;
    when.unix_ms = step.started_unix_ms + seconds * 1000;
    return when;
  };
  const SimulatedPerson& who = player.worker(ref);
  if (content.minimum_s > 0) {
    const auto early =
        player.ask_at(CompleteStep{to_text(ref)}, who, at(content.minimum_s - 1), player.site);
    if (is_refused(early, "step.minimum_time")) {
      ledger.reach("time", ref.path + " minimum");
    } else {
      ledger.error("time.minimum", ref.path, "The step could be completed too early.");
    }
  }
  if (content.maximum_s == 0 || step.maximum_reported) return;
  const bool after = has_class(player.ask_at(Tick{}, who, at(content.maximum_s + 1), player.site),
                               "time_exceeded");
  if (after) {
    ledger.reach("time", ref.path + " maximum");
  } else {
    ledger.error("time.maximum", ref.path, "Passing the maximum time opens no exception.");
  }
}

void ProbingWay::complete(Player&, const StepRef& ref) {
  probed_.insert(ref.path);
}

// Late results come, and the record is reviewed.
void ProbingWay::end(Player& player) {
  const auto pending = player.state.pending;
  for (const auto& [place, result] : pending) {
    if (!result.received) probe_late(player, place);
  }
  player.bring_results({}, false);
  if (player.gave_up) return;
  if (player.state.status != RunStatus::kComplete) return;
  player.review("production", *player.stage.cast.someone("supervisor"));
  player.review("quality", *player.stage.cast.someone("quality"));
}

}  // namespace batchwright::workflows::dry
