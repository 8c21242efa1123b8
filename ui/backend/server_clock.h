// When the finger did it: the display server stamps its events, GLFW throws the stamps away, and
// after a slow frame "now" is too late. Turns the server's 32-bit milliseconds into our monotonic
// ones. Pure logic.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

namespace batchwright::ui {

class ServerClock {
 public:
  // An event of server time `server_ms` is being read now. The server's zero is not known, so the
  // quickest event ever read is taken to have had no delay. Observe all that wait before asking for
  // the time of any: in a late batch only the newest tells how late the others are.
  void observe(std::uint32_t server_ms, std::int64_t now_ms) {
    server_ = offset_ms_ ? extended(server_ms) : server_ms;
    const std::int64_t offset_ms = now_ms - server_;
    offset_ms_ = offset_ms_ ? std::min(*offset_ms_, offset_ms) : offset_ms;
  }

  // Of an observed event: never later than when it was read.
  [[nodiscard]] std::int64_t to_monotonic_ms(std::uint32_t server_ms) const {
    return extended(server_ms) + offset_ms_.value_or(0);
  }

 private:
  // The server's clock wraps every 49.7 days; small steps back are events out of order.
  [[nodiscard]] std::int64_t extended(std::uint32_t server_ms) const {
    return server_ + static_cast<std::int32_t>(server_ms - static_cast<std::uint32_t>(server_));
  }

  std::int64_t server_ = 0;
  std::optional<std::int64_t> offset_ms_;
};

}  // namespace batchwright::ui
