// Time as values, and the only clock of the project. Everything that decides takes time as an
// argument.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace batchwright {

// A wall-clock instant with the offset that was local then. Milliseconds since
// 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t unix_ms = 0;
  int offset_minutes = 0;  // east of UTC positive, [-14 h, +14 h]

  auto operator<=>(const Instant& other) const { return unix_ms <=> other.unix_ms; }
  bool operator==(const Instant& other) const { return unix_ms == other.unix_ms; }
};

// RFC 3339 with milliseconds and numeric offset: 2026-11-22T14:05:33.120+01:00. Never "Z".
[[nodiscard]] std::string to_text(Instant instant);
[[nodiscard]] Result<Instant> instant_from_text(std::string_view text);

// What people read on a screen: 2026-11-22 14:05 +01:00.
[[nodiscard]] std::string to_display(Instant instant);

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
  // Never goes back, counts while the machine runs; only for durations.
  [[nodiscard]] virtual std::int64_t monotonic_ms() const = 0;
};

// The machine's clock, offset from localtime_r. Any thread.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
  [[nodiscard]] std::int64_t monotonic_ms() const override;
};

// Stands still until told; for tests and simulation.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}
  [[nodiscard]] Instant now() const override { return now_; }
  [[nodiscard]] std::int64_t monotonic_ms() const override { return elapsed_ms_; }
  void advance_ms(std::int64_t ms) {
    now_.unix_ms += ms;
    elapsed_ms_ += ms;
  }

 private:
  Instant now_;
  std::int64_t elapsed_ms_ = 0;
};

}  // namespace batchwright
