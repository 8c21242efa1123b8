#include "base/json.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

namespace batchwright {
namespace {

void expect_refused(std::string_view text, std::string_view place_part = {}) {
  const auto json = parse_json(text);
  ASSERT_FALSE(json) << text;
  EXPECT_EQ(json.error().code, ErrorCode::kMalformed) << text;
  EXPECT_NE(json.error().place.find(place_part), std::string::npos) << json.error().place;
  EXPECT_FALSE(json.error().message.empty());
}

TEST(Json, KeepsKeysInTheOrderTheyWereWritten) {
  const std::string text = R"({"z":1,"a":{"y":true,"b":null},"m":["x",""]})";
  const auto json = parse_json(text);
  ASSERT_TRUE(json);
  EXPECT_EQ(to_text(*json), text);
}

TEST(Json, RefusesAKeyThatAppearsTwiceAndNamesIt) {
  expect_refused(R"({"a":1,"b":2,"a":3})", "a");
  expect_refused(R"({"x":{"same":1,"same":1}})", "same");
  expect_refused("{\"a\":1,\"\\u0061\":2}", "a");  // the same key in another spelling
}

TEST(Json, RefusesARepeatedKeyInALargeObjectToo) {
  std::string text = "{";
  for (int i = 0; i < 1000; ++i) text += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_TRUE(parse_json(text + "\"k1000\":0}"));
  expect_refused(text + "\"k3\":0}", "k3");
  expect_refused(text + "\"k999\":0}", "k999");
}

TEST(Json, AllowsTheSameKeyInDifferentObjects) {
  EXPECT_TRUE(parse_json(R"({"a":{"a":{"a":[{"a":1},{"a":2}]}}})"));
}

TEST(Json, RefusesNumbersThatADoubleCannotHold) {
  expect_refused("1e999", "byte");
  expect_refused("[-1e999]", "byte");
  expect_refused(R"({"n":1e-999})", "n");
  EXPECT_TRUE(parse_json("[0e-999,0.0,1e308]"));
}

TEST(Json, RefusesWhatIsNotJson) {
  for (const char* const text :
       {"", " ", "{", "[1,]", "{\"a\"}", "NaN", "Infinity", "-", "01", "'a'", "{\"a\":1}x",
        "[1] [2]", "nul", "\"\t\"", "/*c*/1", "+1", ".5"}) {
    expect_refused(text);
  }
}

TEST(Json, NamesTheByteOfASyntaxError) {
  expect_refused("[1,2,x]", "byte 6");
}

TEST(Json, RefusesTextThatIsNotUtf8) {
  expect_refused("\"\xff\"");
  expect_refused("\"\xc0\xaf\"");      // over-long
  expect_refused("\"\xed\xa0\x80\"");  // surrogate
  expect_refused(R"("\ud800")");       // half a pair
}

TEST(Json, RefusesDeepNestingWithoutRecursion) {
  const JsonLimits limits{.bytes_max = 1 << 20, .depth_max = 3};
  EXPECT_TRUE(parse_json("[[[1]]]", limits));
  EXPECT_FALSE(parse_json("[[[[1]]]]", limits));
  EXPECT_FALSE(parse_json(R"({"a":[{"b":[]}]})", limits));
  expect_refused(std::string(10'000, '['));
  expect_refused(std::string(1'000'000, '['));
}

TEST(Json, RefusesMoreBytesThanTheLimit) {
  const auto json = parse_json("[1,2,3]", {.bytes_max = 6, .depth_max = 8});
  ASSERT_FALSE(json);
  EXPECT_EQ(json.error().code, ErrorCode::kFull);
}

TEST(Json, TextHasOneSpelling) {
  const auto json = parse_json("{ \"a\" : [ 1 , \"\\u00e9\\u001d\\/\" ] }");
  ASSERT_TRUE(json);
  EXPECT_EQ(to_text(*json), "{\"a\":[1,\"é\\u001d/\"]}");
}

TEST(Json, TextOfAStringThatIsNotUtf8StaysValidJson) {
  EXPECT_TRUE(parse_json(to_text(Json("\xff"))));
}

// Any tree of our kind of values (no numbers, as in a record), at most 4 members wide.
std::string any_text(std::mt19937& random) {
  constexpr const char* kPieces[] = {"a",    "\"", "\\", "/",  "\n",   "\x1d",
                                     "\x01", "é",  "€",  "😀", "\x7f", " "};
  std::string text;
  for (auto left = random() % 6; left > 0; --left) text += kPieces[random() % std::size(kPieces)];
  return text;
}

Json any_json(std::mt19937& random, int depth) {
  const auto kind = random() % (depth > 0 ? 5 : 3);
  if (kind == 0) return any_text(random);
  if (kind == 1) return random() % 2 == 0;
  if (kind == 2) return nullptr;
  Json json = kind == 3 ? Json::array() : Json::object();
  for (auto left = random() % 5; left > 0; --left) {
    if (kind == 3) {
      json.push_back(any_json(random, depth - 1));
    } else {
      json[any_text(random)] = any_json(random, depth - 1);
    }
  }
  return json;
}

RC_GTEST_PROP(Json, RoundTripsThroughItsCanonicalText, (std::uint32_t seed)) {
  std::mt19937 random(seed);
  const Json json = any_json(random, 5);
  const std::string text = to_text(json);
  const auto back = parse_json(text);
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == json);
  RC_ASSERT(to_text(*back) == text);
}

}  // namespace
}  // namespace batchwright
