#include "record/keys.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <set>

#include "base/bytes.h"

namespace batchwright::record {
namespace {

struct Vector {
  const char* seed;
  const char* public_key;
  const char* message;
  const char* signature;
};

// RFC 8032, section 7.1, tests 1 to 3.
constexpr Vector kVectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
     "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
     "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
     "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"}};

SecretKey key_of(const Vector& vector) {
  const auto seed = array_from_hex<32>(vector.seed).value();
  PublicKey public_key{};
  std::array<std::uint8_t, 64> secret{};
  crypto_sign_seed_keypair(public_key.data(), secret.data(), seed.data());
  return SecretKey(secret);
}

std::string message_of(const Vector& vector) {
  const auto bytes = bytes_from_hex(vector.message).value();
  return {bytes.begin(), bytes.end()};
}

TEST(Ed25519, GivesTheSignaturesOfTheStandard) {
  for (const Vector& vector : kVectors) {
    const SecretKey key = key_of(vector);
    EXPECT_EQ(to_hex(key.public_key()), vector.public_key);
    const Signature signature = key.sign(message_of(vector));
    EXPECT_EQ(to_hex(signature), vector.signature);
    EXPECT_TRUE(verify(key.public_key(), message_of(vector), signature));
  }
}

TEST(Ed25519, FindsEveryChangedBitOfTheSignature) {
  const SecretKey key = key_of(kVectors[2]);
  const Signature signature = key.sign("message");
  for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
    Signature changed = signature;
    changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1u << bit % 8));
    EXPECT_FALSE(verify(key.public_key(), "message", changed)) << bit;
  }
}

TEST(Ed25519, RefusesAnotherMessageAndAnotherKey) {
  const SecretKey key = key_of(kVectors[0]);
  const Signature signature = key.sign("message");
  EXPECT_FALSE(verify(key.public_key(), "messagf", signature));
  EXPECT_FALSE(verify(key_of(kVectors[1]).public_key(), "message", signature));
}

// A small-order point as public key would accept signatures of anything.
TEST(Ed25519, RefusesWeakKeys) {
  PublicKey identity{};
  identity[0] = 1;
  Signature signature{};
  signature[0] = 1;
  EXPECT_FALSE(verify(identity, "anything", signature));
  EXPECT_FALSE(verify(PublicKey{}, "anything", Signature{}));
}

TEST(Keys, AreFreshEachTime) {
  std::set<PublicKey> keys;
  for (int i = 0; i < 50; ++i) keys.insert(generate_key().public_key());
  EXPECT_EQ(keys.size(), 50u);
}

TEST(Keys, OverwriteThemselvesWhenTheyGo) {
  alignas(SecretKey) std::array<std::uint8_t, sizeof(SecretKey)> place;
  auto* const key = new (place.data()) SecretKey(generate_key());
  key->~SecretKey();
  for (const std::uint8_t byte : place) EXPECT_EQ(byte, 0);
}

}  // namespace
}  // namespace batchwright::record
