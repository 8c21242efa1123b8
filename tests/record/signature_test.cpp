// Rows C2, C3: what a signature shows, and that it is bound to exactly that.
#include "record/signature.h"

#include <gtest/gtest.h>

#include "tests/support/record_fixtures.h"

namespace batchwright::record {
namespace {

using batchwright::to_text;  // of JSON; the others are found by their arguments
using test::TestPanel;
using test::TestSite;

SignatureStatement sample() {
  const TestSite site;
  TestPanel panel(site);
  const auto lines = panel.commit({panel.entry("25.3")});
  auto statement = panel.statement(site, "mary", "compound/temperature#1", {to_hex(lines[0].hash)});
  statement.as_of["panel-3"] = Head{7, sha256("x"), {}};
  return statement;
}

TEST(SignatureStatement, ReadsBackUnchanged) {
  const std::string text = to_text(sample());
  EXPECT_TRUE(
      text.starts_with(R"({"purpose":"batchwright/signature/1","site":"Plant 1","subject":{)"));
  const auto statement = statement_from_text(text);
  ASSERT_TRUE(statement) << statement.error().message;
  EXPECT_EQ(to_text(*statement), text);
  EXPECT_EQ(statement->name, "Mary Okafor");
  EXPECT_EQ(statement->covered, sample().covered);
  EXPECT_EQ(statement->as_of.at("panel-3").seq, 7u);
}

TEST(SignatureStatement, OfOtherFormIsRefused) {
  const std::string text = to_text(sample());
  const Json json = parse_json(text).value();
  for (const auto& [key, value] : json.items()) {
    Json changed = json;
    changed.erase(key);
    EXPECT_FALSE(statement_from_text(to_text(changed))) << key;
    changed = json;
    changed[key] = 1;
    EXPECT_FALSE(statement_from_text(to_text(changed))) << key;
  }
  Json changed = json;
  changed["extra"] = "";
  EXPECT_FALSE(statement_from_text(to_text(changed)));
  changed = json;
  changed["covered"].push_back("short");
  EXPECT_FALSE(statement_from_text(to_text(changed)));
  changed = json;
  changed["name"] = "Mary\u202eOkafor";
  EXPECT_FALSE(statement_from_text(to_text(changed)));
  changed = json;
  changed["signer"] = "";
  EXPECT_FALSE(statement_from_text(to_text(changed)));
  EXPECT_FALSE(statement_from_text(" " + text));
  EXPECT_FALSE(statement_from_text("{}"));
}

TEST(PersonSignature, IsGoodForExactlyItsText) {
  const std::string text = to_text(sample());
  const SecretKey key = test::key_from(11);
  const Signature signature = sign_statement(text, key);
  EXPECT_TRUE(verify_statement(text, key.public_key(), signature));
  EXPECT_FALSE(verify_statement(text + " ", key.public_key(), signature));
  EXPECT_FALSE(verify_statement(text, test::key_from(12).public_key(), signature));
  // The same words without the purpose in front are another message.
  EXPECT_FALSE(verify(key.public_key(), text, signature));
}

TEST(RecordMark, IsEightHexDigitsInTwoGroups) {
  EXPECT_EQ(to_hex(sha256("abc")).substr(0, 8), "ba7816bf");
  EXPECT_EQ(record_mark("abc"), "BA78 16BF");
}

}  // namespace
}  // namespace batchwright::record
