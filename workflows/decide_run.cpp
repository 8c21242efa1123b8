// A run begins.
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

}  // namespace batchwright::workflows
