#include "workflows/internal/report.h"

#include <utility>

namespace batchwright::workflows {

void Report::error(std::string code, std::string place, std::string message) {
  add({Severity::kError, std::move(code), std::move(place), std::move(message)});
}

void Report::warning(std::string code, std::string place, std::string message) {
  add({Severity::kWarning, std::move(code), std::move(place), std::move(message)});
}

void Report::info(std::string code, std::string place, std::string message) {
  add({Severity::kInfo, std::move(code), std::move(place), std::move(message)});
}

void Report::add(Finding finding) {
  if (findings_.size() < kFindingsMax) {
    findings_.push_back(std::move(finding));
  } else {
    ++left_out_;
  }
}

bool Report::has_errors() const {
  return left_out_ > 0 || batchwright::has_errors(findings_);
}

Findings Report::take() {
  if (left_out_ > 0) {
    findings_.push_back(
        {Severity::kError, "findings.more", "",
         std::to_string(left_out_) + " more findings are not listed. Correct these first."});
    left_out_ = 0;
  }
  return std::exchange(findings_, {});
}

}  // namespace batchwright::workflows
