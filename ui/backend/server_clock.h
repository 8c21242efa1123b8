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
  // `now_ms` is our time as the event is read. The server's zero is not known, so the quickest
  // event ever read is taken to have had no delay. Never later than now_ms.
  [[nodiscard]] std::int64_t to_monotonic_ms(std::uint32_t server_ms, std::int64_t now_ms) {
    // The server's clock wraps every 49.7 days; small steps back are events out of order.
    const auto step = static_cast<std::int32_t>(server_ms - static_cast<std::uint32_t>(server_));
    server_ = offset_ms_ ? server_ + step : server_ms;
    const std::int64_t offset_ms = now_ms - server_;
    offset_ms_ = offset_ms_ ? std::min(*offset_ms_, offset_ms) : offset_ms;
    return server_ + *offset_ms_;
  }

 private:
  std::int64_t server_ = 0;
  std::optional<std::int64_t> offset_ms_;
};

}  // namespace batchwright::ui
