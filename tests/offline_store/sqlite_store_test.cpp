// The store on disk: what it leaves in its folder, who may open it, and what it refuses to open.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <future>
#include <limits>
#include <thread>

#include "offline_store/internal/environment.h"
#include "offline_store/sqlite/connection.h"
#include "tests/offline_store/sample_journal.h"
#include "tests/offline_store/temporary_folder.h"

namespace batchwright::offline_store {
namespace {

using test::bytes_of;
using test::Commit;
using test::read_tree;
using test::SampleJournal;

constexpr auto kAll = std::numeric_limits<std::uint64_t>::max();

class StoreOnDisk : public ::testing::Test {
 protected:
  void fill(int commits) {
    auto store = test::open_enrolled(folder_, journal_);
    for (int i = 0; i < commits; ++i) {
      commits_.push_back(journal_.next(2));
      ASSERT_TRUE(store->append(commits_.back()));
    }
    ASSERT_TRUE(store->put_evidence("a picture"));
    ASSERT_TRUE(store->close());
  }
  [[nodiscard]] Result<std::unique_ptr<Store>> open(Mode mode = Mode::kOpenExisting) const {
    return Store::open(folder_, mode);
  }
  // Opens the closed database beside the store, which nobody may do but a test.
  [[nodiscard]] sqlite::Connection database() const {
    auto connection = sqlite::Connection::open(folder_ + "/store.db",
                                               {.access = sqlite::Access::kReadWrite, .vfs = {}});
    EXPECT_TRUE(connection);
    return std::move(*connection);
  }
  // Both ways to open must say the same.
  void expect_altered(const std::string& place) const {
    for (const Mode mode : {Mode::kReadClosed, Mode::kOpenExisting, Mode::kOpenOrCreate}) {
      const auto opened = open(mode);
      ASSERT_FALSE(opened);
      EXPECT_EQ(opened.error().code, ErrorCode::kAltered) << opened.error().message;
      EXPECT_EQ(opened.error().place, place);
    }
  }

