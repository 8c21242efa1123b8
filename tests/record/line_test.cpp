#include "record/line.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/record_fixtures.h"

namespace batchwright::record {
namespace {

Line sample() {
  Line line;
  line.type = "entry_recorded";
  line.subject = {"run", "01890a5d-ac96-774b-bcce-b302099a8057"};
  line.step = "compound/temperature#1";
  line.actor = "mary";
  line.role = "operator";
  line.performed_by = "jan";
  line.lang = "de-CH";
  line.body["value"] = "25.30";
  line.body["unit"] = "°C";
  line.device = "panel-2";
  line.seq = 41;
  line.prev = sha256("before");
  line.hlc = {0x01a3185c53e80000};
  line.time = "2027-01-15T09:00:01.000+01:00";
  return line;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

void expect_refused(const std::string& bytes, std::string_view place) {
  const auto line = decode(bytes);
  ASSERT_FALSE(line) << bytes;
  EXPECT_EQ(line.error().code, ErrorCode::kMalformed);
  EXPECT_EQ(line.error().place, place) << line.error().message;
}

TEST(Line, HasItsKeysInTheAgreedOrder) {
  EXPECT_EQ(encode(sample()),
            R"({"device":"panel-2","seq":41,"prev":")" + to_hex(sha256("before")) +
                R"(","hlc":"01a3185c53e80000","time":"2027-01-15T09:00:01.000+01:00",)"
                R"("type":"entry_recorded","v":1,)"
                R"("subject":{"kind":"run","id":"01890a5d-ac96-774b-bcce-b302099a8057"},)"
                R"("step":"compound/temperature#1","actor":"mary","role":"operator",)"
                R"("performed_by":"jan","lang":"de-CH","body":{"value":"25.30","unit":"°C"}})");
}

TEST(Line, ReadsBackEveryMember) {
  const Line line = sample();
  const auto stored = decode(encode(line));
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->bytes, encode(line));
  EXPECT_EQ(stored->hash, sha256(stored->bytes));
  EXPECT_EQ(stored->line.device, line.device);
  EXPECT_EQ(stored->line.seq, line.seq);
  EXPECT_EQ(stored->line.prev, line.prev);
  EXPECT_EQ(stored->line.hlc, line.hlc);
  EXPECT_EQ(stored->line.time, line.time);
  EXPECT_EQ(stored->line.type, line.type);
  EXPECT_EQ(stored->line.v, line.v);
  EXPECT_EQ(stored->line.subject, line.subject);
  EXPECT_EQ(stored->line.step, line.step);
  EXPECT_EQ(stored->line.actor, line.actor);
  EXPECT_EQ(stored->line.role, line.role);
  EXPECT_EQ(stored->line.performed_by, line.performed_by);
  EXPECT_EQ(stored->line.lang, line.lang);
  EXPECT_EQ(stored->line.body, line.body);
}

TEST(Line, InAnyOtherSpellingIsRefused) {
  const std::string bytes = encode(sample());
  EXPECT_FALSE(decode(bytes + " "));
  EXPECT_FALSE(decode(bytes + "\n"));
  EXPECT_FALSE(decode(" " + bytes));
  EXPECT_FALSE(decode("\xef\xbb\xbf" + bytes));  // byte order mark
  EXPECT_FALSE(decode(replaced(bytes, "\"seq\":41", "\"seq\": 41")));
  EXPECT_FALSE(decode(replaced(bytes, "25.30", "2\\u0035.30")));
  EXPECT_FALSE(decode(replaced(bytes, "°", "\\u00b0")));
  EXPECT_FALSE(decode(replaced(bytes, "compound/", "compound\\/")));
  EXPECT_FALSE(decode(replaced(bytes, R"("kind":"run","id":)", R"("id":"x","kind":)")));
}

TEST(Line, WithMissingUnknownOrMovedKeysNamesThem) {
  const std::string bytes = encode(sample());
  expect_refused(replaced(bytes, R"("role":"operator",)", ""), "role");
  expect_refused(replaced(bytes, R"("role":"operator",)", R"("role":"operator","shift":"1",)"),
                 "performed_by");
  expect_refused(replaced(bytes, R"(,"body":{)", R"(,"body":{},"more":{)"), "more");
  expect_refused(
      replaced(bytes, R"("actor":"mary","role":"operator")", R"("role":"operator","actor":"mary")"),
      "actor");
  expect_refused(replaced(bytes, R"("actor":"mary")", R"("actor":"mary","actor":"mary")"), "actor");
}

