// Any text as a check's evidence: refused with findings, or the same when written and read again.
#include <cstdint>
#include <string_view>

#include "base/ensure.h"
#include "vision/evidence.h"

using namespace batchwright;
using namespace batchwright::vision;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto reading = evidence_from_json(text);
  ensure(reading.evidence.has_value() != has_errors(reading.findings), "read, or explained");
  if (!reading.evidence) return 0;
  const auto again = evidence_from_json(file_of(*reading.evidence));
  ensure(again.evidence == reading.evidence, "evidence is read as it is written");
  ensure(!verify_evidence(*reading.evidence, "no check", {}).empty(), "nothing proves nothing");
  return 0;
}
