#include "record/wrapped_key.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "record/internal/member_reader.h"
#include "record/internal/sodium.h"

namespace batchwright::record {
namespace {

constexpr std::string_view kFormat = "batchwright/wrapped-key/1";
constexpr std::string_view kKdf = "argon2id13";
constexpr std::size_t kPasswordBytesMax = 1024;
constexpr std::size_t kBoxBytes =
    crypto_sign_SECRETKEYBYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES;

using Salt = std::array<std::uint8_t, crypto_pwhash_SALTBYTES>;
using Nonce = std::array<std::uint8_t, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES>;
using Box = std::array<std::uint8_t, kBoxBytes>;

// The key made from the password; overwrites itself.
struct Lock {
  std::array<std::uint8_t, crypto_aead_xchacha20poly1305_ietf_KEYBYTES> bytes{};

  Lock() = default;
  Lock(const Lock&) = default;
  Lock& operator=(const Lock&) = default;
  ~Lock() { sodium_memzero(bytes.data(), bytes.size()); }
};

const unsigned char* format_bytes() {
  return reinterpret_cast<const unsigned char*>(kFormat.data());
}

bool is_cost_allowed(const Argon2Cost& cost) {
  return cost.passes >= crypto_pwhash_argon2id_OPSLIMIT_MIN &&
         cost.passes <= kArgon2CostMax.passes &&
         cost.memory_bytes >= crypto_pwhash_argon2id_MEMLIMIT_MIN &&
         cost.memory_bytes <= kArgon2CostMax.memory_bytes;
}

Result<Lock> derive_lock(std::string_view password, const Salt& salt, const Argon2Cost& cost) {
  if (!is_cost_allowed(cost)) {
    return fail(ErrorCode::kMalformed,
                "The cost of this locked key is outside what a panel accepts (at most 1 GiB and 10 "
                "passes). Nothing was unlocked.");
  }
  if (password.empty() || password.size() > kPasswordBytesMax) {
    return fail(ErrorCode::kDenied, "The password is empty or too long.");
  }
  internal::start_sodium();
  Lock lock;
  const int done =
      crypto_pwhash(lock.bytes.data(), lock.bytes.size(), password.data(), password.size(),
                    salt.data(), cost.passes, cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
  if (done != 0) {
    return fail(ErrorCode::kFull,
                "There is not enough free memory to check the password. Nothing was changed. Close "
                "other programs and try again.");
  }
  return lock;
}

// A box that opens but holds no key pair was not made by wrap_key.
bool is_key_pair(const std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES>& bytes) {
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> remade{};
  PublicKey public_key{};
  crypto_sign_seed_keypair(public_key.data(), remade.data(), bytes.data());
  const bool same = sodium_memcmp(remade.data(), bytes.data(), bytes.size()) == 0;
  sodium_memzero(remade.data(), remade.size());
  return same;
}

}  // namespace

Result<Json> wrap_key(const SecretKey& key, std::string_view password, const Argon2Cost& cost) {
  Salt salt{};
  Nonce nonce{};
  fill_random(salt);
  fill_random(nonce);
  const auto lock = derive_lock(password, salt, cost);
  if (!lock) return std::unexpected(lock.error());
  Box box{};
  crypto_aead_xchacha20poly1305_ietf_encrypt(box.data(), nullptr, key.bytes().data(),
                                             key.bytes().size(), format_bytes(), kFormat.size(),
                                             nullptr, nonce.data(), lock->bytes.data());
  Json wrapped = Json::object();
  wrapped["format"] = kFormat;
  wrapped["kdf"] = kKdf;
  wrapped["memory_bytes"] = fmt::format("{}", cost.memory_bytes);
  wrapped["passes"] = fmt::format("{}", cost.passes);
  wrapped["salt"] = to_hex(salt);
  wrapped["nonce"] = to_hex(nonce);
  wrapped["box"] = to_hex(box);
  return wrapped;
}

Result<SecretKey> unwrap_key(const Json& wrapped, std::string_view password) {
  internal::MemberReader reader(wrapped, "locked key");
  if (reader.raw("format") != kFormat) reader.note("format", "is not batchwright/wrapped-key/1");
  if (reader.raw("kdf") != kKdf) reader.note("kdf", "is not argon2id13");
  Argon2Cost cost;
  cost.memory_bytes = reader.number("memory_bytes");
  cost.passes = reader.number("passes");
  const auto salt = reader.hex<std::tuple_size_v<Salt>>("salt");
  const auto nonce = reader.hex<std::tuple_size_v<Nonce>>("nonce");
  const auto box = reader.hex<std::tuple_size_v<Box>>("box");
  if (const auto error = reader.finish()) return std::unexpected(*error);

  const auto lock = derive_lock(password, salt, cost);
  if (!lock) return std::unexpected(lock.error());
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> bytes{};
  const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
      bytes.data(), nullptr, nullptr, box.data(), box.size(), format_bytes(), kFormat.size(),
      nonce.data(), lock->bytes.data());
  if (opened != 0) {
    return fail(ErrorCode::kDenied, "The password is wrong. Nothing was changed. Try again.");
  }
  const bool is_pair = is_key_pair(bytes);
  SecretKey key(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  if (!is_pair) {
    return fail(ErrorCode::kMalformed, "The locked key opens, but what it holds is not a key.");
  }
  return key;
}

}  // namespace batchwright::record
