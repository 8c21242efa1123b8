#include "twin/secret.h"

#include <array>
#include <cctype>

#include "base/random.h"

namespace batchwright::twin {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // Crockford's base 32
static_assert(kAlphabet.size() == 32);

}  // namespace

std::string make_secret() {
  std::array<std::uint8_t, 16> bytes{};
  fill_random(bytes);
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += '-';
    out += kAlphabet[bytes[i] % kAlphabet.size()];
  }
  return out;
}

Digest secret_hash(std::string_view typed) {
  std::string folded;
  for (const char c : typed) {
    const char upper = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (upper == '-' || upper == ' ') continue;
    folded += upper == 'I' || upper == 'L' ? '1' : upper == 'O' ? '0' : upper;
  }
  return sha256("batchwright/secret/1\n" + folded);
}

bool same_digest(const Digest& digest, std::string_view stored) {
  if (stored.size() != digest.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < digest.size(); ++i)
    difference |= static_cast<unsigned>(digest[i] ^ static_cast<std::uint8_t>(stored[i]));
  return difference == 0;
}

}  // namespace batchwright::twin
