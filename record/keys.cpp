#include "record/keys.h"

#include <algorithm>

#include "record/internal/sodium.h"

namespace batchwright::record {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

SecretKey::~SecretKey() {
  sodium_memzero(bytes_.data(), bytes_.size());
}

PublicKey SecretKey::public_key() const {
  PublicKey key{};
  std::copy(bytes_.begin() + crypto_sign_SEEDBYTES, bytes_.end(), key.begin());
  return key;
}

Signature SecretKey::sign(std::string_view message) const {
  internal::start_sodium();
  Signature signature{};
  const int done = crypto_sign_detached(signature.data(), nullptr, bytes_of(message),
                                        message.size(), bytes_.data());
  ensure(done == 0, "Ed25519 signing failed");
  return signature;
}

SecretKey generate_key() {
  internal::start_sodium();
  PublicKey public_key{};
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
  crypto_sign_keypair(public_key.data(), secret.data());
  SecretKey key(secret);
  sodium_memzero(secret.data(), secret.size());
  return key;
}

bool verify(const PublicKey& key, std::string_view message, const Signature& signature) {
  internal::start_sodium();
  return crypto_sign_verify_detached(signature.data(), bytes_of(message), message.size(),
                                     key.data()) == 0;
}

}  // namespace batchwright::record
