// Collects findings up to a limit, so that hostile input can't grow the list without end.
#pragma once

#include <cstddef>
#include <string>

#include "base/finding.h"

namespace batchwright::workflows {

inline constexpr std::size_t kFindingsMax = 10'000;

class Report {
 public:
  void error(std::string code, std::string place, std::string message);
  void warning(std::string code, std::string place, std::string message);
  void info(std::string code, std::string place, std::string message);
  void add(Finding finding);

  [[nodiscard]] bool has_errors() const;

  // The findings in the order they were made; when some didn't fit, the last one says how many.
  [[nodiscard]] Findings take();

 private:
  Findings findings_;
  std::size_t left_out_ = 0;
};

}  // namespace batchwright::workflows
