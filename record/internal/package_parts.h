// First and last line of an exported journal (docs/formats/package.md).
#pragma once

#include <string>
#include <string_view>

#include "record/package.h"

namespace batchwright::record::internal {

[[nodiscard]] std::string write_header(const PackageHeader& header);

// kUnsupported for another format version, kMalformed for anything else that is no header.
[[nodiscard]] Result<PackageHeader> read_header(std::string_view bytes);

// What the device signs when it exports.
struct Footer {
  Digest header{};  // of the header line
  std::string device;
  std::uint64_t last = 0;  // seq of the last line; the first is 1. 0 = empty journal
  Digest hash{};           // of the last line; of the enrolment statement when empty
  std::string time;
};
[[nodiscard]] std::string write_footer(const Footer& footer, const SecretKey& device_key);

// kAltered when `device_key` did not sign it.
[[nodiscard]] Result<Footer> read_footer(std::string_view bytes, const PublicKey& device_key);

}  // namespace batchwright::record::internal
