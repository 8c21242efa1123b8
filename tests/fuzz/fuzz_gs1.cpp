// Any text as GS1 element strings: what is read is bounded and lies in the text, in its order.
#include <cstdint>
#include <string_view>

#include "base/ensure.h"
#include "vision/gs1_element_string.h"

using namespace batchwright;
using namespace batchwright::vision;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Gs1Table table{{{"01", "GTIN", 14, 14, true, true, false, false},
                               {"10", "LOT", 1, 20, false, false, false, true},
                               {"17", "EXPIRY", 6, 6, true, false, true, false},
                               {"310n", "NET WEIGHT", 6, 6, true, false, false, false}}};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto reading = read_gs1(table, text);
  ensure(reading.elements.size() <= kGs1ElementsMax, "a reading is bounded");
  std::size_t at = 0;
  for (const auto& element : reading.elements) {
    const auto found = text.find(element.ai + element.value, at);
    ensure(found != std::string_view::npos, "every element stands in the text");
    at = found + element.ai.size() + element.value.size();
  }
  ensure(!reading.elements.empty() || !reading.findings.empty(), "nothing read is explained");
  (void)gs1_table_from_json(text);
  return 0;
}
