// What the feed brings is believed item by item, by signature. Row I5: both panels' lines are kept.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/sync/feed.h"
#include "tests/support/record_fixtures.h"

namespace batchwright::client::sync {
namespace {

using test::must;
using test::TestPanel;
using test::TestSite;

class SyncFeed : public ::testing::Test {
 protected:
  SyncFeed() {
    trust.anchor = site.anchor();
    trust.own_device = "panel-own";
  }
  Json page(const Json& item) const {
    Json json = Json::object();
    json["cursor"] = "7-abcdef01";
    json["items"] = Json::array({item});
    return json;
  }
  static Json document_item(const char* kind, const record::SignedDocument& document) {
    Json item = Json::object();
    item["kind"] = kind;
    item["document"] = record::to_json(document);
    return item;
  }
  Json commit_item() {
    Json item = Json::object();
    item["kind"] = "commit";
    item["device"] = other.writer.device();
    item["lines"] = Json::array();
    for (const auto& line : other.commit({other.entry("20.0"), other.entry("21.0")}))
      item["lines"].push_back(line.bytes);
    return item;
  }

  TestSite site;
  TestPanel other{site, "panel-other", "MIX3", 33};
  FeedTrust trust;
};

TEST_F(SyncFeed, TakesOtherPanelsCommitsOnceTheirEnrolmentIsKnown) {
  const auto item = commit_item();
  auto unknown = must(read_feed(page(item), trust));
  EXPECT_TRUE(unknown.foreign.empty());
  EXPECT_EQ(unknown.refused.size(), 1u);
  const auto enrolled = must(read_feed(page(document_item("enrolment", other.enrolment)), trust));
  ASSERT_EQ(enrolled.documents.size(), 1u);
  EXPECT_EQ(enrolled.documents[0].kind, "device");
  const auto known = must(read_feed(page(item), trust));
  EXPECT_EQ(known.foreign.size(), 3u);
  EXPECT_TRUE(known.refused.empty());
}

TEST_F(SyncFeed, BelievesNoForeignLineThatWasChangedDroppedOrMoved) {
  ASSERT_TRUE(read_feed(page(document_item("enrolment", other.enrolment)), trust));
  const auto good = commit_item();
  std::vector<Json> bad(5, good);
  auto text = good.at("lines")[0].get<std::string>();
  bad[0]["lines"][0] = text.replace(text.find("\"value\":\"20.0\""), 14, "\"value\":\"29.0\"");
  bad[1]["lines"].erase(1);
  std::swap(bad[2]["lines"][0], bad[2]["lines"][1]);
  bad[3]["lines"].erase(2);
  bad[4]["lines"] = "text";
  for (const auto& item : bad) {
    const auto read = must(read_feed(page(item), trust));
    EXPECT_TRUE(read.foreign.empty());
    EXPECT_EQ(read.refused.size(), 1u);
  }
}

TEST_F(SyncFeed, BelievesNoDocumentThatTheSiteDidNotSign) {
  auto stranger = site;
  stranger.key = test::key_from(99);
  for (const auto& item :
       {document_item("directory", stranger.directory_document()),
        document_item("enrolment", stranger.enrol("x", "X1", other.key.public_key())),
        document_item("issue", stranger.directory_document()),
        document_item("mbr", site.directory_document())}) {
    const auto read = must(read_feed(page(item), trust));
    EXPECT_TRUE(read.documents.empty());
    EXPECT_EQ(read.refused.size(), 1u) << to_text(item.at("kind"));
  }
}

TEST_F(SyncFeed, TakesADirectoryWithTheKeysItNamesAndNeverAnOlderOne) {
  const auto wrapped = to_text(site.wrapped_key("mary", "password"));
  site.directory.people.front().wrapped_sha256 = to_hex(sha256(wrapped));
  auto item = document_item("directory", site.directory_document());
  Json key = Json::object();
  key["person"] = "mary";
  key["text"] = wrapped;
  item["wrapped"] = Json::array({key});
  const auto read = must(read_feed(page(item), trust));
  ASSERT_EQ(read.documents.size(), 2u);
  EXPECT_EQ(read.documents[0].kind, "wrapped-key");
  EXPECT_EQ(read.documents[0].text, wrapped);
  EXPECT_EQ(read.documents[1].kind, "directory");
  EXPECT_EQ(trust.directory_version, 7u);
  item["wrapped"][0]["text"] = wrapped + " ";
  EXPECT_EQ(must(read_feed(page(item), trust)).refused.size(), 1u);
  site.directory.version = 6;
  EXPECT_EQ(must(read_feed(page(document_item("directory", site.directory_document())), trust))
                .refused.size(),
            1u);
}

TEST_F(SyncFeed, SkipsKindsItDoesNotKnowAndRefusesAPageWithoutACursor) {
  Json item = Json::object();
  item["kind"] = "capa_decision";
  const auto read = must(read_feed(page(item), trust));
  EXPECT_TRUE(read.refused.empty());
  EXPECT_EQ(read.cursor, "7-abcdef01");
  for (const char* bad : {"{}", R"({"cursor":"1"})", R"({"cursor":1,"items":[]})",
                          R"({"cursor":"","items":[]})", R"({"cursor":"1","items":{}})"})
    EXPECT_FALSE(read_feed(must(parse_json(bad)), trust)) << bad;
  for (const char* odd : {"1", "[]", "null", "\"x\"", R"({"kind":1})", R"({"kind":"commit"})",
                          R"({"kind":"directory","document":[]})"})
    EXPECT_TRUE(read_feed(page(must(parse_json(odd))), trust)) << odd;
}

}  // namespace
}  // namespace batchwright::client::sync
