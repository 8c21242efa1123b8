// Findings of a verification, kept in order of place and bounded.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/finding.h"

namespace batchwright::record::internal {

class FindingLog {
 public:
  static constexpr std::size_t kFindingsMax = 1000;

  void header(std::string code, std::string message, Severity severity = Severity::kError);
  void line(std::uint64_t seq, std::string code, std::string message,
            Severity severity = Severity::kError);
  void footer(std::string code, std::string message, Severity severity = Severity::kError);

  [[nodiscard]] bool has_errors() const { return errors_ > 0; }

  // In order of the file: header = 0, then lines, then the footer, which counts as 0 too. Absent
  // when there is no error.
  [[nodiscard]] std::optional<std::uint64_t> first_bad() const { return first_bad_; }

  // In order of place. Of more than kFindingsMax the first ones are kept, and one finding says how
  // many were left out.
  [[nodiscard]] Findings take();

 private:
  void add(std::uint64_t order, std::uint64_t seq, Finding finding);

  std::multimap<std::uint64_t, Finding> by_place_;
  std::optional<std::uint64_t> first_bad_;
  std::uint64_t first_bad_order_ = 0;
  std::uint64_t errors_ = 0;
  std::uint64_t left_out_ = 0;
};

}  // namespace batchwright::record::internal
