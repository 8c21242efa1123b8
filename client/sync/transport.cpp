#include "client/sync/transport.h"

namespace batchwright::client::sync {

Result<Answer> exchange(Transport& transport, const Request& request) {
  transport.start(Lane::kSend, request);
  // A transport keeps its own timeout; this bound only guards against one that doesn't.
  constexpr std::int64_t kSliceMs = 1'000;
  for (std::int64_t waited_ms = 0; waited_ms <= request.timeout_ms + 5 * kSliceMs;
       waited_ms += kSliceMs) {
    for (auto& completion : transport.wait(kSliceMs))
      if (completion.lane == Lane::kSend) return std::move(completion.answer);
  }
  transport.cancel_all();
  return fail(ErrorCode::kUnreachable, "The twin did not answer in time.");
}

}  // namespace batchwright::client::sync
