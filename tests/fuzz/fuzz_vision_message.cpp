// Any JSON as a task for the vision worker or its answer: refused, or the same when written and
// read again.
#include <cstdint>
#include <string_view>

#include "base/ensure.h"
#include "vision/message.h"
#include "vision/teaching_message.h"

using namespace batchwright;
using namespace batchwright::vision;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto json = parse_json({reinterpret_cast<const char*>(data), size}, {1u << 20, 8});
  if (!json) return 0;
  if (const auto reading = label_reading_from_json(*json)) {
    const auto again = label_reading_from_json(to_json(*reading));
    ensure(again.has_value() && *again == *reading, "a reading is read as it is written");
  }
  if (const auto task = label_task_from_json(*json)) {
    const auto again = label_task_from_json(to_json(*task));
    ensure(again.has_value() && again->request == task->request, "a task, too");
  }
  if (const auto task = teach_task_from_json(*json)) {
    const auto again = teach_task_from_json(to_json(*task));
    ensure(again.has_value() && again->payload_bytes() == task->payload_bytes(), "to teach, too");
  }
  if (const auto task = plane_task_from_json(*json)) {
    const auto again = plane_task_from_json(to_json(*task));
    ensure(again.has_value() && again->draft_bytes == task->draft_bytes, "a plane, too");
  }
  static_cast<void>(plane_from({*json, {}}));
  static_cast<void>(taught_from({*json, {}}));
  return 0;
}
