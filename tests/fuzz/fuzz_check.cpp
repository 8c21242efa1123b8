// Any bytes as a check file: what is accepted is written and read again as the same check.
#include <cstdint>
#include <string_view>

#include "base/ensure.h"
#include "vision/check.h"

using namespace batchwright;
using namespace batchwright::vision;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto reading = check_from_json({reinterpret_cast<const char*>(data), size});
  ensure(reading.check.has_value() != has_errors(reading.findings),
         "a check that isn't accepted is explained, and only then");
  if (!reading.check) return 0;
  const auto file = file_of(*reading.check);
  const auto again = check_from_json(file);
  ensure(again.check.has_value(), "what is written can be read");
  ensure(file_of(*again.check) == file, "and says the same");
  return 0;
}
