// Commands about the whole run.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/text.h"
#include "workflows/internal/decision.h"

namespace batchwright::workflows {
namespace {

constexpr std::array<std::string_view, 5> kKinds = {"batch", "cleaning", "set-up", "daily check",
                                                    "rework"};

}  // namespace

Checked decide_command(Decision& decision, const StartRun& command) {
  const Mbr& mbr = *decision.index().mbr;
  if (command.run != decision.state().scalars().run) {
    return refuse("run.other",
                  "The issue is for another run. Nothing was saved. Choose the right one.");
  }
  if (mbr.draft) {
    return refuse(
        "run.draft",
        "The master batch record is a draft. Nothing was started. Only an approved one can "
        "run.");
  }
  if (command.number.empty() || !checked_text(command.number)) {
    return refuse("run.number",
                  "The batch number is missing or not readable. Nothing was started.");
  }
  if (std::ranges::find(kKinds, command.kind) == kKinds.end()) {
    return refuse("run.kind", "This kind of run is not known. Nothing was started.");
  }
  if (!array_from_hex<32>(command.issue_sha256)) {
    return refuse(
        "run.issue",
        "The batch was not issued: the hash of its issue is missing. Nothing was started.");
  }
  decision.emit(RunStarted{command.number, command.kind, mbr.id, mbr.version, decision.index().hash,
                           command.issue_sha256});
  decision.emit(RunStateChanged{"start", "idle", "running", {}});
  decision.emit(ElementStateChanged{"", "idle", "running"});
  return {};
}

Checked decide_command(Decision& decision, const HoldRun& command) {
  // Without a name, the button itself is the reason: safety never waits for typing.
  const bool needs_reason = !decision.context().actor.empty() || !command.reason.empty();
  if (needs_reason) {
    if (auto good = check_reason(command.reason); !good) return good;
  }
  decision.emit(RunStateChanged{"hold", "running", "held", command.reason});
  decision.open_exception({.exception_class = "run_held", .message = "The run was put on hold."});
  return {};
}

// Anybody may put a batch on hold; that it is safe to go on is decided by who answers for it.
Checked decide_command(Decision& decision, const ResumeRun& command) {
  const auto& roles = decision.context().roles;
  const bool may = std::ranges::any_of(
      roles, [](const std::string& role) { return role == "supervisor" || role == "quality"; });
  if (!may) {
    return refuse(
        "resume.role",
        "Only a supervisor or quality may let the batch go on. It stays on hold. Call one.");
  }
  if (auto good = check_reason(command.reason); !good) return good;
  decision.emit(RunStateChanged{"resume", "held", "running", command.reason});
  return {};
}

Checked decide_command(Decision& decision, const AbortRun& command) {
  if (auto good = check_reason(command.reason); !good) return good;
  const std::string from = to_string(decision.state().scalars().status);
  decision.emit(RunStateChanged{"abort", from, "aborted", command.reason});
  decision.open_exception({.exception_class = "run_aborted", .message = "The run was aborted."});
  return {};
}

Checked decide_command(Decision& decision, const Tick&) {
  const RunState& run = decision.state().scalars();
  if (run.status != RunStatus::kRunning && run.status != RunStatus::kHeld) return {};
  const std::set<StepRef> open = run.open;
  for (const StepRef& ref : open) {
    const StepState& step = *decision.state().step(ref);
    const std::int64_t maximum_ms = std::int64_t{decision.index().step(ref.path)->maximum_s} * 1000;
    const std::int64_t elapsed_ms = decision.context().now.unix_ms - step.started_unix_ms;
    const bool counts = !step.started_time.empty() && !step.reopened && !step.maximum_reported;
    if (!counts || maximum_ms == 0 || elapsed_ms <= maximum_ms) continue;
    decision.open_exception(
        {.exception_class = "time_exceeded",
         .value = fmt::format("{} s", elapsed_ms / 1000),
         .limit = fmt::format("at most {} s", maximum_ms / 1000),
         .message = fmt::format("The step took longer than {} s.", maximum_ms / 1000)},
        to_text(ref));
  }
  return {};
}

}  // namespace batchwright::workflows
