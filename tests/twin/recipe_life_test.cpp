// Requirement A1 at the site: what is issued, who may act, and what panels are told. A8: the
// approver's signature covers the difference.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/bytes.h"
#include "offline_store/sqlite/migrate.h"
#include "tests/support/twin_fixtures.h"
#include "twin/feed.h"
#include "twin/mbr_register.h"
#include "twin/recipe_acts.h"
#include "twin/recipes.h"
#include "twin/schema/schema.h"
#include "workflows/mbr_diff.h"
#include "workflows/mbr_json.h"

namespace batchwright {
namespace {

using test::must;
using test::TestTwin;
using test::TwinPanel;
using testing::HasSubstr;

std::string shipped(const char* name) {
  std::ifstream file(std::string(BATCHWRIGHT_SOURCE_DIR "/resources/recipes/") + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}
std::string version_2() {
  return shipped("tris-saline-100l-v2.mbr.json");
}
std::string version_3() {
  return shipped("tris-saline-100l.mbr.json");
}

// A site whose mary (operator), jan (supervisor) and petra (quality) can sign.
class Plant : public TestTwin {
 public:
  twin::LoadedMbr load(const std::string& text,
                       const std::optional<twin::Approval>& approval = twin::Approval{}) {
    Findings findings;
    return must(twin::load_mbr(*site, text, findings, approval));
  }

  std::string signed_act(twin::RecipeAct act, const std::string& key_of = {}) {
    act.site = site->anchor().site;
    if (act.time.empty()) act.time = site->now_text();
    const auto& key = people.person_keys.at(key_of.empty() ? act.person : key_of);
    Json body = Json::object();
    body["document"] =
        record::to_json(record::sign_document("recipe-act", twin::to_statement(act), key));
    return to_text(body);
  }

  // Through the API.
  twin::HttpReply act(const std::string& hash, const std::string& command,
                      const std::string& person, const std::string& diff = {},
                      const std::string& from = {}) {
    twin::RecipeAct wanted;
    wanted.hash = hash;
    wanted.command = command;
    wanted.person = person;
    wanted.diff = diff;
    wanted.effective_from = from;
    return call("POST", "/v1/mbr/" + hash + "/acts", signed_act(wanted));
  }

  // What the feed tells this panel now: "VERSION STATE" of each mbr item.
  std::vector<std::string> told(const TwinPanel& panel) {
    std::vector<std::string> out;
    const auto feed = json("GET", "/v1/feed?device=" + panel.id());
    for (const auto& item : feed.at("items")) {
      if (item.at("kind") != "mbr") continue;
      const auto approval = must(record::approval_from_statement(
          must(record::open_document(must(record::signed_document_from_json(item.at("document"))),
                                     "approval", site->anchor().key))));
      out.push_back(approval.version + " " + approval.state);
    }
    return out;
  }
  std::string state(const std::string& hash) {
    const auto mbrs = json("GET", "/v1/mbr");
    for (const auto& mbr : mbrs.at("mbrs"))
      if (mbr.at("hash") == hash) return mbr.at("state");
    return "unknown";
  }
};

TEST(RecipeLife, ANewlyEffectiveVersionSupersedesTheOldOneAndOnlyItIsIssued) {
  Plant plant;
  TwinPanel panel(plant);
  const auto old = plant.load(version_2());
  ASSERT_TRUE(twin::issue_batch(*plant.site, old.hash, "B-1"));
  plant.clock.advance_ms(1000);
  const auto fresh = plant.load(version_3());
  EXPECT_EQ(plant.state(old.hash), "superseded");
  EXPECT_EQ(plant.state(fresh.hash), "effective");
  for (const std::string& wanted : {old.hash, std::string("BUF-0117@2")}) {
    const auto refused = twin::issue_batch(*plant.site, wanted, "B-2");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kRefused);
    EXPECT_THAT(refused.error().message, HasSubstr("superseded"));
    EXPECT_THAT(refused.error().message, HasSubstr("BUF-0117 version 3 is effective now"));
  }
  EXPECT_EQ(must(twin::issue_batch(*plant.site, "BUF-0117", "B-2")).version, "3");
  EXPECT_THAT(plant.told(panel),
              testing::ElementsAre("2 superseded", "2 superseded", "3 effective"));
}

TEST(RecipeLife, ADraftIsNeitherIssuedNorToldToPanels) {
  Plant plant;
  TwinPanel panel(plant);
  const auto draft = plant.load(version_3(), std::nullopt);
  EXPECT_EQ(draft.state, "draft");
  const auto refused = twin::issue_batch(*plant.site, draft.hash, "B-1");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("is draft"));
  EXPECT_THAT(refused.error().message, HasSubstr("No version is effective now"));
  EXPECT_THAT(plant.told(panel), testing::IsEmpty());
}

TEST(RecipeLife, ThreePersonsTakeARecordThroughItsLifeOverTheApi) {
  Plant plant;
  TwinPanel panel(plant);
  const auto hash = plant.load(version_3(), std::nullopt).hash;
  EXPECT_EQ(plant.act(hash, "submit", "mary").status, 200);
  EXPECT_EQ(plant.act(hash, "check", "jan").status, 200);
  EXPECT_EQ(plant.state(hash), "in_review");
  EXPECT_EQ(plant.act(hash, "approve", "petra").status, 200);
  EXPECT_THAT(plant.told(panel), testing::ElementsAre("3 approved"));
  const auto done = plant.act(hash, "make_effective", "petra");
  EXPECT_EQ(done.status, 200) << done.body;
  EXPECT_THAT(done.body, HasSubstr(R"("state":"effective")"));
  EXPECT_TRUE(twin::issue_batch(*plant.site, "BUF-0117@3", "B-1"));
  const auto page = plant.call("GET", "/").body;
  for (const char* person : {"mary", "jan", "petra"}) EXPECT_THAT(page, HasSubstr(person));
}

TEST(RecipeLife, TheApiRefusesTheSamePersonTwiceAndApprovalWithoutQuality) {
  Plant plant;
  const auto hash = plant.load(version_3(), std::nullopt).hash;
  ASSERT_EQ(plant.act(hash, "submit", "petra").status, 200);
  const auto same = plant.act(hash, "check", "petra");
  EXPECT_EQ(same.status, 422);
  EXPECT_THAT(same.body, HasSubstr("prepared it can't check it"));
  ASSERT_EQ(plant.act(hash, "check", "jan").status, 200);
  const auto approve = plant.act(hash, "approve", "petra");
  EXPECT_EQ(approve.status, 422);
  EXPECT_THAT(approve.body, HasSubstr("prepared or checked it can't approve it"));
  EXPECT_EQ(plant.act(hash, "approve", "mary").status, 422) << "not quality";
  EXPECT_EQ(plant.state(hash), "in_review");
}

TEST(RecipeLife, TheConsoleRefusesTheSamePersonTwiceAndThenLoadsNothing) {
  Plant plant;
  Findings findings;
  for (const auto& approval :
       {twin::Approval{"mary", "mary", "petra", {}}, twin::Approval{"petra", "mary", "petra", {}},
        twin::Approval{"mary", "petra", "petra", {}}, twin::Approval{"mary", "petra", "jan", {}},
        twin::Approval{"mary", "nobody", "petra", {}}}) {
    const auto refused = twin::load_mbr(*plant.site, version_3(), findings, approval);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kRefused);
    EXPECT_TRUE(plant.json("GET", "/v1/mbr").at("mbrs").empty());
  }
  EXPECT_EQ(plant.load(version_3(), twin::Approval{"mary", "jan", "petra", {}}).state, "effective");
}

