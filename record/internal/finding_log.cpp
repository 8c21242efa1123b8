#include "record/internal/finding_log.h"

#include <fmt/format.h>

#include <limits>

namespace batchwright::record::internal {
namespace {

constexpr std::uint64_t kFooterOrder = std::numeric_limits<std::uint64_t>::max();

}  // namespace

void FindingLog::header(std::string code, std::string message, Severity severity) {
  add(0, 0, {severity, std::move(code), "header", std::move(message)});
}

void FindingLog::line(std::uint64_t seq, std::string code, std::string message, Severity severity) {
  add(seq, seq, {severity, std::move(code), fmt::format("line {}", seq), std::move(message)});
}

void FindingLog::footer(std::string code, std::string message, Severity severity) {
  add(kFooterOrder, 0, {severity, std::move(code), "footer", std::move(message)});
}

void FindingLog::add(std::uint64_t order, std::uint64_t seq, Finding finding) {
  if (finding.severity == Severity::kError) {
    ++errors_;
    if (!first_bad_ || order < first_bad_order_) {
      first_bad_ = seq;
      first_bad_order_ = order;
    }
  }
  by_place_.emplace(order, std::move(finding));
  if (by_place_.size() <= kFindingsMax) return;
  by_place_.erase(std::prev(by_place_.end()));
  ++left_out_;
}

Findings FindingLog::take() {
  Findings findings;
  findings.reserve(by_place_.size() + 1);
  for (auto& [order, finding] : by_place_) findings.push_back(std::move(finding));
  if (left_out_ > 0) {
    const Severity severity = errors_ > 0 ? Severity::kError : Severity::kInfo;
    findings.push_back({severity, "findings.more", "footer",
                        fmt::format("{} more findings are not listed.", left_out_)});
  }
  by_place_.clear();
  return findings;
}

}  // namespace batchwright::record::internal
