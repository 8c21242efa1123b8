#include "base/content_digest.h"

#include "base/base64.h"
#include "base/sha256.h"

namespace batchwright {
namespace {

constexpr std::string_view kAlgorithm = "sha-256=:";

std::string base64(const Digest& digest) {
  return to_base64({reinterpret_cast<const char*>(digest.data()), digest.size()});
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
