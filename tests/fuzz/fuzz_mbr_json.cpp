// Any bytes as a native MBR: no crash, and what is accepted has exactly one canonical text.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/ensure.h"
#include "workflows/import_report.h"
#include "workflows/mbr_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace batchwright::workflows;
  const auto reading = read_mbr({reinterpret_cast<const char*>(data), size});
  if (!reading) return 0;
  (void)write_mbr(reading->mbr);
  (void)import_report(*reading);
  if (reading->mbr.text.empty()) return 0;
  const auto again = read_mbr(reading->mbr.text);
  batchwright::ensure(again.has_value(), "the canonical text is read");
  batchwright::ensure(again->mbr.text == reading->mbr.text, "the canonical text is a fixed point");
  batchwright::ensure(again->findings.size() == reading->findings.size(), "with the same findings");
  return 0;
}
