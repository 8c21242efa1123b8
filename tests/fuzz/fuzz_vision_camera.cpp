// Any text as a camera, any JSON as a task about cameras, its answer or a sequence: refused, or the
// same when written and read again.
#include <cstdint>
#include <string_view>

#include "base/ensure.h"
#include "vision/camera_message.h"
#include "vision/check.h"

using namespace batchwright;
using namespace batchwright::vision;

namespace {

template <typename Task>
void same_again(const Result<Task>& task, Result<Task> (*read)(const Json&)) {
  if (!task) return;
  const Json written = to_json(*task);
  const auto again = read(written);
  ensure(again.has_value() && to_json(*again) == written, "a task is read as it is written");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (const auto source = camera_from_text(input)) {
    const auto again = camera_from_text(to_text(*source));
    ensure(again.has_value() && *again == *source, "a camera is read as it is written");
  }
  const auto json = parse_json(input, {1u << 20, 8});
  if (!json) return 0;
  same_again(open_task_from_json(*json), open_task_from_json);
  same_again(look_task_from_json(*json), look_task_from_json);
  same_again(frame_task_from_json(*json), frame_task_from_json);
  same_again(camera_state_from_json(*json), camera_state_from_json);
  // The payload that the header announces, up to a size worth fuzzing.
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{12}})
    if (const auto look = look_from_json(*json, std::vector<std::uint8_t>(bytes)))
      ensure(look_from_json(to_json(*look), look->preview.bytes) == *look, "a look, too");
  if (const auto reading = check_from_json(input); reading.check)
    ensure(check_from_json(file_of(*reading.check)).check.has_value(), "a check, too");
  return 0;
}
