// Carries requests to the twin and brings answers back. One implementation over libcurl, one
// simulated in tests.
#pragma once

#include <cstdint>
#include <vector>

#include "base/error.h"
#include "client/sync/http.h"

namespace batchwright::client::sync {

// Two exchanges may be under way at once, each in its lane: what we send, and the long poll for
// what others did.
enum class Lane { kSend, kFeed };
inline constexpr Lane kLanes[] = {Lane::kSend, Lane::kFeed};

struct Completion {
  Lane lane = Lane::kSend;
  Result<Answer> answer;  // kUnreachable when no whole answer came; the request may have been
                          // carried out nevertheless
};

// Used by one thread, except wake().
class Transport {
 public:
  virtual ~Transport() = default;

  // Begins an exchange; the lane must be free. Every started exchange completes exactly once,
  // unless cancelled.
  virtual void start(Lane lane, const Request& request) = 0;
  // Blocks until something completed, wake() was called or `timeout_ms` passed.
  [[nodiscard]] virtual std::vector<Completion> wait(std::int64_t timeout_ms) = 0;
  // Ends a wait() at once, or the next one when none is running. Any thread.
  virtual void wake() = 0;
  // Gives up what is under way; nothing more is heard of it.
  virtual void cancel_all() = 0;
};

// Answer to one request, for callers with nothing else to do (enrolment). kUnreachable as above.
[[nodiscard]] Result<Answer> exchange(Transport& transport, const Request& request);

}  // namespace batchwright::client::sync