TEST(RecipeLife, AnActIsBelievedOnlyFromThePersonWhoSignedItHereAndNow) {
  Plant plant;
  const auto hash = plant.load(version_3(), std::nullopt).hash;
  const auto path = "/v1/mbr/" + hash + "/acts";
  twin::RecipeAct act;
  act.hash = hash;
  act.command = "submit";
  act.person = "mary";
  EXPECT_EQ(plant.call("POST", path, plant.signed_act(act, "jan")).status, 403) << "jan's key";
  auto body = plant.signed_act(act);
  body.replace(body.find("submit"), 6, "retire");
  EXPECT_EQ(plant.call("POST", path, body).status, 403) << "changed after signing";
  act.time = to_text(Instant{plant.clock.now().unix_ms - 16 * 60'000, 60});
  EXPECT_EQ(plant.call("POST", path, plant.signed_act(act)).status, 422) << "too old";
  act.time.clear();
  EXPECT_EQ(
      plant.call("POST", "/v1/mbr/" + std::string(64, '0') + "/acts", plant.signed_act(act)).status,
      422)
      << "for another record";
  act.command = "approve all";
  EXPECT_EQ(plant.call("POST", path, plant.signed_act(act)).status, 400);
  for (const char* nonsense : {"", "[]", "{}", R"({"document":{}})", R"({"document":1})"})
    EXPECT_EQ(plant.call("POST", path, nonsense).status, 400) << nonsense;
  EXPECT_EQ(plant.state(hash), "draft");
}

TEST(RecipeLife, AnApprovalNamesTheDifferenceFromTheEffectiveVersion) {  // A8
  Plant plant;
  plant.load(version_2());
  plant.clock.advance_ms(1000);
  const auto hash = plant.load(version_3(), std::nullopt).hash;
  plant.act(hash, "submit", "mary");
  plant.act(hash, "check", "jan");
  EXPECT_EQ(plant.act(hash, "approve", "petra").status, 422) << "no difference named";
  EXPECT_EQ(plant.act(hash, "approve", "petra", std::string(64, 'a')).status, 422);
  const auto offered = plant.call("GET", "/v1/mbr/" + hash + "/diff");
  const auto own = workflows::diff_mbr(must(workflows::read_mbr(version_2())).mbr,
                                       must(workflows::read_mbr(version_3())).mbr);
  EXPECT_EQ(offered.body, own.text) << "what the approver reads anywhere is the same";
  EXPECT_EQ(plant.act(hash, "approve", "petra", to_hex(own.hash)).status, 200);
  EXPECT_EQ(plant.act(hash, "make_effective", "petra").status, 200);
  EXPECT_EQ(plant.call("GET", "/v1/mbr/" + hash + "/diff").status, 404) << "nothing to approve";
}

TEST(RecipeLife, AtItsInstantAVersionTakesEffectAndPanelsAreTold) {
  Plant plant;
  TwinPanel panel(plant);
  const auto old = plant.load(version_2());
  plant.clock.advance_ms(1000);
  twin::Approval later;
  later.effective_from = Instant{plant.clock.now().unix_ms + 60'000, 60};
  const auto fresh = plant.load(version_3(), later);
  EXPECT_EQ(fresh.state, "approved");
  EXPECT_THAT(plant.told(panel), testing::ElementsAre("2 effective", "3 approved"));
  EXPECT_EQ(must(twin::issue_batch(*plant.site, "BUF-0117", "B-1")).version, "2");
  plant.clock.advance_ms(59'999);
  EXPECT_TRUE(twin::issue_batch(*plant.site, old.hash, "B-2"));
  const auto early = twin::issue_batch(*plant.site, fresh.hash, "B-3");
  ASSERT_FALSE(early);
  EXPECT_THAT(early.error().message, HasSubstr("takes effect at"));
  plant.clock.advance_ms(1);
  EXPECT_FALSE(twin::issue_batch(*plant.site, old.hash, "B-3"));
  EXPECT_TRUE(twin::issue_batch(*plant.site, fresh.hash, "B-3"));
  EXPECT_THAT(plant.told(panel), testing::IsSupersetOf({"2 superseded", "3 effective"}));
  EXPECT_THAT(plant.told(panel), testing::Not(testing::Contains("2 effective")));
}

TEST(RecipeLife, ARecallStopsIssuingAndReachesEveryPanelAsTheNewestWord) {
  Plant plant;
  TwinPanel panel(plant);
  const auto loaded = plant.load(version_3());
  ASSERT_TRUE(twin::issue_batch(*plant.site, loaded.hash, "B-1"));
  const auto before = plant.json("GET", "/v1/feed?device=" + panel.id()).at("cursor");
  EXPECT_EQ(plant.act(loaded.hash, "recall", "mary").status, 422) << "not quality";
  ASSERT_EQ(plant.act(loaded.hash, "recall", "petra").status, 200);
  const auto refused = twin::issue_batch(*plant.site, "BUF-0117", "B-2");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("recalled"));
  const auto news =
      plant.json("GET", "/v1/feed?device=" + panel.id() + "&after=" + before.get<std::string>());
  ASSERT_EQ(news.at("items").size(), 1u);
  const auto& item = news.at("items")[0];
  EXPECT_EQ(item.at("kind"), "mbr");
  const auto approval = must(record::approval_from_statement(
      must(record::open_document(must(record::signed_document_from_json(item.at("document"))),
                                 "approval", plant.site->anchor().key))));
  EXPECT_EQ(approval.state, "recalled");
  EXPECT_EQ(to_hex(approval.hash), loaded.hash);
  EXPECT_THAT(plant.told(panel), testing::ElementsAre("3 recalled", "3 recalled"))
      << "from the start too: never effective again, not even for a moment";
  EXPECT_THAT(plant.call("GET", "/").body, HasSubstr("recalled"));
  plant.restart();
  EXPECT_EQ(plant.state(loaded.hash), "recalled");
}

TEST(RecipeLife, ActsAndStatesCanNeitherBeChangedNorDeleted) {
  Plant plant;
  plant.load(version_3());
  auto& db = plant.site->db();
  EXPECT_FALSE(db.exec("UPDATE mbr_act SET person = 'x'"));
  EXPECT_FALSE(db.exec("DELETE FROM mbr_act"));
  EXPECT_FALSE(db.exec("UPDATE mbr_state SET state = 'x'"));
  EXPECT_FALSE(db.exec("DELETE FROM mbr_state"));
}

// T14, as for the panel's store.
TEST(TwinSchema, AFreshSchemaEqualsAMigratedSchema) {
  namespace sqlite = offline_store::sqlite;
  const auto open = [] {
    return must(sqlite::Connection::open(":memory:",
                                         {.access = sqlite::Access::kReadWriteCreate, .vfs = {}}));
  };
  const auto& schema = twin::schema::twin_schema();
  auto migrated = open();
  int version = 0;
  for (const auto& migration : schema.migrations) {
    EXPECT_EQ(migration.version, ++version);
    const auto applied = migrated.exec(migration.sql);
    ASSERT_TRUE(applied) << applied.error().message;
    EXPECT_EQ(*migrated.query_integer("PRAGMA user_version"), version);
  }
  EXPECT_EQ(version, schema.version);
  auto fresh = open();
  ASSERT_TRUE(sqlite::bring_to_current(fresh, schema));
  EXPECT_EQ(*sqlite::describe_schema(fresh), *sqlite::describe_schema(migrated));
}

// As version 1 of the tables held them: approved at once, nobody superseded.
TEST(RecipeLife, RecordsOfAnEarlierTwinAreOneLineOfVersionsToo) {
  Plant plant;
  TwinPanel panel(plant);
  for (const auto& text : {version_2(), version_3()}) {
    const auto mbr = must(workflows::read_mbr(text)).mbr;
    plant.clock.advance_ms(1000);
    workflows::LifeVersion version;
    version.hash = to_hex(mbr.hash);
    version.mbr = mbr.id;
    version.version = mbr.version;
    auto insert = must(plant.site->db().prepare(
        "INSERT INTO mbr (hash, mbr, version, title, text, approval) VALUES (?, ?, ?, ?, ?, ?)"));
    using offline_store::sqlite::Blob;
    TestTwin::must_void(insert.run(Blob(mbr.hash), mbr.id, mbr.version, std::string("t"),
                                   Blob(mbr.text),
                                   twin::sign_state(*plant.site, version, "effective")));
    TestTwin::must_void(
        twin::add_feed_item(*plant.site, {.kind = "mbr", .name = to_hex(mbr.hash)}));
  }
  EXPECT_FALSE(twin::issue_batch(*plant.site, "BUF-0117@2", "B-1"));
  EXPECT_TRUE(twin::issue_batch(*plant.site, "BUF-0117@3", "B-1"));
  EXPECT_THAT(plant.told(panel),
              testing::ElementsAre("2 superseded", "3 effective", "2 superseded"));
}

TEST(RecipeLife, AtTheConsoleAPersonSignsWithTheOwnPassword) {
  Plant plant;
  ASSERT_TRUE(twin::add_people(
      *plant.site, {{.id = "eva", .name = "Eva", .roles = {"operator"}, .password = "secret"}},
      test::kTestCost));
  const auto hash = plant.load(version_3(), std::nullopt).hash;
  twin::RecipeAct act;
  act.hash = "BUF-0117@3";
  act.command = "submit";
  act.person = "eva";
  EXPECT_EQ(twin::perform_at_console(*plant.site, act, "wrong").error().code, ErrorCode::kDenied);
  const auto done = twin::perform_at_console(*plant.site, act, "secret");
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(plant.state(hash), "in_review");
}

}  // namespace
}  // namespace batchwright
