// The twin's calls: enrolment, feed, recipes, evidence, events, first sign-in, and what is refused
// on the way in.
#include "twin/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/support/twin_fixtures.h"
#include "twin/recipes.h"

namespace batchwright {
namespace {

using test::must;
using test::TestTwin;
using test::TwinPanel;
using testing::HasSubstr;

std::string enrolment_body(const std::string& token, std::uint8_t key_number) {
  Json body = Json::object();
  body["token"] = token;
  body["key"] = to_hex(test::key_from(key_number).public_key());
  body["name"] = "Mixing 2";
  return to_text(body);
}

std::string shipped_recipe() {
  std::ifstream file(BATCHWRIGHT_SOURCE_DIR "/resources/recipes/tris-saline-100l.mbr.json");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> kinds(const Json& feed) {
  std::vector<std::string> out;
  for (const auto& item : feed.at("items")) out.push_back(item.at("kind"));
  return out;
}

TEST(Enrolment, GivesThePanelEverythingTheSiteSigned) {
  TestTwin twin;
  const auto token = must(twin::make_token(*twin.site, "MIX2", "114"));
  const auto reply = twin.call("POST", "/v1/devices", enrolment_body(token, 21));
  ASSERT_EQ(reply.status, 201) << reply.body;
  const auto json = must(parse_json(reply.body));
  const auto site_key = twin.site->anchor().key;
  const auto enrolment = must(record::enrolment_from_statement(must(record::open_document(
      must(record::signed_document_from_json(json.at("enrolment"))), "enrolment", site_key))));
  EXPECT_EQ(enrolment.prefix, "MIX2");
  EXPECT_EQ(enrolment.room, "114");
  EXPECT_EQ(enrolment.key, test::key_from(21).public_key());
  const auto certificate = must(record::receipt_key_from_statement(must(record::open_document(
      must(record::signed_document_from_json(json.at("receipt_key"))), "receipt-key", site_key))));
  EXPECT_EQ(certificate.key, twin.site->receipt_key().public_key());
}

TEST(Enrolment, GivesTheSameAnswerAgainWhenTheFirstOneWasLost) {
  TestTwin twin;
  const auto token = must(twin::make_token(*twin.site, "MIX2", "114"));
  const auto first = twin.call("POST", "/v1/devices", enrolment_body(token, 21));
  const auto second = twin.call("POST", "/v1/devices", enrolment_body(token, 21));
  EXPECT_EQ(second.status, 201);
  EXPECT_EQ(first.body, second.body);
}

TEST(Enrolment, RefusesWrongUsedAndOldTokensWithTheSameWords) {
  TestTwin twin;
  const auto used = must(twin::make_token(*twin.site, "MIX2", "114"));
  ASSERT_EQ(twin.call("POST", "/v1/devices", enrolment_body(used, 21)).status, 201);
  const auto reused = twin.call("POST", "/v1/devices", enrolment_body(used, 22));
  EXPECT_EQ(reused.status, 403);
  const auto wrong = twin.call("POST", "/v1/devices", enrolment_body("7K3Q-9XMD-02FB-RT5N", 22));
  EXPECT_EQ(wrong.status, 403);
  const auto old = must(twin::make_token(*twin.site, "MIX3", "115"));
  twin.clock.advance_ms(15 * 60'000);
  const auto expired = twin.call("POST", "/v1/devices", enrolment_body(old, 22));
  EXPECT_EQ(expired.status, 403);
  EXPECT_EQ(reused.body, wrong.body);
  EXPECT_EQ(expired.body, wrong.body);
}

TEST(Enrolment, ReadsATokenAsPeopleTypeIt) {
  TestTwin twin;
  auto token = must(twin::make_token(*twin.site, "MIX2", "114"));
  for (char& c : token) c = c == '-' ? ' ' : static_cast<char>(std::tolower(c));
  EXPECT_EQ(twin.call("POST", "/v1/devices", enrolment_body(token, 21)).status, 201);
}

TEST(Enrolment, RefusesAKeyThatIsEnrolledAlready) {
  TestTwin twin;
  TwinPanel panel(twin, 21);
  const auto token = must(twin::make_token(*twin.site, "MIX3", "114"));
  EXPECT_EQ(twin.call("POST", "/v1/devices", enrolment_body(token, 21)).status, 409);
}

TEST(Feed, BringsEachPanelTheOthersCommitsAndTheSitesDocuments) {
  TestTwin twin;
  TwinPanel one(twin, 21, "MIX1");
  TwinPanel two(twin, 22, "MIX2");
  two.run = one.run;
  one.commit({one.entry("20.0")});
  twin.call("POST", one.journal_path(), one.body());
  const auto feed = twin.json("GET", "/v1/feed?device=" + two.id());
  EXPECT_THAT(kinds(feed), testing::ElementsAre("directory", "enrolment", "commit"));
  EXPECT_EQ(feed.at("items")[2].at("lines").size(), 2u);
  EXPECT_EQ(feed.at("items")[2].at("lines")[0], one.stored[0].bytes);
  const auto own = twin.json("GET", "/v1/feed?device=" + one.id());
  EXPECT_THAT(kinds(own), testing::ElementsAre("directory", "enrolment"));
  const auto cursor = feed.at("cursor").get<std::string>();
  const auto later = twin.json("GET", "/v1/feed?device=" + two.id() + "&after=" + cursor);
  EXPECT_TRUE(later.at("items").empty());
}

TEST(Feed, StartsAnewForACursorItDoesNotKnow) {
  TestTwin twin;
  TwinPanel panel(twin);
  for (const char* cursor : {"", "0", "1-00000000", "99999999-abcdef01", "x", "-5", "1"}) {
    const auto feed = twin.json("GET", "/v1/feed?device=" + panel.id() + "&after=" + cursor);
    EXPECT_THAT(kinds(feed), testing::ElementsAre("directory")) << cursor;
  }
}

TEST(Feed, SendsALongListInPages) {
  TestTwin twin;
  TwinPanel one(twin, 21, "MIX1");
  TwinPanel two(twin, 22, "MIX2");
  for (int i = 0; i < 600; ++i) one.commit({one.entry("20.0")});
  twin.call("POST", one.journal_path(), one.body());
  std::string cursor;
  std::size_t commits = 0;
  for (int page = 0; page < 5; ++page) {
    const auto feed = twin.json("GET", "/v1/feed?device=" + two.id() + "&after=" + cursor);
    for (const auto& kind : kinds(feed)) commits += kind == "commit" ? 1 : 0;
    cursor = feed.at("cursor");
  }
  EXPECT_EQ(commits, 600u);
}

TEST(Recipes, AreApprovedServedByHashAndNotSentTwice) {
  TestTwin twin;
  TwinPanel panel(twin);
  Findings findings;
  const auto loaded = must(twin::load_mbr(*twin.site, shipped_recipe(), findings));
  const auto text = twin.call("GET", "/v1/mbr/" + loaded.hash);
  EXPECT_EQ(text.status, 200);
  EXPECT_EQ(to_hex(sha256(text.body)), loaded.hash);
  twin::HttpRequest again;
  again.method = "GET";
  again.path = "/v1/mbr/" + loaded.hash;
  again.host = "127.0.0.1";
  again.if_none_match = text.etag;
  EXPECT_EQ(twin.call(again).status, 304);
  const auto list = twin.call("GET", "/v1/mbr");
  again.path = "/v1/mbr";
  again.if_none_match = list.etag;
  EXPECT_EQ(twin.call(again).status, 304);
  EXPECT_TRUE(must(twin::load_mbr(*twin.site, shipped_recipe(), findings)).known);
  EXPECT_EQ(twin.call("GET", "/v1/mbr/" + std::string(64, '0')).status, 404);
  EXPECT_EQ(twin.call("GET", "/v1/mbr/nonsense").status, 400);
}

TEST(Recipes, AChangedTextNeedsANewVersion) {
  TestTwin twin;
  Findings findings;
  const auto text = shipped_recipe();
  const auto loaded = must(twin::load_mbr(*twin.site, text, findings));
  auto changed = text;
  const auto at = changed.find("\"title\"");
  ASSERT_NE(at, std::string::npos);
  const auto en = changed.find("\"en\"", at);
  const auto quote = changed.find('"', changed.find(':', en));
  changed.insert(quote + 1, "Changed ");
  const auto second = twin::load_mbr(*twin.site, changed, findings);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kConflict);
}

TEST(Recipes, ABatchNumberIsIssuedOnce) {
  TestTwin twin;
  TwinPanel panel(twin);
  Findings findings;
  const auto loaded = must(twin::load_mbr(*twin.site, shipped_recipe(), findings));
  const auto issued = must(twin::issue_batch(*twin.site, loaded.mbr, "B-2417"));
  const auto again = twin::issue_batch(*twin.site, loaded.hash, "B-2417");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::kConflict);
  EXPECT_EQ(twin::issue_batch(*twin.site, "no-such-recipe", "B-1").error().code,
            ErrorCode::kNotFound);
  const auto feed = twin.json("GET", "/v1/feed?device=" + panel.id());
  EXPECT_THAT(kinds(feed), testing::ElementsAre("directory", "mbr", "issue"));
  const auto issue = must(record::issue_from_statement(must(record::open_document(
      must(record::signed_document_from_json(feed.at("items")[2].at("document"))), "issue",
      twin.site->anchor().key))));
  EXPECT_EQ(issue.run, issued.run);
  EXPECT_EQ(issue.number, "B-2417");
}

TEST(Evidence, IsStoredOnlyUnderItsOwnDigest) {
  TestTwin twin;
  const std::string bytes("\x89PNG\0\r\n picture", 15);
  const auto address = "/v1/evidence/" + to_hex(sha256(bytes));
  EXPECT_EQ(twin.call("GET", address).status, 404);
  EXPECT_EQ(twin.call("PUT", address, bytes + "x").status, 422);
  EXPECT_EQ(twin.call("GET", address).status, 404);
  EXPECT_EQ(twin.call("PUT", address, bytes).status, 201);
  EXPECT_EQ(twin.call("PUT", address, bytes).status, 200);
  EXPECT_EQ(twin.call("GET", address).body, bytes);
  EXPECT_EQ(twin.call("PUT", "/v1/evidence/..%2f..%2fetc", bytes).status, 400);
  const std::string large((16u << 20) + 1, 'x');
  EXPECT_EQ(twin.call("PUT", "/v1/evidence/" + to_hex(sha256(large)), large).status, 413);
}

// T12: a panel that hears "known" never sends the picture again.
TEST(Evidence, ThatWasLostOrDamagedHereIsWrittenAgainFromWhatIsSent) {
  TestTwin twin;
  const std::string bytes = "a picture of the scale";
  const auto hex = to_hex(sha256(bytes));
  const auto address = "/v1/evidence/" + hex;
  const std::filesystem::path folder = twin.path + "/evidence/" + hex.substr(0, 2);
  ASSERT_EQ(twin.call("PUT", address, bytes).status, 201);
  std::filesystem::remove_all(folder);
  EXPECT_EQ(twin.call("PUT", address, bytes).status, 200);
  EXPECT_EQ(twin.call("GET", address).body, bytes);
  for (const auto size : {std::size_t{0}, std::size_t{5}, (std::size_t{16} << 20) + 1}) {
    std::filesystem::resize_file(folder / hex, size);
    EXPECT_EQ(twin.call("PUT", address, bytes).status, 200);
    EXPECT_EQ(twin.call("GET", address).body, bytes) << size;
  }
}

TEST(CloudEvents, AreStoredOnceAndAllOrNone) {
  TestTwin twin;
  const std::string good =
      R"({"specversion":"1.0","id":"1","source":"/scale/7","type":"weighed","data":{"kg":"1.0"}})";
  EXPECT_EQ(twin.json("POST", "/v1/events", "[" + good + "]").at("stored"), 1);
  EXPECT_EQ(twin.json("POST", "/v1/events", "[" + good + "]").at("known"), 1);
  const std::string bad = R"({"specversion":"1.0","id":"2","source":"/scale/7"})";
  const std::string other = R"({"specversion":"1.0","id":"3","source":"/s","type":"t"})";
  EXPECT_EQ(twin.call("POST", "/v1/events", "[" + other + "," + bad + "]").status, 400);
  EXPECT_EQ(twin.json("POST", "/v1/events", "[" + other + "]").at("stored"), 1);
  for (const char* body : {"", "{", "{}", "[[]]", "[1]", "nonsense"})
    EXPECT_EQ(twin.call("POST", "/v1/events", body).status, 400) << body;
}

TEST(FirstSignIn, TakesAKeyForTheOneTimeSecretAndPublishesIt) {
  TestTwin twin;
  const auto secrets = must(twin::add_people(
      *twin.site, {{.id = "eva", .name = "Eva Berg", .roles = {"operator"}, .password = {}}},
      test::kTestCost));
  ASSERT_EQ(secrets.size(), 1u);
  const auto key = test::key_from(50);
  Json body = Json::object();
  body["secret"] = "wrong";
  body["key"] = to_hex(key.public_key());
  body["wrapped"] = must(record::wrap_key(key, "her own password", test::kTestCost));
  EXPECT_EQ(twin.call("POST", "/v1/people/eva/key", to_text(body)).status, 403);
  EXPECT_EQ(twin.call("POST", "/v1/people/nobody/key", to_text(body)).status, 403);
  body["secret"] = secrets[0].secret;
  const auto reply = twin.call("POST", "/v1/people/eva/key", to_text(body));
  ASSERT_EQ(reply.status, 200) << reply.body;
  const auto directory = must(twin::current_directory(*twin.site)).directory;
  EXPECT_EQ(directory.find("eva")->key, key.public_key());
  EXPECT_EQ(twin.call("POST", "/v1/people/eva/key", to_text(body)).status, 403) << "used twice";
}

TEST(FirstSignIn, LocksAfterFiveWrongSecrets) {
  TestTwin twin;
  const auto secrets = must(twin::add_people(
      *twin.site, {{.id = "eva", .name = "Eva Berg", .roles = {"operator"}, .password = {}}},
      test::kTestCost));
  Json body = Json::object();
  body["secret"] = "wrong";
  body["key"] = to_hex(test::key_from(50).public_key());
  body["wrapped"] = must(record::wrap_key(test::key_from(50), "password", test::kTestCost));
  for (int i = 0; i < 5; ++i) twin.call("POST", "/v1/people/eva/key", to_text(body));
  body["secret"] = secrets[0].secret;
  EXPECT_EQ(twin.call("POST", "/v1/people/eva/key", to_text(body)).status, 403);
}

TEST(Service, RefusesWhatAForeignWebPageCouldMakeABrowserSend) {
  TestTwin twin;
  twin::HttpRequest request;
  request.method = "GET";
  request.path = "/v1/trust";
  for (const char* host : {"", "evil.example", "127.0.0.1.evil.example", "10.0.0.7:80"}) {
    request.host = host;
    EXPECT_EQ(twin.call(request).status, 403) << host;
  }
  request.host = "127.0.0.1:8080";
  request.origin = "http://evil.example";
  EXPECT_EQ(twin.call(request).status, 403);
  request.origin = "http://127.0.0.1:8080";
  EXPECT_EQ(twin.call(request).status, 200);
}

TEST(Service, AnswersUnknownPathsAndMethodsWithProblems) {
  TestTwin twin;
  EXPECT_EQ(twin.call("GET", "/nothing").status, 404);
  EXPECT_EQ(twin.call("GET", "/v1/mbr/a/b").status, 404);
  EXPECT_EQ(twin.call("DELETE", "/v1/mbr").status, 405);
  EXPECT_EQ(twin.call("POST", "/v1/devices", "not json").status, 400);
  EXPECT_EQ(twin.call("POST", "/v1/devices", "[]").status, 400);
  EXPECT_EQ(twin.call("GET", "/v1/feed").status, 403);
  const auto reply = twin.call("GET", "/nothing");
  EXPECT_EQ(reply.content_type, "application/problem+json");
  EXPECT_THAT(reply.body, HasSubstr("urn:batchwright:problem:not-found"));
}

TEST(Service, EveryRouteStandsInTheOpenApiDocumentAndTheOtherWayRound) {
  std::ifstream file(BATCHWRIGHT_SOURCE_DIR "/resources/openapi/twin-v1.json");
  std::ostringstream text;
  text << file.rdbuf();
  const auto document = must(parse_json(text.str()));
  std::vector<std::string> described;
  for (const auto& [path, methods] : document.at("paths").items())
    for (const auto& [method, operation] : methods.items())
      if (method != "parameters") described.push_back(method + " " + path);
  std::vector<std::string> routed;
  for (const auto& route : twin::all_routes()) {
    std::string method(route.method);
    for (char& c : method) c = static_cast<char>(std::tolower(c));
    routed.push_back(method + " " + std::string(route.pattern));
  }
  EXPECT_THAT(described, testing::UnorderedElementsAreArray(routed));
}

}  // namespace
}  // namespace batchwright
