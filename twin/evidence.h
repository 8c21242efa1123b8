// Images and files behind events, by their SHA-256. Files in evidence/ab/abcdef..., synced before
// the row says they exist.
#pragma once

#include <string>
#include <string_view>

#include "twin/site.h"

namespace batchwright::twin {

inline constexpr std::size_t kEvidenceBytesMax = 16u << 20;

enum class Stored { kNew, kKnown };

// kAltered when the bytes don't have that digest, kFull above 16 MiB. Idempotent; a stored file
// that was lost or damaged is written again. On success the file is there and survives power loss.
[[nodiscard]] Result<Stored> put_evidence(Site& site, const std::string& sha256_hex,
                                          std::string_view bytes);
// kNotFound when it never arrived, kAltered when the file no longer matches.
[[nodiscard]] Result<std::string> load_evidence(Site& site, const std::string& sha256_hex);

}  // namespace batchwright::twin
