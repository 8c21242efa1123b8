// The run among others: relations, a recalled recipe.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "workflows/internal/decision.h"

namespace batchwright::workflows {
namespace {

constexpr std::array<std::string_view, 6> kRelations = {
    "consumes", "split", "merge", "sub-lot", "campaign position", "rework-of"};

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
  if (run.recall_told || is_over(run.status)) {
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

}  // namespace batchwright::workflows
