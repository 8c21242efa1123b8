// The check that the worker made ready last: a station uses one for hours.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "vision/engine/check_engine.h"

namespace batchwright::vision {

class ReadyCheck {
 public:
  // Makes the check file ready unless it is; null when it can't be used, and `problem` says why.
  [[nodiscard]] CheckEngine* prepare(std::span<const std::uint8_t> check, std::string& problem);

 private:
  std::optional<CheckEngine> engine_;
};

// A result that says why nobody could look.
[[nodiscard]] CheckResult not_judged(std::string reason);

}  // namespace batchwright::vision
