// How the panel and the vision worker talk: one message after the other over a stream socket, each
// with its lengths in front (docs/formats/vision-worker.md). Either side may be broken; neither
// believes the other.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "vision/check.h"
#include "vision/check_result.h"
#include "vision/frame.h"
#include "vision/label.h"

namespace batchwright::vision {

inline constexpr std::size_t kHeaderBytesMax = 1u << 20;
inline constexpr std::size_t kPayloadBytesMax = 3 * kPixelsMax;
inline constexpr int kProtocol = 1;

struct Message {
  Json header;                        // an object
  std::vector<std::uint8_t> payload;  // pixels or a stored picture; often empty
};

// Both wait at most until `timeout_ms` is over: kUnreachable when the other side is gone or too
// slow, kMalformed when what came is no message or over a limit. After an error the stream is of
// no more use. The calling thread waits; SIGPIPE is not raised.
[[nodiscard]] Result<void> send_message(int socket, const Json& header,
                                        std::span<const std::uint8_t> payload, int timeout_ms,
                                        const Clock& clock);
[[nodiscard]] Result<Message> receive_message(int socket, int timeout_ms, const Clock& clock);

// What the worker is asked for. `frame` has no bytes when a stored picture is in the payload.
struct LabelTask {
  std::uint64_t id = 0;
  LabelRequest request;
  bool stored = true;  // the payload is a picture file, not pixels
  Frame frame;         // of pixels: everything but the bytes, which are the payload
};

[[nodiscard]] Json to_json(const LabelTask& task);
[[nodiscard]] Result<LabelTask> label_task_from_json(const Json& header);

// The payload is the check file's bytes and, right behind them, the picture. The worker keeps the
// check that it made ready last.
struct CheckTask {
  std::uint64_t id = 0;
  std::size_t check_bytes = 0;  // of the payload
  ExpectedValues expected;
  bool restart = false;  // a sequence begins anew with this frame
  bool stored = true;
  Frame frame;  // of pixels: everything but the bytes
};

[[nodiscard]] Json to_json(const CheckTask& task);
[[nodiscard]] Result<CheckTask> check_task_from_json(const Json& header);

// What a task wants done: "read_label", "check"; empty when it doesn't say.
[[nodiscard]] std::string wanted(const Json& header);

[[nodiscard]] Json to_json(const LabelReading& reading);
// Refuses unknown names, texts or lists over their limits, and numbers that are none.
[[nodiscard]] Result<LabelReading> label_reading_from_json(const Json& json);

}  // namespace batchwright::vision
