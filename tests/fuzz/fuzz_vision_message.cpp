// Any JSON as a task for the vision worker or its answer: refused, or the same when written and
// read again.
#include <cstdint>
#include <string_view>

#include "base/ensure.h"
#include "vision/message.h"

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
  return 0;
}
