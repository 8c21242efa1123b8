#include "vision/message.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace batchwright::vision {

namespace {

using Lengths = std::array<std::uint8_t, 8>;

void put(Lengths& to, std::size_t at, std::size_t value) {
  for (std::size_t i = 0; i < 4; ++i) to[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
}

std::size_t get(const Lengths& from, std::size_t at) {
  std::size_t value = 0;
  for (std::size_t i = 4; i > 0; --i) value = value << 8 | from[at + i - 1];
  return value;
}

std::unexpected<Error> gone() {
  return fail(ErrorCode::kUnreachable, "The vision worker ended or does not answer.");
}

// Waits until the socket is ready for `events` or the time is over.
Result<void> wait_for(int socket, short events, std::int64_t ends_ms, const Clock& clock) {
  for (;;) {
    const auto left_ms = ends_ms - clock.monotonic_ms();
    if (left_ms <= 0) return gone();
    pollfd ready{socket, events, 0};
    const int count = ::poll(&ready, 1, static_cast<int>(std::min<std::int64_t>(left_ms, 60'000)));
    if (count > 0) return {};  // an end or an error shows at the transfer
    if (count < 0 && errno != EINTR) return gone();
  }
}

Result<void> send_all(int socket, std::span<const std::uint8_t> bytes, std::int64_t ends_ms,
                      const Clock& clock) {
  while (!bytes.empty()) {
    if (auto ready = wait_for(socket, POLLOUT, ends_ms, clock); !ready) return ready;
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (sent <= 0) return gone();
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
  return {};
}

Result<void> receive_all(int socket, std::span<std::uint8_t> bytes, std::int64_t ends_ms,
                         const Clock& clock) {
  while (!bytes.empty()) {
    if (auto ready = wait_for(socket, POLLIN, ends_ms, clock); !ready) return ready;
    const auto got = ::recv(socket, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got <= 0) return gone();
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
  return {};
}

}  // namespace

Result<void> send_message(int socket, const Json& header, std::span<const std::uint8_t> payload,
                          int timeout_ms, const Clock& clock) {
  const std::string text = to_text(header);
  if (text.size() > kHeaderBytesMax || payload.size() > kPayloadBytesMax)
    return fail(ErrorCode::kFull, "A message to the vision worker is too long.");
  Lengths lengths{};
  put(lengths, 0, text.size());
  put(lengths, 4, payload.size());
  const auto ends_ms = clock.monotonic_ms() + timeout_ms;
  if (auto sent = send_all(socket, lengths, ends_ms, clock); !sent) return sent;
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  if (auto sent = send_all(socket, bytes, ends_ms, clock); !sent) return sent;
  return send_all(socket, payload, ends_ms, clock);
}

Result<Message> receive_message(int socket, int timeout_ms, const Clock& clock) {
  const auto ends_ms = clock.monotonic_ms() + timeout_ms;
  Lengths lengths{};
  if (auto got = receive_all(socket, lengths, ends_ms, clock); !got)
    return std::unexpected(got.error());
  const auto header_bytes = get(lengths, 0), payload_bytes = get(lengths, 4);
  if (header_bytes > kHeaderBytesMax || payload_bytes > kPayloadBytesMax)
    return fail(ErrorCode::kMalformed, "A message of the vision worker is too long.");
  std::vector<std::uint8_t> bytes(header_bytes);
  if (auto got = receive_all(socket, bytes, ends_ms, clock); !got)
    return std::unexpected(got.error());
  auto header = parse_json(std::string(bytes.begin(), bytes.end()), {kHeaderBytesMax, 8});
  if (!header) return std::unexpected(header.error());
  if (!header->is_object())
    return fail(ErrorCode::kMalformed, "A message of the vision worker is no object.");
  Message message{std::move(*header), std::vector<std::uint8_t>(payload_bytes)};
  if (auto got = receive_all(socket, message.payload, ends_ms, clock); !got)
    return std::unexpected(got.error());
  return message;
}

}  // namespace batchwright::vision
