// Any bytes as JSON: refused, or read to a value whose canonical text reads back the same.
#include <cstdint>
#include <string_view>

#include "base/ensure.h"
#include "base/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace batchwright;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto json = parse_json(input, {.bytes_max = 1 << 20, .depth_max = 32});
  if (!json) {
    ensure(!json.error().message.empty(), "a refusal says why");
    return 0;
  }
  const std::string text = to_text(*json);
  const auto again = parse_json(text);
  ensure(again.has_value(), "canonical text is JSON");
  ensure(to_text(*again) == text, "canonical text has one spelling");
  return 0;
}
