// A body for POST .../journal: whole commits, consecutive, within the limits the twin has shown to
// accept.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"

namespace batchwright::client::sync {

struct BatchLimits {
  std::size_t lines_max = 200;
  std::size_t bytes_max = 512u << 10;
};

struct Batch {
  std::uint64_t first = 0, last = 0;  // seq
  std::size_t commits = 0;
  std::string body;  // each line followed by LF
};

// `lines` are raw lines from seq `first` on. Takes as many whole commits as fit, and always at
// least one, however long it is. kNotFound when `lines` hold no whole commit: load more. kAltered
// when a line isn't canonical.
[[nodiscard]] Result<Batch> cut_batch(std::uint64_t first, const std::vector<std::string>& lines,
                                      const BatchLimits& limits);

}  // namespace batchwright::client::sync
