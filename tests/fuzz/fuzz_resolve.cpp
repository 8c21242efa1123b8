// Any bytes as the answers to a small recipe with an empty condition.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/ensure.h"
#include "tests/workflows/batchml_text.h"
#include "workflows/batchml.h"
#include "workflows/mbr_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace batchwright::workflows;
  static const std::string recipe =
      test::two_steps("", test::bml_parameter("1", "SPEED", "integer", "60", "Gear"));
  const auto import = read_batchml(recipe, {reinterpret_cast<const char*>(data), size}, "fuzz.xml");
  batchwright::ensure(import.has_value(), "no answer makes the recipe unreadable");
  const auto again = read_mbr(import->mbr.text);
  batchwright::ensure(again.has_value() && again->mbr.text == import->mbr.text,
                      "an import is an MBR with one canonical text");
  return 0;
}
