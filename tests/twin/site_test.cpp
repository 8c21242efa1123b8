// The twin's folder: made once, used by one program, refused when its parts don't belong together.
#include "twin/site.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/twin_fixtures.h"

namespace batchwright {
namespace {

using test::must;
using test::TestTwin;

TEST(Site, IsMadeOnceAndOpensWithTheSameKeys) {
  TestTwin twin;
  const auto anchor = twin.site->anchor();
  twin.restart();
  EXPECT_EQ(twin.site->anchor().key, anchor.key);
  EXPECT_EQ(twin.site->anchor().site, "Plant 1");
  twin.service.reset();
  twin.site.reset();
  const auto again = twin::Site::create(twin.path, "Plant 2", twin.clock);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::kConflict);
}

TEST(Site, IsRefusedToASecondProgram) {
  TestTwin twin;
  const auto second = twin::Site::open(twin.path, twin.clock);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kInUse);
}

TEST(Site, KeepsItsKeysToItself) {
  TestTwin twin;
  for (const char* name : {"site.key", "receipt.key", "twin.db"}) {
    struct stat facts{};
    ASSERT_EQ(::stat((twin.path + "/" + name).c_str(), &facts), 0) << name;
    EXPECT_EQ(facts.st_mode & 0777, 0600u) << name;
  }
  struct stat facts{};
  ASSERT_EQ(::stat(twin.path.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0700u);
}

TEST(Site, SaysThatAFolderHoldsNoTwin) {
  test::FastFolder folder;
  ManualClock clock{test::kTestStart};
  EXPECT_EQ(twin::Site::open(folder.path(), clock).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(twin::Site::open(folder.path() + "/missing", clock).error().code, ErrorCode::kNotFound);
}

TEST(Site, RefusesKeysOfAnotherSite) {
  TestTwin one;
  TestTwin two;
  for (auto* twin : {&one, &two}) {
    twin->service.reset();
    twin->site.reset();
  }
  std::filesystem::copy_file(two.path + "/site.key", one.path + "/site.key",
                             std::filesystem::copy_options::overwrite_existing);
  const auto opened = twin::Site::open(one.path, one.clock);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kAltered);
}

TEST(Site, AnInitThatWasCutOffCanBeRepeated) {
  TestTwin twin;
  twin.service.reset();
  twin.site.reset();
  std::filesystem::remove(twin.path + "/site.key");
  EXPECT_TRUE(twin::Site::create(twin.path, "Plant 1", twin.clock));
}

TEST(Site, LinesRecipesAndIssuesCanNeitherBeChangedNorDeleted) {
  TestTwin twin;
  test::TwinPanel panel(twin);
  panel.commit({panel.entry("20.0")});
  ASSERT_EQ(twin.call("POST", panel.journal_path(), panel.body()).status, 200);
  auto& db = twin.site->db();
  EXPECT_FALSE(db.exec("UPDATE line SET type = 'x'"));
  EXPECT_FALSE(db.exec("DELETE FROM line"));
  EXPECT_FALSE(db.exec("DELETE FROM directory"));
  EXPECT_FALSE(db.exec("DELETE FROM device"));
}

TEST(People, AFileIsReadWholeOrRefusedWithItsPlace) {
  const auto good = twin::read_people(
      R"([{"id":"mary","name":"Mary Okafor","roles":["operator"],"password":"demo"}])");
  ASSERT_TRUE(good);
  EXPECT_EQ(good->front().name, "Mary Okafor");
  for (const char* bad :
       {"{}", "[1]", R"([{"id":"","name":"A","roles":["operator"]}])",
        R"([{"id":"a b","name":"A","roles":["operator"]}])", R"([{"id":"a","roles":["operator"]}])",
        R"([{"id":"a","name":"A","roles":["king"]}])", R"([{"id":"a","name":"A","roles":[]}])",
        R"([{"id":"a","name":"A","roles":[1]}])",
        R"([{"id":"a","name":"A","roles":["operator"]},)"
        R"({"id":"a","name":"B","roles":["operator"]}])"})
    EXPECT_FALSE(twin::read_people(bad)) << bad;
}

TEST(People, KeysMadeFromPasswordsUnlockOnlyWithThem) {
  TestTwin twin;
  ASSERT_TRUE(twin::add_people(
      *twin.site, {{.id = "eva", .name = "Eva", .roles = {"operator"}, .password = "secret"}},
      test::kTestCost));
  const auto json = must(twin::directory_json(*twin.site));
  ASSERT_EQ(json.at("wrapped").size(), 1u);
  const auto wrapped = must(parse_json(json.at("wrapped")[0].at("text").get<std::string>()));
  const auto key = must(record::unwrap_key(wrapped, "secret"));
  EXPECT_EQ(must(twin::current_directory(*twin.site)).directory.find("eva")->key, key.public_key());
  EXPECT_FALSE(record::unwrap_key(wrapped, "Secret"));
}

TEST(People, TheDirectoryIsSignedAnewBeforeItExpires) {
  TestTwin twin;
  const auto before = must(twin::current_directory(*twin.site)).directory;
  TestTwin::must_void(twin::renew_directory(*twin.site));
  EXPECT_EQ(must(twin::current_directory(*twin.site)).directory.version, before.version);
  twin.clock.advance_ms(46ll * 86'400'000);
  TestTwin::must_void(twin::renew_directory(*twin.site));
  const auto after = must(twin::current_directory(*twin.site)).directory;
  EXPECT_EQ(after.version, before.version + 1);
  EXPECT_EQ(after.people.size(), before.people.size());
}

}  // namespace
}  // namespace batchwright
