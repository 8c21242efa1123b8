#include "twin/internal/console.h"

#include <fmt/format.h>

#include <cstdio>

namespace batchwright::twin::internal {

int report(const Error& error) {
  fmt::print(stderr, "{}{}{}\n", error.message, error.place.empty() ? "" : " - ", error.place);
  const bool unreadable = error.code == ErrorCode::kUnreadable ||
                          error.code == ErrorCode::kNotFound || error.code == ErrorCode::kInUse;
  return unreadable ? 2 : 1;
}

int done() {
  std::fflush(stdout);
  return 0;
}

const SystemClock& system_clock() {
  static const SystemClock clock;
  return clock;
}

}  // namespace batchwright::twin::internal
