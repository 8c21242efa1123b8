// Any text as a challenge manifest: refused with findings, or the same when written and read again.
#include <cstdint>
#include <string_view>

#include "base/ensure.h"
#include "vision/challenge_manifest.h"

using namespace batchwright;
using namespace batchwright::vision;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto reading = manifest_from_json({reinterpret_cast<const char*>(data), size});
  ensure(reading.manifest.has_value() != has_errors(reading.findings), "read, or explained");
  if (!reading.manifest) return 0;
  auto again = manifest_from_json(file_of(*reading.manifest));
  ensure(again.manifest.has_value(), "a manifest can be written and read");
  again.manifest->sha256_hex = reading.manifest->sha256_hex;
  ensure(again.manifest == reading.manifest, "and stays the same");
  return 0;
}
