// Any bytes as a step library: no crash, and every block of one that is accepted can be used.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/ensure.h"
#include "workflows/step_library.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace batchwright;
  using namespace batchwright::workflows;
  const auto reading = read_library({reinterpret_cast<const char*>(data), size});
  if (!reading || has_errors(reading->findings)) return 0;
  for (const auto& block : reading->library.blocks) {
    const auto name = block.id + "@" + std::to_string(block.version);
    const auto building = build_source(
        R"({"format":"batchwright/recipe-source/1","id":"F","version":"1","title":"F","procedure":)"
        R"({"id":"p","title":"P","children":[{"id":"s","use":")" +
            name + R"("}]}})",
        reading->library);
    ensure(building.has_value(), "a good block makes a source that can be read");
    const auto& mbr = building->reading.mbr;
    ensure(mbr.text.empty() || pins_of(mbr).size() == 1, "and its pin is found again");
  }
  return 0;
}
