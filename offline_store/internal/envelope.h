// What the store needs to know of a line: where it belongs in the chain. Found by reading the first
// keys of the canonical bytes in their fixed order, about thirty times cheaper than a full decode,
// so that a start checks the chain of 100,000 lines in well under a second. The rest of the line is
// covered by its hash; record/verify.h reads all of it.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "base/sha256.h"
#include "record/hlc.h"

namespace batchwright::offline_store::internal {

// Views into the scanned bytes.
struct Envelope {
  std::string_view device;
  std::uint64_t seq = 0;
  Digest prev{};
  record::Hlc hlc;
  std::string_view time;
  std::string_view type;
};

// kMalformed when the bytes do not begin as every canonical line does.
[[nodiscard]] Result<Envelope> scan_envelope(std::string_view line);

}  // namespace batchwright::offline_store::internal
