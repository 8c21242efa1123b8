// Dry-run: plays a master batch record with the real engine, simulated people and virtual time, in
// so many ways that every transition fires, every limit is broken on both sides, every gate closes,
// and every step is disturbed. Pure and deterministic: the same MBR gives the same report.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/finding.h"
#include "base/json.h"
#include "workflows/mbr.h"

namespace batchwright::workflows {

// One thing of the MBR that a dry-run should show.
struct DryRunItem {
  std::string kind;   // step, transition, limit, answer, identify, gate, plan, time, signature,
                      // late, fault, order
  std::string place;  // step, entry, node or id, and which side of it
  bool reached = false;
  std::string why;  // why it could not be reached; empty when it was
};

struct ScenarioOutcome {
  std::string id;
  bool passed = false;
  std::string ends;                     // state of the run at the end
  std::vector<std::string> exceptions;  // "class severity" of each, sorted
};

struct DryRunReport {
  std::string id, version, mbr_hash;
  std::size_t ways = 0, commands = 0, refusals = 0, events = 0, signatures = 0;
  std::vector<DryRunItem> items;  // by kind and place
  std::vector<ScenarioOutcome> scenarios;
  Findings findings;       // errors: what the MBR gets wrong; exit code 1
  bool cancelled = false;  // by the caller or the limit on commands: then incomplete

  [[nodiscard]] std::size_t count(std::string_view kind) const;
  [[nodiscard]] std::size_t reached(std::string_view kind) const;
};

struct DryRunProgress {
  std::size_t ways = 0, commands = 0;
  std::string doing;
};

struct DryRunOptions {
  std::size_t commands_max = 2'000'000;
  // Empty = everything; "all" = every scenario of the MBR alone; else the id of one.
  std::string scenario;
  // Called every thousand commands or so; false cancels. Empty = never.
  std::function<bool(const DryRunProgress&)> progress;
};

// `mbr` must be without errors of the static checker; a draft is played as if approved.
[[nodiscard]] DryRunReport dry_run(const std::shared_ptr<const Mbr>& mbr,
                                   const DryRunOptions& options = {});

// Canonical: the same report gives the same bytes.
[[nodiscard]] Json to_json(const DryRunReport& report);
[[nodiscard]] std::string to_text(const DryRunReport& report);
// SHA-256 of the canonical JSON, hex: what an approval names.
[[nodiscard]] std::string report_hash(const DryRunReport& report);

}  // namespace batchwright::workflows
