// How long to wait before trying again. Pure: time and chance are arguments.
#pragma once

#include <algorithm>
#include <cstdint>

namespace batchwright::client::sync {

class Backoff {
 public:
  static constexpr std::int64_t kFirstMs = 500;
  static constexpr std::int64_t kLastMs = 60'000;
  static constexpr std::int64_t kRetryAfterMsMax = 300'000;

  // Between half and all of `span_ms`.
  [[nodiscard]] static std::int64_t jittered_ms(std::int64_t span_ms, std::uint32_t random) {
    const auto half_ms = span_ms / 2;
    return half_ms + static_cast<std::int64_t>(random) % (half_ms + 1);
  }

  // Doubles with each failure in a row; `random` chooses between half and all of it, so that the
  // panels of a site don't come back in step after an outage. A server's own wish (0 = none) is
  // kept up to kRetryAfterMsMax.
  void failed(std::int64_t now_ms, std::uint32_t random, std::int64_t retry_after_s = 0) {
    const auto span_ms = std::min(kLastMs, kFirstMs << std::min(failures_, 10));
    ++failures_;
    const auto wait_ms = jittered_ms(span_ms, random);
    const auto asked_ms =
        std::clamp<std::int64_t>(retry_after_s, 0, kRetryAfterMsMax / 1000) * 1000;
    due_ms_ = now_ms + std::max(wait_ms, asked_ms);
  }
  void succeeded() {
    failures_ = 0;
    due_ms_ = 0;
  }

  [[nodiscard]] std::int64_t due_ms() const { return due_ms_; }
  [[nodiscard]] int failures() const { return failures_; }

 private:
  int failures_ = 0;
  std::int64_t due_ms_ = 0;
};

}  // namespace batchwright::client::sync
