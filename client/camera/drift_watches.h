// What the pictures of this panel's cameras were like since the program's start, check by check
// (requirement E7).
#pragma once

#include <map>
#include <optional>
#include <string>

#include "vision/drift.h"

namespace batchwright::client {

// One thread.
class DriftWatches {
 public:
  // As vision::DriftWatch::add; nothing for a camera and check beyond the first kWatchedMax.
  [[nodiscard]] std::optional<vision::Drift> add(const std::string& camera,
                                                 const std::string& check_sha256_hex,
                                                 const vision::Quality& quality);

  static constexpr std::size_t kWatchedMax = 500;

 private:
  std::map<std::string, vision::DriftWatch> watches_;  // by camera and check
};

}  // namespace batchwright::client
