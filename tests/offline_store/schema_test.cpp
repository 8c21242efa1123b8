// The tables of store.db: two ways to get them, and what they refuse.
#include "offline_store/schema/schema.h"

#include <gtest/gtest.h>

#include "offline_store/sqlite/migrate.h"

namespace batchwright::offline_store::schema {
namespace {

sqlite::Connection open_memory() {
  auto connection =
      sqlite::Connection::open(":memory:", {.access = sqlite::Access::kReadWriteCreate, .vfs = {}});
  EXPECT_TRUE(connection);
  return std::move(*connection);
}

sqlite::Connection open_fresh() {
  auto connection = open_memory();
  EXPECT_TRUE(sqlite::bring_to_current(connection, store_schema()));
  return connection;
}

// T14
TEST(StoreSchema, AFreshSchemaEqualsAMigratedSchema) {
  auto migrated = open_memory();
  int version = 0;
  for (const auto& migration : store_schema().migrations) {
    EXPECT_EQ(migration.version, ++version) << "migrations have consecutive numbers";
    const auto applied = migrated.exec(migration.sql);
    ASSERT_TRUE(applied) << applied.error().message;
    EXPECT_EQ(*migrated.query_integer("PRAGMA user_version"), version);
  }
  EXPECT_EQ(version, store_schema().version);
  auto fresh = open_fresh();
  EXPECT_EQ(*sqlite::describe_schema(fresh), *sqlite::describe_schema(migrated));
  EXPECT_TRUE(sqlite::check_schema(migrated, store_schema()));
}

// T14: what an older panel refused is still there, and the next refusal of the same kind is kept.
TEST(StoreSchema, RefusalsOfAnOlderStoreSurviveAndNewOnesAreAllKept) {
  auto connection = open_memory();
  ASSERT_TRUE(connection.exec(store_schema().migrations.front().sql));
  ASSERT_TRUE(connection.exec("INSERT INTO wedged VALUES (1, 0, 'rejected', 'one', 't', x'00')"));
  ASSERT_TRUE(sqlite::bring_to_current(connection, store_schema()));
  ASSERT_TRUE(sqlite::check_schema(connection, store_schema()));
  EXPECT_TRUE(connection.exec("INSERT INTO wedged VALUES (2, 0, 'rejected', 'two', 't', x'00')"));
  EXPECT_FALSE(connection.exec("INSERT INTO wedged VALUES (3, 0, 'rejected', 'two', 't', x'00')"));
  EXPECT_EQ(*connection.query_integer("SELECT count(*) FROM wedged"), 2);
}

TEST(StoreSchema, PicturesThatAnOlderStoreCalledSentAreSentAgain) {
  auto connection = open_memory();
  ASSERT_TRUE(connection.exec(store_schema().migrations.front().sql));
  ASSERT_TRUE(connection.exec("INSERT INTO evidence VALUES (1, zeroblob(32), 5)"));
  ASSERT_TRUE(connection.exec("INSERT INTO evidence_sent VALUES (1)"));
  ASSERT_TRUE(sqlite::bring_to_current(connection, store_schema()));
  EXPECT_EQ(*connection.query_integer("SELECT count(*) FROM evidence"), 1);
  EXPECT_EQ(*connection.query_integer("SELECT count(*) FROM evidence_sent"), 0);
}

TEST(StoreSchema, BringingACurrentDatabaseToCurrentChangesNothing) {
  auto connection = open_fresh();
  const auto before = *sqlite::describe_schema(connection);
  ASSERT_TRUE(sqlite::bring_to_current(connection, store_schema()));
  EXPECT_EQ(*sqlite::describe_schema(connection), before);
}

TEST(StoreSchema, ADatabaseOfANewerProgramIsLeftAlone) {
  auto connection = open_fresh();
  ASSERT_TRUE(connection.exec("PRAGMA user_version = 999"));
  const auto opened = sqlite::bring_to_current(connection, store_schema());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kUnsupported);
}

TEST(StoreSchema, ADatabaseOfAnotherProgramIsLeftAlone) {
  auto connection = open_memory();
  ASSERT_TRUE(connection.exec("CREATE TABLE address (name TEXT)"));
  const auto opened = sqlite::bring_to_current(connection, store_schema());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kUnreadable);
}

TEST(StoreSchema, AMissingTriggerIsNoticed) {
  auto connection = open_fresh();
  ASSERT_TRUE(connection.exec("DROP TRIGGER journal_keeps_all"));
  const auto checked = sqlite::check_schema(connection, store_schema());
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, ErrorCode::kAltered);
}

// Rows that prove something; one of each, with what tries to change them.
TEST(StoreSchema, RowsThatProveSomethingCannotBeChangedOrRemoved) {
  RecordProperty("requirement", "T8");
  auto connection = open_fresh();
  ASSERT_TRUE(
      connection.exec("INSERT INTO journal VALUES (1, zeroblob(32), x'7b');"
                      "INSERT INTO peer_line VALUES (1, 'b', 1, 1, 'run', zeroblob(32), x'7b');"
                      "INSERT INTO receipt VALUES (1, 'text', x'00');"
                      "INSERT INTO wedged VALUES (1, 1, 'fork', 'detail', 'time', x'00');"
                      "INSERT INTO evidence VALUES (1, zeroblob(32), 5);"
                      "INSERT INTO evidence_sent VALUES (1, x'00');"));
  const sqlite::Sql attempts[] = {
      "UPDATE journal SET line = x'7d'",
      "DELETE FROM journal",
      "INSERT OR REPLACE INTO journal VALUES (1, zeroblob(32), x'7d')",
      "INSERT INTO journal VALUES (3, zeroblob(32), x'7d')",
      "UPDATE peer_line SET run = 'other'",
      "DELETE FROM peer_line",
      "INSERT OR REPLACE INTO peer_line VALUES (1, 'b', 1, 1, 'run', zeroblob(32), x'7d')",
      "UPDATE receipt SET seq = 2",
      "DELETE FROM receipt",
      "INSERT OR REPLACE INTO receipt VALUES (1, 'other', x'00')",
      "UPDATE wedged SET detail = ''",
      "DELETE FROM wedged",
      "INSERT OR REPLACE INTO wedged VALUES (1, 1, 'fork', 'other', 'time', x'00')",
      "UPDATE evidence SET bytes = 6",
      "DELETE FROM evidence",
      "INSERT OR REPLACE INTO evidence VALUES (1, zeroblob(32), 6)",
      "UPDATE evidence_sent SET evidence = 2",
      "DELETE FROM evidence_sent",
  };
  for (const sqlite::Sql attempt : attempts) {
    const auto changed = connection.exec(attempt);
    ASSERT_FALSE(changed) << attempt.text();
    EXPECT_EQ(changed.error().code, ErrorCode::kRefused) << attempt.text();
  }
}

}  // namespace
}  // namespace batchwright::offline_store::schema
