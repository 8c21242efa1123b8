// The wrapper around SQLite.
#include <gtest/gtest.h>

#include "offline_store/sqlite/connection.h"
#include "offline_store/sqlite/transaction.h"
#include "tests/offline_store/temporary_folder.h"

namespace batchwright::offline_store::sqlite {
namespace {

Connection open_memory() {
  auto connection = Connection::open(":memory:", {.access = Access::kReadWriteCreate, .vfs = {}});
  EXPECT_TRUE(connection);
  return std::move(*connection);
}

class SqliteFile : public ::testing::Test {
 protected:
  [[nodiscard]] Connection open(Access access = Access::kReadWriteCreate) const {
    auto connection = Connection::open(path_, {.access = access, .vfs = {}});
    EXPECT_TRUE(connection) << connection.error().message;
    return std::move(*connection);
  }

  offline_store::test::TemporaryFolder folder_;
  std::string path_ = folder_ / "a b%?#'.db";  // characters that mean something in an URI
};

TEST(SqliteStatement, ValuesComeBackAsTheyWereBound) {
  Connection connection = open_memory();
  ASSERT_TRUE(connection.exec("CREATE TABLE t (i INTEGER, t TEXT, b BLOB, n TEXT) STRICT"));
  auto insert = connection.prepare("INSERT INTO t VALUES (?1, ?2, ?3, ?4)");
  ASSERT_TRUE(insert);
  const std::string bytes("\0\xff'\n", 4);
  ASSERT_TRUE(insert->run(std::int64_t{-5}, "text", Blob(bytes), nullptr));
  ASSERT_TRUE(insert->run(7, "", Blob(std::string_view()), ""));

  auto select = connection.prepare("SELECT i, t, b, n FROM t ORDER BY i");
  ASSERT_TRUE(select);
  ASSERT_TRUE(select->start());
  ASSERT_TRUE(*select->step());
  EXPECT_EQ(select->integer(0), -5);
  EXPECT_EQ(select->text(1), "text");
  EXPECT_EQ(select->blob(2), bytes);
  EXPECT_TRUE(select->is_null(3));
  ASSERT_TRUE(*select->step());
  EXPECT_EQ(select->text(1), "");
  EXPECT_FALSE(select->is_null(1)) << "an empty text is not NULL";
  EXPECT_EQ(select->blob(2), "");
  EXPECT_FALSE(*select->step());
}

TEST(SqliteStatement, CanBeRunAgainAfterAnError) {
  Connection connection = open_memory();
  ASSERT_TRUE(connection.exec("CREATE TABLE t (i INTEGER PRIMARY KEY)"));
  auto insert = connection.prepare("INSERT INTO t VALUES (?1)");
  ASSERT_TRUE(insert);
  ASSERT_TRUE(insert->run(1));
  const auto again = insert->run(1);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::kConflict);
  EXPECT_TRUE(insert->run(2));
}

TEST(SqliteTransaction, RollsBackUnlessItWasCommitted) {
  Connection connection = open_memory();
  ASSERT_TRUE(connection.exec("CREATE TABLE t (i INTEGER)"));
  {
    auto transaction = Transaction::begin(connection);
    ASSERT_TRUE(transaction);
    ASSERT_TRUE(connection.exec("INSERT INTO t VALUES (1)"));
  }
  EXPECT_FALSE(connection.in_transaction());
  EXPECT_EQ(*connection.query_integer("SELECT count(*) FROM t"), 0);
  {
    auto transaction = Transaction::begin(connection);
    ASSERT_TRUE(transaction);
    ASSERT_TRUE(connection.exec("INSERT INTO t VALUES (2)"));
    ASSERT_TRUE(transaction->commit());
  }
  EXPECT_EQ(*connection.query_integer("SELECT i FROM t"), 2);
}

TEST(SqliteConnection, ReportsAnErrorOfTheStatementAndNoRow) {
  Connection connection = open_memory();
  EXPECT_EQ(connection.exec("SELECT nonsense").error().code, ErrorCode::kUnreadable);
  EXPECT_EQ(connection.query_text("SELECT 1 WHERE 0").error().code, ErrorCode::kNotFound);
}

TEST_F(SqliteFile, AMissingFileIsNotFoundAndNotMade) {
  const auto missing = Connection::open(path_, {.access = Access::kReadWrite, .vfs = {}});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(SqliteFile, AFileThatIsNoDatabaseIsAltered) {
  offline_store::test::write_file(path_, std::string(8192, 'x'));
  Connection connection = open();
  EXPECT_EQ(connection.query_integer("SELECT count(*) FROM sqlite_schema").error().code,
            ErrorCode::kAltered);
}

TEST_F(SqliteFile, DurableMeansWalFullExclusiveAndNobodyElse) {
  Connection connection = open();
  ASSERT_TRUE(make_durable(connection));
  ASSERT_TRUE(connection.exec("CREATE TABLE t (i INTEGER)"));
  EXPECT_EQ(*connection.query_text("PRAGMA journal_mode"), "wal");
  EXPECT_EQ(*connection.query_text("PRAGMA locking_mode"), "exclusive");
  EXPECT_EQ(*connection.query_integer("PRAGMA synchronous"), 2);
  EXPECT_FALSE(std::filesystem::exists(path_ + "-shm")) << "no second connection is possible";

  Connection second = open(Access::kReadWrite);
  const auto read = second.query_integer("SELECT count(*) FROM t");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::kInUse);
}

TEST(SqliteConnection, ADatabaseThatCannotBeDurableIsRefused) {
  Connection connection = open_memory();  // keeps journal_mode=memory whatever is asked
  const auto durable = make_durable(connection);
  ASSERT_FALSE(durable);
  EXPECT_EQ(durable.error().code, ErrorCode::kRefused);
}

TEST_F(SqliteFile, TheLogGrowsUntilItIsCopiedAndGoesAtTheCleanEnd) {
  {
    Connection connection = open();
    ASSERT_TRUE(make_durable(connection));
    ASSERT_TRUE(connection.exec("CREATE TABLE t (b BLOB)"));
    for (int i = 0; i < 30; ++i) {
      ASSERT_TRUE(connection.exec("INSERT INTO t VALUES (zeroblob(200000))"));
    }
    EXPECT_GT(connection.wal_pages(), 1000) << "nothing is copied behind our back";
    ASSERT_TRUE(connection.checkpoint());
    EXPECT_EQ(connection.wal_pages(), 0);
    ASSERT_TRUE(connection.exec("INSERT INTO t VALUES (NULL)"));
    EXPECT_LT(connection.wal_pages(), 10) << "the log is used again from its start";
    ASSERT_TRUE(connection.finish());
  }
  EXPECT_FALSE(std::filesystem::exists(path_ + "-wal"));
  Connection again = open(Access::kReadWrite);
  EXPECT_EQ(*again.query_integer("SELECT count(*) FROM t"), 31);
}

TEST_F(SqliteFile, ClosingWithoutAnEndLeavesTheLog) {
  {
    Connection connection = open();
    ASSERT_TRUE(make_durable(connection));
    ASSERT_TRUE(connection.exec("CREATE TABLE t (i INTEGER)"));
  }
  EXPECT_GT(std::filesystem::file_size(path_ + "-wal"), 0u);
}

TEST_F(SqliteFile, AnImmutableFileIsReadWithoutALockOrALog) {
  {
    Connection connection = open();
    ASSERT_TRUE(make_durable(connection));
    ASSERT_TRUE(connection.exec("CREATE TABLE t (i INTEGER); INSERT INTO t VALUES (41)"));
    ASSERT_TRUE(connection.finish());
  }
  const auto before = offline_store::test::read_tree(folder_.path());
  Connection reader = open(Access::kImmutable);
  EXPECT_EQ(*reader.query_integer("SELECT i FROM t"), 41);
  EXPECT_FALSE(reader.exec("INSERT INTO t VALUES (42)"));
  EXPECT_EQ(offline_store::test::read_tree(folder_.path()), before);
}

TEST_F(SqliteFile, ABackupIsACompleteCopyMadeWhileTheFileIsInUse) {
  Connection connection = open();
  ASSERT_TRUE(make_durable(connection));
  ASSERT_TRUE(connection.exec("CREATE TABLE t (i INTEGER); INSERT INTO t VALUES (41)"));
  const std::string copy = folder_ / "copy.db";
  ASSERT_TRUE(connection.back_up_to(copy));
  EXPECT_EQ(connection.back_up_to(copy).error().code, ErrorCode::kConflict);

  auto copied = Connection::open(copy, {.access = Access::kReadWrite, .vfs = {}});
  ASSERT_TRUE(copied);
  EXPECT_EQ(*copied->query_integer("SELECT i FROM t"), 41);
}

}  // namespace
}  // namespace batchwright::offline_store::sqlite
