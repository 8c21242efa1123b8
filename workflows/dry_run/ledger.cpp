#include "workflows/dry_run/ledger.h"

namespace batchwright::workflows::dry {

namespace {
constexpr std::size_t kFindingsMax = 2'000;
constexpr std::size_t kProgressEvery = 1'000;
}  // namespace

void Ledger::expect(const std::string& kind, const std::string& place) {
  items_.try_emplace({kind, place}, DryRunItem{kind, place, false, {}});
}

void Ledger::reach(const std::string& kind, const std::string& place) {
  const auto item = items_.find({kind, place});
  if (item == items_.end()) return;
  item->second.reached = true;
  item->second.why.clear();
}

void Ledger::explain(const std::string& kind, const std::string& place, const std::string& why) {
  const auto item = items_.find({kind, place});
  const bool open = item != items_.end() && !item->second.reached;
  if (open && item->second.why.empty()) item->second.why = why;
}

bool Ledger::is_reached(const std::string& kind, const std::string& place) const {
  const auto item = items_.find({kind, place});
  return item != items_.end() && item->second.reached;
}

void Ledger::add(Severity severity, const std::string& code, const std::string& place,
                 const std::string& message) {
  if (findings_.size() >= kFindingsMax) return;
  findings_.try_emplace({code, place}, Finding{severity, code, place, message});
}

void Ledger::error(const std::string& code, const std::string& place, const std::string& message) {
  add(Severity::kError, code, place, message);
}

void Ledger::warning(const std::string& code, const std::string& place,
                     const std::string& message) {
  add(Severity::kWarning, code, place, message);
}

bool Ledger::may_go_on() {
  if (report.cancelled) return false;
  ++report.commands;
  const bool asks = options_.progress && report.commands % kProgressEvery == 0;
  const bool goes_on = !asks || options_.progress({report.ways, report.commands, doing_});
  if (goes_on && report.commands <= options_.commands_max) return true;
  report.cancelled = true;
  error("dry_run.stopped", doing_,
        goes_on ? "The limit on commands was reached; the rest was not played."
                : "The dry-run was cancelled; the rest was not played.");
  return false;
}

DryRunReport Ledger::take() {
  for (auto& [key, item] : items_) {
    if (!item.reached && item.why.empty()) {
      item.why = report.cancelled ? "not played: the dry-run was stopped"
                                  : "no way that was played came here";
    }
    report.items.push_back(std::move(item));
  }
  for (auto& [key, finding] : findings_) report.findings.push_back(std::move(finding));
  return std::move(report);
}

}  // namespace batchwright::workflows::dry
