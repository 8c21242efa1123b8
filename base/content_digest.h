// The Content-Digest field of RFC 9530: whether a body arrived as it was sent.
#pragma once

#include <string>
#include <string_view>

namespace batchwright {

// "sha-256=:<base64>:" of the bytes.
[[nodiscard]] std::string content_digest(std::string_view bytes);

// True when `field` holds the right SHA-256 for `bytes`, or none that we know (other algorithms are
// ignored).
[[nodiscard]] bool content_digest_fits(std::string_view field, std::string_view bytes);

}  // namespace batchwright
