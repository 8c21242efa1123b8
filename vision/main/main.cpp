// batchwright-vision: the process with every decoder and picture codec in it. People never start
// it; vision/worker.h does, with the conversation's socket as file descriptor 3.
#include <opencv2/core/utility.hpp>

#include "vision/engine/load_image.h"
#include "vision/engine/read_label.h"
#include "vision/worker_loop.h"

namespace {

using namespace batchwright;
using namespace batchwright::vision;

LabelReading handle(const LabelTask& task, std::vector<std::uint8_t> payload, const Clock& clock) {
  const auto began_ms = clock.monotonic_ms();
  Frame frame = task.frame;
  if (task.stored) {
    auto loaded = load_image(payload);
    if (!loaded) {
      LabelReading reading;
      reading.verdict = LabelVerdict::kBadImage;
      reading.reason = loaded.error().message;
      return reading;
    }
    frame = std::move(*loaded);
  } else {
    frame.bytes = std::move(payload);
  }
  auto reading = read_label(frame, task.request, clock);
  reading.took_ms = clock.monotonic_ms() - began_ms;
  return reading;
}

}  // namespace

int main() {
  confine_worker();
  // One frame at a time on one core: the panel needs the others.
  cv::setNumThreads(1);
  const SystemClock clock;
  serve_labels(
      kWorkerSocket,
      [&](const LabelTask& task, std::vector<std::uint8_t> payload) {
        return handle(task, std::move(payload), clock);
      },
      clock);
  return 0;
}
