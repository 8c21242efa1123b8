// A checksum for rows that no hash chain covers, so that a flipped bit in a receipt or a document
// is noticed when the row is read. It finds accidents; it proves nothing against somebody who can
// write the file.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/sha256.h"

namespace batchwright::offline_store::internal {

// SHA-256 over the fields, each with its length in front.
[[nodiscard]] inline Digest row_sum(std::initializer_list<std::string_view> fields) {
  std::string all;
  for (const std::string_view field : fields) {
    all.append(std::to_string(field.size())).append(":").append(field);
  }
  return sha256(all);
}

[[nodiscard]] inline bool same_bytes(const Digest& digest, std::string_view bytes) {
  return bytes == std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size());
}

// A copy of 32 stored bytes; all zero when there are not 32.
[[nodiscard]] inline Digest digest_of_bytes(std::string_view bytes) {
  Digest out{};
  if (bytes.size() == out.size()) std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

}  // namespace batchwright::offline_store::internal
