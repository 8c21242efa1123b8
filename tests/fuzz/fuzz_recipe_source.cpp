// Any bytes as a recipe source over a small library: no crash, and what is built is an MBR with one
// canonical text.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/ensure.h"
#include "workflows/step_library.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace batchwright;
  using namespace batchwright::workflows;
  static const StepLibrary library = [] {
    LibraryBlock block;
    block.id = "b";
    block.step = *parse_json(R"({"title":"B","minimum_s":5})");
    block.hash = block_hash(block.step);
    return StepLibrary{"l", {block}};
  }();
  const auto building = build_source({reinterpret_cast<const char*>(data), size}, library);
  if (!building || building->reading.mbr.text.empty()) return 0;
  const auto again = read_mbr(building->reading.mbr.text);
  ensure(again.has_value(), "a built record is read");
  ensure(again->mbr.text == building->reading.mbr.text, "its text is canonical");
  ensure(pins_of(again->mbr).size() == building->pins.size(), "and names every pin");
  return 0;
}
