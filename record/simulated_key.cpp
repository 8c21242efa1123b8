#include "record/simulated_key.h"

#include "record/internal/sodium.h"

namespace batchwright::record {

SecretKey simulated_key(const std::array<std::uint8_t, 32>& seed) {
  internal::start_sodium();
  PublicKey public_key{};
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
  crypto_sign_seed_keypair(public_key.data(), secret.data(), seed.data());
  SecretKey key(secret);
  sodium_memzero(secret.data(), secret.size());
  return key;
}

}  // namespace batchwright::record