  test::TemporaryFolder temporary_;
  std::string folder_ = temporary_ / "store";
  SampleJournal journal_;
  std::vector<Commit> commits_;
};

TEST_F(StoreOnDisk, EverythingIsThereAgainAfterAReopen) {
  fill(5);
  auto store = open();
  ASSERT_TRUE(store) << store.error().message;
  EXPECT_EQ(*(*store)->load_lines(1, kAll), bytes_of(commits_));
  EXPECT_EQ((*store)->head()->hash, commits_.back().back().hash);
  EXPECT_EQ(*(*store)->load_evidence(sha256("a picture")), "a picture");
  EXPECT_TRUE((*store)->append(journal_.next())) << "and the journal goes on";
}

TEST_F(StoreOnDisk, OnlyItsUserMayReadIt) {
  fill(1);
  auto store = open();
  ASSERT_TRUE(store);
  ASSERT_TRUE((*store)->append(journal_.next()));
  struct stat found{};
  ASSERT_EQ(::stat(folder_.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0700u);
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
    ASSERT_EQ(::stat(entry.path().c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, entry.is_directory() ? 0700u : 0600u) << entry.path();
    if (!entry.is_directory()) ++files;
  }
  EXPECT_EQ(files, 5) << "store.db, its log, head, lock and one picture";
}

TEST_F(StoreOnDisk, ACleanEndLeavesNoLog) {
  fill(3);
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/store.db-wal"));
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/store.db-shm"));
}

TEST_F(StoreOnDisk, ASecondInstanceIsToldTheStoreIsInUse) {
  auto first = test::open_enrolled(folder_, journal_);
  ASSERT_TRUE(first->append(journal_.next()));
  for (const Mode mode : {Mode::kOpenExisting, Mode::kOpenOrCreate, Mode::kReadClosed}) {
    const auto second = open(mode);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::kInUse);
  }
  EXPECT_TRUE(first->append(journal_.next())) << "the first one is not disturbed";
  ASSERT_TRUE(first->close());
  EXPECT_TRUE(open(Mode::kReadClosed)) << "and after it closed the store is free";
}

TEST_F(StoreOnDisk, AFolderWithoutAStoreIsNotFoundAndStaysEmpty) {
  EXPECT_EQ(open(Mode::kOpenExisting).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(open(Mode::kReadClosed).error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(folder_));
}

TEST_F(StoreOnDisk, AFolderThatCannotBeMadeIsUnreadable) {
  test::write_file(folder_, "a file is in the way");
  EXPECT_EQ(open(Mode::kOpenOrCreate).error().code, ErrorCode::kUnreadable);
}

TEST_F(StoreOnDisk, BeforeTheEnrolmentNothingCanBeRecorded) {
  auto store = open(Mode::kOpenOrCreate);
  ASSERT_TRUE(store);
  EXPECT_EQ((*store)->append(journal_.next()).error().code, ErrorCode::kRefused);
}

TEST_F(StoreOnDisk, ReadingAClosedStoreChangesNoByteAndWritesNothing) {
  fill(4);
  const auto before = read_tree(folder_);
  {
    auto store = open(Mode::kReadClosed);
    ASSERT_TRUE(store) << store.error().message;
    EXPECT_EQ(*(*store)->load_lines(1, kAll), bytes_of(commits_));
    EXPECT_EQ(*(*store)->load_evidence(sha256("a picture")), "a picture");
    EXPECT_EQ((*store)->append(journal_.next()).error().code, ErrorCode::kRefused);
    EXPECT_EQ((*store)->put_evidence("x").error().code, ErrorCode::kRefused);
    EXPECT_EQ((*store)->put_catalogue({"mbr", "a", "b"}).error().code, ErrorCode::kRefused);
  }
  EXPECT_EQ(read_tree(folder_), before);
}

TEST_F(StoreOnDisk, AStoreThatWasNotClosedIsReadFromACopyAndNotChanged) {
  auto live = test::open_enrolled(folder_, journal_);
  for (int i = 0; i < 4; ++i) {
    commits_.push_back(journal_.next());
    ASSERT_TRUE(live->append(commits_.back()));
  }
  // What a power failure leaves: the files as they are, with a log.
  const std::string left = temporary_ / "left";
  test::copy_tree(folder_, left);
  const auto before = read_tree(left);
  ASSERT_GT(before.at("store.db-wal").size(), 0u);
  {
    auto store = Store::open(left, Mode::kReadClosed);
    ASSERT_TRUE(store) << store.error().message;
    EXPECT_EQ(*(*store)->load_lines(1, kAll), bytes_of(commits_));
  }
  EXPECT_EQ(read_tree(left), before);
}

TEST_F(StoreOnDisk, ACopyWithoutALockFileCanBeRead) {
  fill(2);
  std::filesystem::remove(folder_ + "/lock");
  EXPECT_TRUE(open(Mode::kReadClosed));
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/lock"));
}

TEST_F(StoreOnDisk, AnOlderHeadFileIsBroughtForward) {
  fill(2);
  const std::string older = test::read_file(folder_ + "/head");
  {
    auto store = open();
    ASSERT_TRUE(store);
    ASSERT_TRUE((*store)->append(journal_.next()));
  }
  const std::string newer = test::read_file(folder_ + "/head");
  test::write_file(folder_ + "/head", older);
  ASSERT_TRUE(open()) << "the commit was written, the side file not yet: a crash explains it";
  EXPECT_EQ(test::read_file(folder_ + "/head").substr(0, 90), newer.substr(0, 90));
}

// T8
TEST_F(StoreOnDisk, AJournalThatLostItsEndIsAltered) {
  fill(4);
  {
    auto connection = database();
    ASSERT_TRUE(
        connection.exec("DROP TRIGGER journal_keeps_all; DELETE FROM journal WHERE seq > 9;"
                        "CREATE TRIGGER journal_keeps_all BEFORE DELETE ON journal "
                        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;"));
  }
  expect_altered("line 10");
}

TEST_F(StoreOnDisk, AJournalWithoutALineInTheMiddleIsAltered) {
  fill(4);
  {
    auto connection = database();
    ASSERT_TRUE(
        connection.exec("DROP TRIGGER journal_keeps_all; DELETE FROM journal WHERE seq = 5;"
                        "CREATE TRIGGER journal_keeps_all BEFORE DELETE ON journal "
                        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;"));
  }
  expect_altered("line 5");
}

// One row rewritten with a fitting hash of its own: only the next line's `prev` tells.
TEST_F(StoreOnDisk, ARewrittenLineWithAFittingHashIsFoundByTheLineAfterIt) {
  fill(4);
  std::string line = commits_[1][1].bytes;
  line[line.size() - 4] ^= 1;
  {
    auto connection = database();
    ASSERT_TRUE(connection.exec("DROP TRIGGER journal_keeps_lines"));
    auto update = connection.prepare("UPDATE journal SET line = ?1, hash = ?2 WHERE seq = 5");
    ASSERT_TRUE(update && update->run(sqlite::Blob(line), sqlite::Blob(sha256(line))));
    ASSERT_TRUE(
        connection.exec("CREATE TRIGGER journal_keeps_lines BEFORE UPDATE ON journal "
                        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;"));
  }
  expect_altered("line 6");
}

// Rewriting a line and hashing the rest again gives a good chain; the side file still knows the
// real end.
TEST_F(StoreOnDisk, AJournalFromAnotherDayWithAGoodChainIsAltered) {
  fill(4);
  const std::string head = test::read_file(folder_ + "/head");
  std::filesystem::remove_all(folder_);
  journal_.continue_from({.seq = 0, .hash = journal_.enrolment_hash(), .hlc = {}});
  commits_.clear();
  auto store = test::open_enrolled(folder_, journal_);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(store->append(journal_.next(2, 10)));
  ASSERT_TRUE(store->close());
  test::write_file(folder_ + "/head", head);
  expect_altered("line 12");
}

TEST_F(StoreOnDisk, AMissingOrRuinedSideFileIsAltered) {
  fill(2);
  test::write_file(folder_ + "/head", "rubbish");
  expect_altered(folder_ + "/head");
  std::filesystem::remove(folder_ + "/head");
  expect_altered(folder_ + "/head");
}

TEST_F(StoreOnDisk, AMissingDatabaseIsNotReplacedByAnEmptyOne) {
  fill(2);
  std::filesystem::remove(folder_ + "/store.db");
  EXPECT_EQ(open(Mode::kOpenOrCreate).error().code, ErrorCode::kAltered);
  EXPECT_EQ(open(Mode::kReadClosed).error().code, ErrorCode::kAltered);
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/store.db"));
}

TEST_F(StoreOnDisk, AnEmptiedDatabaseIsAltered) {
  fill(2);
  test::write_file(folder_ + "/store.db", "");
  EXPECT_EQ(open(Mode::kOpenOrCreate).error().code, ErrorCode::kAltered);
}

TEST_F(StoreOnDisk, ADatabaseWithoutItsAppendOnlyProtectionIsAltered) {
  fill(2);
  {
    auto connection = database();
    ASSERT_TRUE(connection.exec("DROP TRIGGER journal_keeps_lines"));
  }
  expect_altered(folder_ + "/store.db");
}

TEST_F(StoreOnDisk, AReplacedEnrolmentIsAltered) {
  fill(2);
  const std::string other = SampleJournal("device-b").enrolment().text;
  {
    auto connection = database();
    auto update = connection.prepare("UPDATE catalogue SET text = ?1 WHERE kind = 'enrolment'");
    ASSERT_TRUE(update && update->run(other));
  }
  EXPECT_EQ(open(Mode::kReadClosed).error().code, ErrorCode::kAltered);
}

TEST_F(StoreOnDisk, ChangedEvidenceIsAlteredAndLostEvidenceIsMissing) {
  fill(1);
  const auto digest = sha256("a picture");
  std::string path;
  for (const auto& [name, bytes] : read_tree(folder_)) {
    if (name.starts_with("evidence/")) path = folder_ + "/" + name;
  }
  test::write_file(path, "a pictura");
  {
    auto store = open();
    ASSERT_TRUE(store) << "damaged evidence does not stop the panel";
    EXPECT_EQ((*store)->load_evidence(digest).error().code, ErrorCode::kAltered);
    std::filesystem::remove(path);
    EXPECT_EQ((*store)->load_evidence(digest).error().code, ErrorCode::kNotFound);
    ASSERT_TRUE((*store)->put_evidence("a picture")) << "the same bytes again repair it";
    EXPECT_EQ(*(*store)->load_evidence(digest), "a picture");
  }
}

TEST_F(StoreOnDisk, ManyWaitingCommitsAreAllKeptWhenTheStoreIsDestroyed) {
  auto store = test::open_enrolled(folder_, journal_);
  std::atomic<int> kept = 0;
  for (int i = 0; i < 600; ++i) {
    store->append_async(journal_.next(),
                        [&](const Result<void>& result) { kept += result ? 1 : 0; });
  }
  store.reset();
  EXPECT_EQ(kept, 600);
  auto again = open();
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)->head()->seq, 1200u);
}

TEST_F(StoreOnDisk, ACallbackMayUseTheStore) {
  auto store = test::open_enrolled(folder_, journal_);
  std::promise<std::uint64_t> seen;
  store->append_async(journal_.next(), [&](const Result<void>& result) {
    EXPECT_TRUE(result);
    seen.set_value(store->head()->seq);
  });
  EXPECT_EQ(seen.get_future().get(), 2u);
}

// T28: whatever thread calls, one thread works.
TEST_F(StoreOnDisk, CallsFromManyThreadsAreServedOneByOne) {
  auto store = test::open_enrolled(folder_, journal_);
  std::vector<std::thread> people;
  std::atomic<int> good = 0;
  for (int i = 0; i < 8; ++i) {
    people.emplace_back([&, i] {
      for (int n = 0; n < 5; ++n) {
        const auto name = std::to_string(i) + "-" + std::to_string(n);
        if (store->put_catalogue({"mbr", name, name}) && *store->catalogue("mbr", name) == name) {
          ++good;
        }
      }
    });
  }
  for (int n = 0; n < 10; ++n) EXPECT_TRUE(store->append(journal_.next()));
  for (auto& person : people) person.join();
  EXPECT_EQ(good, 40);
  EXPECT_EQ(store->head()->seq, 20u);
}

}  // namespace
}  // namespace batchwright::offline_store
