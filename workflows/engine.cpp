#include "workflows/engine.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "workflows/internal/apply_event.h"
#include "workflows/internal/decision.h"
#include "workflows/internal/step_rules.h"
#include "workflows/run_matrix.h"

namespace batchwright::workflows {
namespace {

const char* why_not(RunStatus status, const Command& command) {
  switch (status) {
    case RunStatus::kIdle: return "The run was not started yet. Start it first.";
    case RunStatus::kHeld:
      return std::holds_alternative<HoldRun>(command)
                 ? "The run is already on hold."
                 : "The run is on hold. Nothing was saved. Resume it first.";
    case RunStatus::kComplete:
      return "The run is complete. Values can only be corrected with a reason.";
    case RunStatus::kAborted:
      return "The run was aborted. Values can only be corrected with a reason.";
    case RunStatus::kRunning: break;
  }
  return std::holds_alternative<ResumeRun>(command) ? "The run is not on hold."
                                                    : "The run was started before.";
}

// Everybody may make safe; everything else needs a name. Time passes for everyone.
bool needs_person(const Command& command) {
  return !std::holds_alternative<HoldRun>(command) && !std::holds_alternative<Tick>(command);
}

Checked check_command(const RunState& state, const Command& command, const Context& context) {
  if (run_outcome(state.status, command) == Outcome::kRefused) {
    return refuse("run.state", why_not(state.status, command));
  }
  if (context.actor.empty() && needs_person(command)) {
    return refuse("person.missing", "Nobody is signed in. Nothing was saved. Sign in first.");
  }
  return {};
}

bool moves_the_gap(const record::Line& line) {
  return line.type != "step_recovered" && line.type != "exception_opened" &&
         line.type != "step_ready";
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
  if (auto allowed = check_command(state, command, context); !allowed) {
    return std::unexpected(allowed.error());
  }
  Decision decision(state, context);
  auto done =
      std::visit([&](const auto& known) { return decide_command(decision, known); }, command);
  if (done) done = decision.advance();
  if (!done) return std::unexpected(done.error());
  return decision.take_drafts();
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
