#include "record/wrapped_key.h"

#include <gtest/gtest.h>

#include "tests/support/record_fixtures.h"

namespace batchwright::record {
namespace {

using test::key_from;
using test::kTestCost;

const SecretKey kKey = key_from(9);

ErrorCode code_of(const Json& wrapped, std::string_view password = "Correct horse 7") {
  const auto key = unwrap_key(wrapped, password);
  return key ? ErrorCode::kCancelled : key.error().code;
}

Json wrapped() {
  return wrap_key(kKey, "Correct horse 7", kTestCost).value();
}

TEST(WrappedKey, OpensWithItsPassword) {
  const auto key = unwrap_key(wrapped(), "Correct horse 7");
  ASSERT_TRUE(key);
  EXPECT_EQ(key->bytes(), kKey.bytes());
}

TEST(WrappedKey, SaysDeniedForAnyOtherPassword) {
  for (const char* const password : {"", "correct horse 7", "Correct horse 7 ", "Correct horse"}) {
    EXPECT_EQ(code_of(wrapped(), password), ErrorCode::kDenied) << password;
  }
  EXPECT_EQ(code_of(wrapped(), std::string(1 << 20, 'x')), ErrorCode::kDenied);
}

TEST(WrappedKey, LooksDifferentEachTime) {
  const Json a = wrapped(), b = wrapped();
  EXPECT_NE(a["salt"], b["salt"]);
  EXPECT_NE(a["nonce"], b["nonce"]);
  EXPECT_NE(a["box"], b["box"]);
}

TEST(WrappedKey, NamesItsFormatAndCost) {
  const Json json = wrapped();
  EXPECT_EQ(json["format"], "batchwright/wrapped-key/1");
  EXPECT_EQ(json["kdf"], "argon2id13");
  EXPECT_EQ(json["memory_bytes"], "8192");
  EXPECT_EQ(json["passes"], "1");
  EXPECT_EQ(json["box"].get<std::string>().size(), 2 * (64 + 16));
}

TEST(WrappedKey, AboveTheCeilingIsRefusedBeforeAnyMemoryIsTaken) {
  Json json = wrapped();
  json["memory_bytes"] = "1073741825";
  EXPECT_EQ(code_of(json), ErrorCode::kMalformed);
  json["memory_bytes"] = "18446744073709551615";
  EXPECT_EQ(code_of(json), ErrorCode::kMalformed);
  json["memory_bytes"] = "8192";
  json["passes"] = "11";
  EXPECT_EQ(code_of(json), ErrorCode::kMalformed);
  EXPECT_FALSE(wrap_key(kKey, "p", {.memory_bytes = (1ull << 30) + 1, .passes = 1}));
}

TEST(WrappedKey, ThatIsNoneIsMalformed) {
  EXPECT_EQ(code_of(Json()), ErrorCode::kMalformed);
  EXPECT_EQ(code_of(Json::array()), ErrorCode::kMalformed);
  const Json good = wrapped();
  for (const auto& [key, value] : good.items()) {
    Json json = good;
    json.erase(key);
    EXPECT_EQ(code_of(json), ErrorCode::kMalformed) << key;
    json = good;
    json[key] = 1;
    EXPECT_EQ(code_of(json), ErrorCode::kMalformed) << key;
    json[key] = "zz";
    EXPECT_EQ(code_of(json), ErrorCode::kMalformed) << key;
  }
  Json json = wrapped();
  json["extra"] = "";
  EXPECT_EQ(code_of(json), ErrorCode::kMalformed);
}

TEST(WrappedKey, WithOneChangedByteNeverOpens) {
  const Json json = wrapped();
  for (const char* const key : {"salt", "nonce", "box"}) {
    const std::string hex = json[key].get<std::string>();
    for (std::size_t i = 0; i < hex.size(); i += 7) {
      Json changed = json;
      std::string other = hex;
      other[i] = other[i] == '0' ? '1' : '0';
      changed[key] = other;
      EXPECT_EQ(code_of(changed), ErrorCode::kDenied) << key << " " << i;
    }
  }
}

}  // namespace
}  // namespace batchwright::record
