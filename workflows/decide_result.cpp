// Late results (requirement B13): every one that ever came stays; the last word on a bad one is
// quality's.
#include <fmt/format.h>

#include "workflows/entry_value.h"
#include "workflows/internal/decision.h"
#include "workflows/internal/exceptions_of_values.h"
#include "workflows/internal/limits_of.h"
#include "workflows/internal/names.h"

namespace batchwright::workflows {

Checked decide_command(Decision& decision, const RecordResult& command) {
  const auto step = find_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const std::string place = command.step + ":" + command.entry;
  const Entry* entry = find_entry(*step->content, command.entry);
  if (entry == nullptr || !entry->late || decision.state().pending(place) == nullptr) {
    return refuse("result.not_awaited", "No such result is awaited. Nothing was saved.", place);
  }
  if (auto good = check_role(decision, {entry->late->owner}, "result.role", "bring this result");
      !good) {
    return good;
  }
  const auto reported = read_entry_value(judged_entry(*entry, *step->state), command.raw);
  if (!reported) return refuse("entry.format", reported.error().message, place);
  const auto recorded = step->state->entries.find(command.entry);
  const std::size_t before =
      recorded == step->state->entries.end() ? 0 : recorded->second.values.size();
  if (before > 0) {
    if (auto good = check_reason(command.reason, place); !good) {
      return refuse("result.retest", "There is a result already. A retest needs a reason.", place);
    }
  }
  decision.emit(EntryRecorded{command.entry, std::string(name_of(kEntryKindNames, entry->kind)),
                              command.raw, reported->value, entry->unit, reported->verdict,
                              std::to_string(before + 1), "result", command.reason},
                command.step);
  const bool bad = needs_reaction(reported->verdict);
  open_value_exception(decision, *entry, *reported, command.step,
                       bad ? "out_of_specification" : "");
  decision.recompute_after(step->ref, command.entry);
  return {};
}

}  // namespace batchwright::workflows
