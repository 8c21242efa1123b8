// What a dry-run should show, what it has shown, and what it found; counts the work.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "workflows/dry_run.h"

namespace batchwright::workflows::dry {

class Ledger {
 public:
  explicit Ledger(const DryRunOptions& options) : options_(options) {}

  void expect(const std::string& kind, const std::string& place);
  void reach(const std::string& kind, const std::string& place);  // nothing when not expected
  // Why it was not reached; the first word stays.
  void explain(const std::string& kind, const std::string& place, const std::string& why);
  [[nodiscard]] bool is_reached(const std::string& kind, const std::string& place) const;

  // Once per code and place.
  void error(const std::string& code, const std::string& place, const std::string& message);
  void warning(const std::string& code, const std::string& place, const std::string& message);

  // Counts a command; false when the limit is reached or the caller cancelled.
  [[nodiscard]] bool may_go_on();
  [[nodiscard]] bool stopped() const { return report.cancelled; }

  void doing(std::string what) { doing_ = std::move(what); }
  // The report with items and findings in their order.
  [[nodiscard]] DryRunReport take();

  DryRunReport report;

 private:
  void add(Severity severity, const std::string& code, const std::string& place,
           const std::string& message);

  const DryRunOptions& options_;
  std::map<std::pair<std::string, std::string>, DryRunItem> items_;
  std::map<std::pair<std::string, std::string>, Finding> findings_;
  std::string doing_;
};

}  // namespace batchwright::workflows::dry
