#include "workflows/engine.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "workflows/internal/apply_event.h"
#include "workflows/internal/decision.h"
#include "workflows/internal/refusal_record.h"
#include "workflows/internal/reviews.h"
#include "workflows/internal/times.h"
#include "workflows/run_matrix.h"

namespace batchwright::workflows {
namespace {

const char* why_not(RunStatus status, const Command& command) {
  if (std::holds_alternative<StartRun>(command)) return "The run was started before.";
  switch (status) {
    case RunStatus::kIdle: return "The run was not started yet. Start it first.";
    case RunStatus::kComplete:
    case RunStatus::kStopped:
    case RunStatus::kAborted: return "The run is over. Values can only be corrected with a reason.";
    case RunStatus::kRunning: return "The run is not over yet.";
    case RunStatus::kPausing:
    case RunStatus::kPaused:
      return "The run pauses: nothing new begins. Nothing was saved. Resume it first.";
    case RunStatus::kStopping: return "The run is being stopped: nothing new begins.";
    default: return "The run is on hold. Nothing was saved. Restart it first.";
  }
}

// Everybody may make safe, and devices report by themselves; everything else needs a name. Time
// passes for everyone.
bool needs_person(const Command& command) {
  const Control* control = std::get_if<Control>(&command);
  if (control != nullptr && control->command == ProceduralCommand::kHold) return false;
  return !std::holds_alternative<Tick>(command) &&
         !std::holds_alternative<ReportFailure>(command) &&
         !std::holds_alternative<RecallRecipe>(command);
}

// After the first review only quality opens the record again. Facts are still told, and a result
// that was awaited still comes.
bool opens_reviewed_record(const RunState& state, const Command& command) {
  const CommandGroup group = group_of(command);
  const bool changes = group == CommandGroup::kBegin || group == CommandGroup::kWork ||
                       group == CommandGroup::kAmend;
  return changes && is_reviewed(state) && !std::holds_alternative<RecordResult>(command);
}

Checked check_command(const RunState& state, const Command& command, const Context& context) {
  if (!may(state.status, command)) {
    return refuse("run.state", why_not(state.status, command));
  }
  if (context.actor.empty() && needs_person(command)) {
    return refuse("person.missing", "Nobody is signed in. Nothing was saved. Sign in first.");
  }
  if (opens_reviewed_record(state, command) && !has_role(context, "quality")) {
    return refuse("review.closed",
                  "The record was reviewed. Only quality may change it now. Nothing was changed.");
  }
  return {};
}

// A maximum that had passed by then is in the record, whatever becomes of the command: it may be
// why the command was refused.
std::vector<record::Draft> record_of(const Refusal& refusal, const RunState& state,
                                     const Command& command, const Context& context) {
  Decision decision(state, context);
  const bool asks_for_all =
      std::holds_alternative<BeginStep>(command) || std::holds_alternative<ReviewRun>(command);
  if (asks_for_all && state.status != RunStatus::kIdle) report_times(decision);
  record_refusal(decision, command, refusal);
  return decision.take_drafts();
}

bool moves_the_gap(const record::Line& line) {
  return line.type != "step_recovered" && line.type != "exception_opened" &&
         line.type != "step_ready" && line.type != "command_refused" &&
         line.type != "exception_escalated";
}

std::int64_t unix_ms_of(const record::Line& line) {
  const auto time = instant_from_text(line.time);
  return time ? time->unix_ms : line.hlc.unix_ms();
}

}  // namespace

std::expected<std::vector<record::Draft>, Refusal> decide(const RunState& state,
                                                          const Command& command,
                                                          const Context& context) {
  if (state.index == nullptr) {
    return refuse("run.no_recipe",
                  "The master batch record of this run is not here. Nothing was saved. Load it "
                  "first.");
  }
  Decision decision(state, context);
  auto done = check_command(state, command, context);
  if (done) {
    done = std::visit([&](const auto& known) { return decide_command(decision, known); }, command);
  }
  if (done) done = decision.advance();
  if (done) return decision.take_drafts();
  Refusal refusal = std::move(done.error());
  refusal.to_record = record_of(refusal, state, command, context);
  return std::unexpected(std::move(refusal));
}

void apply(RunState& state, const record::StoredLine& stored) {
  const record::Line& line = stored.line;
  if (line.subject != record::Subject{"run", state.run} || line.type == "commit") return;
  ++state.events;
  const auto event = decode_event(line);
  if (!event && event.error().code == ErrorCode::kUnsupported) {
    ++state.not_understood;
    return;
  }
  StateEdit edit(state);
  const LineFacts facts{line.step,
                        line.actor,
                        line.role,
                        line.time,
                        unix_ms_of(line),
                        to_hex(stored.hash),
                        fmt::format("{} line {}", line.device, line.seq)};
  if (!event) {
    edit.add_conflict(fmt::format("{} {}: {}", facts.place, line.type, event.error().message));
  } else if (state.index != nullptr) {
    apply_event(edit, *event, facts);
  }
  state.last_line = facts.hash;
  if (moves_the_gap(line)) state.last_unix_ms = std::max(state.last_unix_ms, facts.unix_ms);
}

RunState initial_state(std::shared_ptr<const Mbr> mbr, std::string run) {
  RunState state;
  state.run = std::move(run);
  if (mbr != nullptr) state.index = make_run_index(mbr);
  state.mbr = std::move(mbr);
  return state;
}

RunState replay(std::shared_ptr<const Mbr> mbr, std::string run,
                const std::vector<record::StoredLine>& lines) {
  RunState state = initial_state(std::move(mbr), std::move(run));
  for (const record::StoredLine& line : lines) apply(state, line);
  return state;
}

}  // namespace batchwright::workflows
