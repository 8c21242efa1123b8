// The report as JSON, as text for people, and its hash.
#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/sha256.h"
#include "workflows/dry_run.h"

namespace batchwright::workflows {

namespace {

struct Kind {
  const char* name;
  const char* words;
};
constexpr std::array kKinds = {
    Kind{"step", "steps begun"},
    Kind{"transition", "transitions fired"},
    Kind{"limit", "limits broken and kept, each side"},
    Kind{"answer", "unexpected answers given"},
    Kind{"identify", "unfit equipment and lots shown"},
    Kind{"gate", "gates closed alone"},
    Kind{"signature", "wrong people refused"},
    Kind{"plan", "reaction plans played to their end"},
    Kind{"time", "times too short and too long"},
    Kind{"late", "late results brought"},
    Kind{"order", "orders kept on every way"},
    Kind{"fault", "faults injected"},
};

Json item_json(const DryRunItem& item) {
  Json json{{"kind", item.kind}, {"place", item.place}, {"reached", item.reached}};
  if (!item.why.empty()) json["why"] = item.why;
  return json;
}

}  // namespace

std::size_t DryRunReport::count(std::string_view kind) const {
  return static_cast<std::size_t>(std::ranges::count(items, kind, &DryRunItem::kind));
}

std::size_t DryRunReport::reached(std::string_view kind) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      items, [&](const DryRunItem& item) { return item.kind == kind && item.reached; }));
}

Json to_json(const DryRunReport& report) {
  Json json{{"format", "batchwright/dry-run/1"},
            {"id", report.id},
            {"version", report.version},
            {"mbr", report.mbr_hash},
            {"ways", report.ways},
            {"commands", report.commands},
            {"refusals", report.refusals},
            {"events", report.events},
            {"signatures", report.signatures},
            {"cancelled", report.cancelled}};
  Json& coverage = json["coverage"] = Json::object();
  for (const Kind& kind : kKinds) {
    if (report.count(kind.name) == 0) continue;
    coverage[kind.name] = {{"reached", report.reached(kind.name)}, {"of", report.count(kind.name)}};
  }
  json["items"] = Json::array();
  for (const DryRunItem& item : report.items) json["items"].push_back(item_json(item));
  json["scenarios"] = Json::array();
  for (const ScenarioOutcome& outcome : report.scenarios) {
    json["scenarios"].push_back({{"id", outcome.id},
                                 {"passed", outcome.passed},
                                 {"ends", outcome.ends},
                                 {"exceptions", outcome.exceptions}});
  }
  json["findings"] = Json::array();
  for (const Finding& finding : report.findings) {
    json["findings"].push_back({{"severity", to_string(finding.severity)},
                                {"code", finding.code},
                                {"place", finding.place},
                                {"message", finding.message}});
  }
  return json;
}

std::string to_text(const DryRunReport& report) {
  std::string text = fmt::format(
      "Dry-run of {} version {}\nMBR {}\n\n{} ways, {} commands, {} events, {} signatures\n\n",
      report.id, report.version, report.mbr_hash, report.ways, report.commands, report.events,
      report.signatures);
  for (const Kind& kind : kKinds) {
    const std::size_t all = report.count(kind.name);
    if (all == 0) continue;
    text += fmt::format("{:>6} of {:<6} {}\n", report.reached(kind.name), all, kind.words);
  }
  bool any = false;
  for (const DryRunItem& item : report.items) {
    if (item.reached) continue;
    if (!any) text += "\nNot reached:\n";
    any = true;
    text += fmt::format("  {} {}: {}\n", item.kind, item.place, item.why);
  }
  if (!report.scenarios.empty()) text += "\nScenarios:\n";
  for (const ScenarioOutcome& outcome : report.scenarios) {
    text +=
        fmt::format("  {} {}: {}, {} exceptions\n", outcome.passed ? "as expected" : "DIFFERENT",
                    outcome.id, outcome.ends, outcome.exceptions.size());
  }
  if (!report.findings.empty()) text += "\nFindings:\n";
  for (const Finding& finding : report.findings) {
    text += fmt::format("  {}: {}: {} [{}]\n", to_string(finding.severity), finding.place,
                        finding.message, finding.code);
  }
  if (report.cancelled) text += "\nSTOPPED before the end: this report is incomplete.\n";
  return text + fmt::format("\nSHA-256 of this report: {}\n", report_hash(report));
}

std::string report_hash(const DryRunReport& report) {
  return to_hex(sha256(batchwright::to_text(to_json(report))));
}

}  // namespace batchwright::workflows
