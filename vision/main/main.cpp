// batchwright-vision: the process with every decoder and picture codec in it. People never start
// it; vision/worker.h does, with the conversation's socket as file descriptor 3.
#include <optional>

#include "base/bytes.h"
#include "base/sha256.h"
#include "vision/engine/check_engine.h"
#include "vision/engine/load_image.h"
#include "vision/engine/read_label.h"
#include "vision/worker_loop.h"

namespace {

using namespace batchwright;
using namespace batchwright::vision;

// The frame a task is about: pixels as they came, or a stored picture decoded.
Result<Frame> frame_of(const Frame& described, bool stored, std::span<const std::uint8_t> bytes) {
  if (stored) return load_image(bytes);
  Frame frame = described;
  frame.bytes.assign(bytes.begin(), bytes.end());
  return frame;
}

LabelReading read(const LabelTask& task, std::span<const std::uint8_t> payload,
                  const Clock& clock) {
  const auto began_ms = clock.monotonic_ms();
  const auto frame = frame_of(task.frame, task.stored, payload);
  if (!frame) {
    LabelReading reading;
    reading.verdict = LabelVerdict::kBadImage;
    reading.reason = frame.error().message;
    return reading;
  }
  auto reading = read_label(*frame, task.request, clock);
  reading.took_ms = clock.monotonic_ms() - began_ms;
  return reading;
}

// The check that was made ready last: a station uses one for hours.
class ReadyCheck {
 public:
  // Why it can't be used, or nothing.
  std::optional<std::string> prepare(std::string_view bytes) {
    const auto sha256_hex = to_hex(sha256(bytes));
    if (engine_ && engine_->check().sha256_hex == sha256_hex) return std::nullopt;
    engine_.reset();
    auto reading = check_from_json(bytes);
    if (!reading.check)
      return "The check can't be used: " + reading.findings.front().place + ": " +
             reading.findings.front().message;
    auto engine = CheckEngine::prepare(std::move(*reading.check));
    if (!engine) return "The check can't be used: " + engine.error().message;
    engine_ = std::move(*engine);
    return std::nullopt;
  }

  CheckResult judge(const CheckTask& task, std::span<const std::uint8_t> payload,
                    const Clock& clock) {
    CheckResult result;
    const auto check = payload.first(task.check_bytes);
    if (auto failed = prepare({reinterpret_cast<const char*>(check.data()), check.size()})) {
      result.reason = failed->substr(0, 400);
      return result;
    }
    const auto frame = frame_of(task.frame, task.stored, payload.subspan(task.check_bytes));
    if (!frame) {
      result.verdict = Verdict::kUndecided;
      result.reason = frame.error().message;
      return result;
    }
    if (task.restart) engine_->restart();
    return engine_->judge(*frame, task.expected, clock);
  }

 private:
  std::optional<CheckEngine> engine_;
};

}  // namespace

int main() {
  confine_worker();
  settle_engine();
  const SystemClock clock;
  ReadyCheck ready;
  serve_tasks(
      kWorkerSocket,
      {.read_label = [&](const LabelTask& task,
                         std::vector<std::uint8_t> payload) { return read(task, payload, clock); },
       .check =
           [&](const CheckTask& task, std::vector<std::uint8_t> payload) {
             return ready.judge(task, payload, clock);
           }},
      clock);
  return 0;
}
