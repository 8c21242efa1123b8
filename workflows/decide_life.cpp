// The run among others: relations, a recalled recipe, the reviews at its end.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "workflows/internal/decision.h"

namespace batchwright::workflows {
namespace {

constexpr std::array<std::string_view, 6> kRelations = {
    "consumes", "split", "merge", "sub-lot", "campaign position", "rework-of"};

// The end of the record: nothing may be open that its reviewer could not see.
Checked check_reviewable(const Decision& decision) {
  for (const std::string& place : decision.state().pending_places()) {
    const PendingResult& pending = *decision.state().pending(place);
    const bool waits = !pending.received || pending.out_of_specification;
    if (pending.consequence == "informs" || !waits) continue;
    return refuse("review.result",
                  fmt::format("The record can't be accepted: the result {} is {}.", place,
                              pending.received ? "out of specification" : "awaited"),
                  place);
  }
  if (!decision.state().scalars().open.empty()) {
    return refuse("review.open", "A step is open again. Complete it first.",
                  to_text(*decision.state().scalars().open.begin()));
  }
  return {};
}

}  // namespace

Checked decide_command(Decision& decision, const RelateRun& command) {
  if (std::ranges::find(kRelations, command.relation) == kRelations.end()) {
    return refuse("relate.kind", "This relation between batches is not known. Nothing was saved.",
                  command.relation);
  }
  if (command.other_run.empty() || !checked_text(command.other_run)) {
    return refuse("relate.run", "The other batch is missing. Nothing was saved.");
  }
  if (command.relation == "rework-of") {
    auto good = check_role(decision, {"quality"}, "relate.role", "approve rework");
    if (!good) return good;
    if (good = check_reason(command.detail); !good) return good;
  }
  decision.emit(RunRelated{command.relation, command.other_run, command.detail});
  return {};
}

Checked decide_command(Decision& decision, const RecallRecipe& command) {
  const RunState& run = decision.state().scalars();
  if (run.recalled || is_over(run.status)) {
    return refuse("recall.known", "The run knows of the recall, or it is over.");
  }
  if (auto good = check_reason(command.reason); !good) return good;
  decision.emit(RecipeRecalled{run.mbr_hash, command.reason});
  decision.open_exception({.exception_class = "recipe_recalled",
                           .message = "The master batch record of this run was recalled."});
  return {};
}

Checked decide_command(Decision& decision, const DecideRecall& command) {
  if (!decision.state().scalars().recalled) {
    return refuse("recall.nothing", "The master batch record was not recalled.");
  }
  auto good = check_role(decision, {"quality"}, "recall.role", "decide about a recall");
  if (!good) return good;
  if (good = check_reason(command.reason); !good) return good;
  decision.emit(RecallDecided{command.go_on ? "go on" : "stop", command.reason});
  if (!command.go_on && next_state(decision.state_of(""), ProceduralCommand::kStop)) {
    decision.change_state("", ProceduralCommand::kStop, command.reason);
  }
  return {};
}

Checked decide_command(Decision& decision, const ReviewRun& command) {
  const auto& reviews = decision.state().scalars().reviews;
  const bool production = command.stage == "production";
  const bool known = production || command.stage == "quality";
  const bool decided = command.decision == "accepted" || command.decision == "rejected";
  if (!known || !decided) {
    return refuse("review.kind", "A review is of production or quality, accepted or rejected.");
  }
  const bool right_turn =
      production ? reviews.empty() : reviews.size() == 1 && reviews[0].decision == "accepted";
  if (!right_turn) {
    return refuse("review.order",
                  "Production reviews first, then quality, each once. Nothing was saved.");
  }
  const std::string role = production ? "supervisor" : "quality";
  if (auto good = check_role(decision, {role}, "review.role", "review the record"); !good) {
    return good;
  }
  if (!production && reviews[0].actor == decision.context().actor) {
    return refuse("review.same_person",
                  "Quality is independent: the production reviewer can't review again.");
  }
  if (auto good = check_reason(command.reason); !good) return good;
  if (command.decision == "accepted") {
    if (auto good = check_reviewable(decision); !good) return good;
  }
  decision.emit(RunReviewed{command.stage, command.decision, command.reason});
  return {};
}

}  // namespace batchwright::workflows