TEST(Line, HasNumbersOnlyForSeqAndVersion) {
  const std::string bytes = encode(sample());
  expect_refused(replaced(bytes, "\"25.30\"", "25.3"), "body.value");
  expect_refused(replaced(bytes, "\"25.30\"", R"({"deep":[{"er":1}]})"), "body.value.deep.er");
  expect_refused(replaced(bytes, "\"seq\":41", "\"seq\":\"41\""), "seq");
  expect_refused(replaced(bytes, "\"seq\":41", "\"seq\":41.0"), "seq");
  expect_refused(replaced(bytes, "\"seq\":41", "\"seq\":4.1e1"), "seq");
  expect_refused(replaced(bytes, "\"seq\":41", "\"seq\":-41"), "seq");
  expect_refused(replaced(bytes, "\"seq\":41", "\"seq\":0"), "seq");
  expect_refused(replaced(bytes, "\"seq\":41", "\"seq\":9007199254740992"), "seq");
  EXPECT_TRUE(decode(replaced(bytes, "\"seq\":41", "\"seq\":9007199254740991")));
  expect_refused(replaced(bytes, "\"v\":1", "\"v\":0"), "v");
  expect_refused(replaced(bytes, "\"v\":1", "\"v\":99999999999"), "v");
  expect_refused(replaced(bytes, "\"mary\"", "7"), "actor");
}

TEST(Line, WithBadMembersNamesThem) {
  const auto changed = [](auto change) {
    Line line = sample();
    change(line);
    return encode(line);
  };
  expect_refused(changed([](Line& l) { l.device = ""; }), "device");
  expect_refused(changed([](Line& l) { l.device = "a\nb"; }), "device");
  expect_refused(changed([](Line& l) { l.time = "2027-01-15T09:00:01Z"; }), "time");
  expect_refused(changed([](Line& l) { l.type = "Entry"; }), "type");
  expect_refused(changed([](Line& l) { l.type = ""; }), "type");
  expect_refused(changed([](Line& l) { l.subject.kind = ""; }), "subject.kind");
  expect_refused(changed([](Line& l) { l.subject.id = "\u202e"; }), "subject.id");
  expect_refused(changed([](Line& l) { l.step = "a\tb"; }), "step");
  expect_refused(changed([](Line& l) { l.actor = "mary\u200f"; }), "actor");
  expect_refused(changed([](Line& l) { l.role = "\x7f"; }), "role");
  expect_refused(changed([](Line& l) { l.performed_by = std::string(2001, 'x'); }), "performed_by");
  expect_refused(changed([](Line& l) { l.lang = "de_CH"; }), "lang");
  expect_refused(changed([](Line& l) { l.body = "text"; }), "body");
  expect_refused(changed([](Line& l) { l.body["a"] = "\x1b[2J"; }), "body.a");
  expect_refused(changed([](Line& l) { l.body["a\x1d"] = ""; }), "body");
}

TEST(Line, KeepsLineFeedTabAndGroupSeparatorOfAnEntry) {
  Line line = sample();
  line.body["raw"] =
      "]d201095212345100\x1d"
      "10T-4471";
  line.body["note"] = "first\n\tsecond";
  const std::string bytes = encode(line);
  EXPECT_NE(bytes.find("\\u001d10T"), std::string::npos);
  const auto stored = decode(bytes);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->line.body, line.body);
}

TEST(Line, OfNobodyAndNoStepIsFine) {
  Line line = sample();
  line.step = line.actor = line.role = line.performed_by = line.lang = "";
  EXPECT_TRUE(decode(encode(line)));
}

TEST(Line, OfAnUnknownTypeIsKept) {
  Line line = sample();
  line.type = "telepathy_received";
  line.v = 3;
  EXPECT_TRUE(decode(encode(line)));
}

TEST(Line, ThatIsTooLongOrTooDeepIsRefused) {
  Line line = sample();
  line.body["note"] = std::string(kLineBytesMax, 'x');
  EXPECT_EQ(decode(encode(line)).error().code, ErrorCode::kFull);
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "{\"a\":";
  EXPECT_FALSE(decode(replaced(encode(sample()), "\"25.30\"", deep)));
}

TEST(Line, ThatIsNoJsonObjectIsRefused) {
  for (const char* const bytes :
       {"", "[]", "null", "1", "\"\"", "{}", "{\"device\":\"panel-2\"}"}) {
    EXPECT_FALSE(decode(bytes)) << bytes;
  }
}

// Whatever single character is put in or taken out, a line is either refused or reads as other
// bytes with another hash.
RC_GTEST_PROP(Line, IsNeverReadTheSameAfterAChange, ()) {
  static const std::string kBytes = encode(sample());
  std::string bytes = kBytes;
  const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
  if (*rc::gen::arbitrary<bool>()) {
    bytes.erase(at, 1);
  } else {
    bytes.insert(at, 1, *rc::gen::inRange<char>(1, 127));
  }
  const auto line = decode(bytes);
  if (!line) return;
  RC_ASSERT(line->bytes == bytes);
  RC_ASSERT(line->hash != sha256(kBytes));
  RC_ASSERT(encode(line->line) == bytes);
}

}  // namespace
}  // namespace batchwright::record
