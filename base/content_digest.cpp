#include "base/content_digest.h"

#include "base/sha256.h"

namespace batchwright {
namespace {

constexpr std::string_view kAlgorithm = "sha-256=:";

std::string base64(const Digest& digest) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < digest.size(); i += 3) {
    const bool second = i + 1 < digest.size();
    const bool third = i + 2 < digest.size();
    const unsigned bits = static_cast<unsigned>(digest[i]) << 16 |
                          (second ? static_cast<unsigned>(digest[i + 1]) << 8 : 0u) |
                          (third ? digest[i + 2] : 0u);
    out += kDigits[bits >> 18 & 63];
    out += kDigits[bits >> 12 & 63];
    out += second ? kDigits[bits >> 6 & 63] : '=';
    out += third ? kDigits[bits & 63] : '=';
  }
  return out;
}

}  // namespace

std::string content_digest(std::string_view bytes) {
  return std::string(kAlgorithm) + base64(sha256(bytes)) + ':';
}

bool content_digest_fits(std::string_view field, std::string_view bytes) {
  return field.find(kAlgorithm) == std::string_view::npos ||
         field.find(content_digest(bytes)) != std::string_view::npos;
}

}  // namespace batchwright
