// What the store reads from a disk that anybody may have written to: a slot of the side file and
// the front of a line.
#include <cstdint>
#include <string_view>

#include "base/ensure.h"
#include "offline_store/internal/envelope.h"
#include "offline_store/internal/head_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace batchwright;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (const auto head = offline_store::internal::parse_slot(input)) {
    ensure(input.starts_with(offline_store::internal::slot_text(*head)), "a head has one spelling");
  }
  if (const auto envelope = offline_store::internal::scan_envelope(input)) {
    ensure(envelope->seq > 0 && input.find(envelope->type) != std::string_view::npos,
           "an envelope is made of the input");
  }
  return 0;
}
