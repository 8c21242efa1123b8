// The reviews at the end of a record, each a signature (requirement B8).
#include <fmt/format.h>

#include <algorithm>

#include "workflows/internal/decision.h"
#include "workflows/internal/redline_rules.h"
#include "workflows/internal/reviews.h"
#include "workflows/internal/statement_rules.h"
#include "workflows/releasing.h"

namespace batchwright::workflows {
namespace {

Checked check_results(const Decision& decision) {
  for (const std::string& place : decision.state().pending_places()) {
    const PendingResult& pending = *decision.state().pending(place);
    const bool waits = waits_for_result(decision.state(), place, pending);
    if (pending.consequence == "informs" || !waits) continue;
    return refuse("review.result",
                  fmt::format("The record can't be accepted: the result {} is {}.", place,
                              pending.received ? "out of specification" : "awaited"),
                  place);
  }
  return {};
}

// Nothing may be open that its reviewer would have to decide first.
Checked check_reviewable(const Decision& decision) {
  const RunState& run = decision.state().scalars();
  if (auto good = check_results(decision); !good) return good;
  if (!run.open.empty()) {
    return refuse("review.open", "A step is open again. Complete it first.",
                  to_text(*run.open.begin()));
  }
  if (const auto* exception = decision.state().newest_exception(blocks_batch)) {
    return refuse("review.exception",
                  fmt::format("Exception {} stopped the batch and was not released by {}.",
                              exception->number, exception->release),
                  exception->step);
  }
  for (const std::string& id : decision.state().redline_ids()) {
    if (!is_open(*decision.state().redline(id))) continue;
    return refuse("review.redline",
                  "A change to this batch waits for approval. Have it approved or rejected first.",
                  id);
  }
  if (decision.state().conflict_count() > run.conflicts_reported) {
    return refuse(
        "review.conflict",
        "Panels recorded what can't both have happened. Look at the new exception first.");
  }
  if (run.recalled) {
    return refuse("review.recalled",
                  "The master batch record was recalled, and quality has not decided about it.");
  }
  return {};
}

}  // namespace

Checked decide_command(Decision& decision, const ReviewRun& command) {
  const RunState& run = decision.state().scalars();
  const bool production = command.stage == "production";
  const bool known = production || command.stage == "quality";
  const bool decided = command.decision == "accepted" || command.decision == "rejected";
  if (!known || !decided) {
    return refuse("review.kind", "A review is of production or quality, accepted or rejected.");
  }
  if (command.stage != next_review(run)) {
    return refuse("review.order",
                  "Production reviews first, then quality, each once. Nothing was saved.");
  }
  const std::string role = production ? "supervisor" : "quality";
  if (auto good = check_role(decision, {role}, "review.role", "review the record"); !good) {
    return good;
  }
  if (!production && run.reviews.back().actor == decision.context().actor) {
    return refuse("review.same_person",
                  "Quality is independent: the production reviewer can't review again.");
  }
  if (auto good = check_reason(command.reason); !good) return good;
  if (command.decision == "accepted") {
    if (auto good = check_reviewable(decision); !good) return good;
  }
  const SignedText text{command.statement, command.key_hex, command.signature_hex};
  const StatementRules rules{{}, command.decision, {role}, {run.last_line}};
  if (auto good = check_statement(decision, text, rules); !good) return good;
  decision.emit(RunReviewed{command.stage, command.decision, command.reason, command.statement,
                            command.key_hex, command.signature_hex});
  return {};
}

}  // namespace batchwright::workflows
