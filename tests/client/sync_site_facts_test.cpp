// Facts of the site travel as one signed document: published at the twin, carried by the feed,
// believed by signature and version (requirement B6).
#include <gtest/gtest.h>

#include "base/then.h"
#include "client/sync/feed.h"
#include "record/site_facts_document.h"
#include "tests/support/twin_fixtures.h"
#include "twin/site_facts.h"
#include "workflows/site_facts.h"

namespace batchwright::client::sync {
namespace {

using test::must;
using test::TestTwin;
using test::TwinPanel;

constexpr const char* kFacts =
    R"({"format": "batchwright/site-facts/1", "equipment": [{"id": "MX-03", "class": "MX200"}]})";
constexpr const char* kNewer =
    R"({"format": "batchwright/site-facts/1", "equipment": [{"id": "MX-04", "class": "MX200"}]})";

struct SiteFactsFeed : ::testing::Test {
  TestTwin twin;
  TwinPanel panel{twin};
  FeedTrust trust;

  SiteFactsFeed() {
    trust.anchor = twin.site->anchor();
    trust.own_device = panel.id();
  }
  FeedPage feed() {
    return must(read_feed(twin.json("GET", "/v1/feed?device=" + panel.id()), trust));
  }
  static std::vector<std::string> facts_in(const FeedPage& page) {
    std::vector<std::string> texts;
    for (const auto& item : page.documents)
      if (item.kind == "site-facts" && item.name == "current") texts.push_back(item.text);
    return texts;
  }
  Json item_of(std::uint64_t version, const record::SecretKey& key) {
    const record::SiteFactsDocument facts{.site = "Plant 1",
                                          .version = version,
                                          .issued = to_text(test::kTestStart),
                                          .facts = kFacts};
    Json page = Json::object();
    Json item = Json::object();
    item["kind"] = "site-facts";
    item["document"] =
        record::to_json(record::sign_document("site-facts", record::to_statement(facts), key));
    page["cursor"] = "7-abcdef01";
    page["items"] = Json::array({item});
    return page;
  }
};

TEST_F(SiteFactsFeed, BringsTheNewestByteForByte) {
  EXPECT_TRUE(facts_in(feed()).empty());
  EXPECT_EQ(must(twin::publish_site_facts(*twin.site, kFacts)), 1u);
  twin.clock.advance_ms(1000);
  EXPECT_EQ(must(twin::publish_site_facts(*twin.site, kNewer)), 2u);
  const auto texts = facts_in(feed());
  ASSERT_EQ(texts.size(), 1u) << "an older version is obsolete";
  const auto document = must(record::signed_document_from_json(must(parse_json(texts.front()))));
  const auto facts = must(record::site_facts_from_statement(
      must(record::open_document(document, "site-facts", twin.site->anchor().key))));
  EXPECT_EQ(facts.version, 2u);
  EXPECT_EQ(facts.facts, kNewer);
  EXPECT_EQ(trust.site_facts_version, 2u);
}

TEST_F(SiteFactsFeed, SurvivesARestartOfTheTwin) {
  ASSERT_TRUE(twin::publish_site_facts(*twin.site, kFacts));
  twin.restart();
  EXPECT_EQ(facts_in(feed()).size(), 1u);
  EXPECT_EQ(must(twin::publish_site_facts(*twin.site, kNewer)), 2u);
}

TEST_F(SiteFactsFeed, TextThatIsNoFactsIsNeverPublished) {
  for (const char* bad : {"", "{}", R"({"format": "batchwright/site-facts/1", "lots": [{}]})"}) {
    const auto refused = twin::publish_site_facts(*twin.site, bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().code, ErrorCode::kMalformed) << bad;
  }
  EXPECT_TRUE(facts_in(feed()).empty());
}

TEST_F(SiteFactsFeed, OlderOnesAndThoseOfAnotherKeyAreRefused) {
  trust.site_facts_version = 3;
  const auto older = must(read_feed(item_of(2, twin.site->site_key()), trust));
  EXPECT_TRUE(older.documents.empty());
  EXPECT_EQ(older.refused.size(), 1u);
  const auto stranger = must(read_feed(item_of(9, test::key_from(99)), trust));
  EXPECT_TRUE(stranger.documents.empty());
  EXPECT_EQ(stranger.refused.size(), 1u);
  EXPECT_EQ(trust.site_facts_version, 3u);
  EXPECT_EQ(must(read_feed(item_of(4, twin.site->site_key()), trust)).documents.size(), 1u);
}

}  // namespace
}  // namespace batchwright::client::sync
