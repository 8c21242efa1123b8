// The people file that batchwright-twin init reads.
#include <cstdint>
#include <string_view>

#include "twin/people.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  [[maybe_unused]] const auto people = batchwright::twin::read_people(text);
  return 0;
}
