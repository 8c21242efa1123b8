// Any bytes as a line: refused, or written again in exactly the same bytes.
#include <cstdint>
#include <string_view>

#include "base/ensure.h"
#include "record/line.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace batchwright;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto stored = record::decode(input);
  if (!stored) return 0;
  ensure(stored->bytes == input, "the bytes stored are the bytes read");
  ensure(record::encode(stored->line) == input, "a line has one spelling");
  ensure(stored->hash == sha256(input), "the hash is that of the bytes");
  return 0;
}
