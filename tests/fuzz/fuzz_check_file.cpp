// Any bytes as a check file: refused with findings, or a check that is written and read again as
// the same.
#include <cstdint>
#include <string_view>

#include "base/ensure.h"
#include "vision/check.h"

using namespace batchwright;
using namespace batchwright::vision;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto reading = check_from_json({reinterpret_cast<const char*>(data), size});
  ensure(reading.check.has_value() || !reading.findings.empty(), "what is refused is explained");
  if (!reading.check) return 0;
  ensure(reading.check->regions.size() <= kRegionsMax, "regions are bounded");
  ensure(reading.check->references.size() <= kReferencesMax, "references are bounded");
  const auto text = file_of(*reading.check);
  const auto again = check_from_json(text);
  ensure(again.check.has_value(), "what was read can be written and read again");
  ensure(file_of(*again.check) == text, "writing is stable");
  return 0;
}
