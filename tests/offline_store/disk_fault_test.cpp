// A disk that fails or fills up while the store works (T4, T5).
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <limits>

#include "offline_store/internal/sqlite_store.h"
#include "tests/offline_store/memory_disk.h"
#include "tests/offline_store/sample_journal.h"
#include "tests/offline_store/seed.h"
#include "tests/offline_store/temporary_folder.h"

namespace batchwright::offline_store {
namespace {

using test::Commit;
using test::MemoryDisk;
using test::SampleJournal;

constexpr const char* kFolder = "/disk/store";
constexpr auto kAll = std::numeric_limits<std::uint64_t>::max();

class FailingDisk : public ::testing::Test {
 protected:
  [[nodiscard]] Result<std::unique_ptr<internal::SqliteStore>> open(MemoryDisk& disk) const {
    return internal::SqliteStore::open(kFolder, Mode::kOpenOrCreate, disk.environment());
  }

  // An enrolled store on a new disk, with three commits in it.
  std::unique_ptr<internal::SqliteStore> begin(MemoryDisk& disk) {
    journal_ = SampleJournal();
    accepted_.clear();
    auto store = open(disk);
    EXPECT_TRUE(store && (*store)->put_catalogue(journal_.enrolment()));
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(append(**store));
    return std::move(*store);
  }

  Result<void> append(Store& store) {
    const Commit commit = journal_.peek(2);
    auto appended = store.append(commit);
    if (!appended) return appended;
    journal_.next(2);
    for (const auto& line : commit) accepted_.push_back(line.bytes);
    return appended;
  }

  // After a restart every accepted line is there; what follows is at most the one commit that was
  // in flight.
  void expect_nothing_lost(MemoryDisk& disk, const std::string& when) {
    disk.heal();
    MemoryDisk restarted(disk.image());
    auto store = open(restarted);
    ASSERT_TRUE(store) << store.error().message << when;
    const auto lines = (*store)->load_lines(1, kAll);
    ASSERT_TRUE(lines);
    ASSERT_GE(lines->size(), accepted_.size()) << when;
    EXPECT_TRUE(lines->size() == accepted_.size() || lines->size() == accepted_.size() + 3) << when;
    EXPECT_TRUE(std::equal(accepted_.begin(), accepted_.end(), lines->begin())) << when;
    journal_.continue_from(*(*store)->head());
    EXPECT_TRUE((*store)->append(journal_.next())) << when;
  }

  SampleJournal journal_;
  std::vector<std::string> accepted_;
};

// Every write, sync, truncation and rename of a working day fails once, in turn.
TEST_F(FailingDisk, AfterOneFailedOperationNothingMoreIsAcceptedAndNothingIsLost) {
  RecordProperty("requirement", "T4");
  std::size_t reached = 0;
  for (std::size_t fault = 1;; ++fault) {
    MemoryDisk disk({.files = {}, .folders = {"", "/disk"}});
    auto store = begin(disk);
    const std::size_t before = disk.count();
    disk.plan({.at_operation = before + fault, .code = ErrorCode::kIo, .for_good = false});
    bool failed = false;
    for (int i = 0; i < 30; ++i) {
      const auto appended = append(*store);
      store->tidy();
      if (failed) {
        ASSERT_FALSE(appended) << "accepted again after operation " << fault << " failed";
      }
      if (!appended) {
        ASSERT_EQ(appended.error().code, ErrorCode::kIo) << appended.error().message;
        failed = true;
      }
    }
    if (failed) {
      EXPECT_EQ(store->head().error().code, ErrorCode::kIo) << "every later call says so too";
    }
    store.reset();
    const bool past_the_end = disk.count() < before + fault;
    if (past_the_end) break;
    reached = fault;
    expect_nothing_lost(disk, " (operation " + std::to_string(fault) + " failed)");
  }
  std::printf("%zu operations failed in turn\n", reached);
  EXPECT_GT(reached, 200u);
}

// The commit may be whole on the disk although it was not accepted: nobody may be told otherwise.
TEST_F(FailingDisk, AFailedWriteIsCalledUncertainAndWhatFollowsIsCalledNotSaved) {
  RecordProperty("requirement", "T4");
  bool kept_after_all = false;
  for (std::size_t fault = 1; fault <= 6; ++fault) {
    MemoryDisk disk({.files = {}, .folders = {"", "/disk"}});
    auto store = begin(disk);
    disk.plan({.at_operation = disk.count() + fault, .code = ErrorCode::kIo, .for_good = false});
    const auto failed = append(*store);
    if (failed) continue;
    EXPECT_NE(failed.error().message.find("Nobody knows yet"), std::string::npos);
    EXPECT_EQ(failed.error().message.find("not saved"), std::string::npos);
    const auto later = append(*store);
    ASSERT_FALSE(later);
    EXPECT_NE(later.error().message.find("This was not saved"), std::string::npos);
    store.reset();
    disk.heal();
    MemoryDisk restarted(disk.image());
    auto again = open(restarted);
    ASSERT_TRUE(again);
    kept_after_all = kept_after_all || (*again)->load_lines(1, kAll)->size() > accepted_.size();
  }
  EXPECT_TRUE(kept_after_all) << "the case this is about";
}

TEST_F(FailingDisk, ADiskThatFailsForGoodLosesNothingThatWasAccepted) {
  RecordProperty("requirement", "T4");
  for (std::size_t fault = 1; fault < 120; fault += 3) {
    MemoryDisk disk({.files = {}, .folders = {"", "/disk"}});
    auto store = begin(disk);
    disk.plan({.at_operation = disk.count() + fault, .code = ErrorCode::kIo, .for_good = true});
    for (int i = 0; i < 30; ++i) {
      (void)append(*store);
      store->tidy();
    }
    EXPECT_FALSE(append(*store));
    store.reset();
    expect_nothing_lost(disk, " (from operation " + std::to_string(fault) + ")");
  }
}

// The disk fills up at every possible byte count, page by page and in between.
TEST_F(FailingDisk, AFullDiskRefusesWholeCommitsAndGoesOnWhenThereIsSpaceAgain) {
  RecordProperty("requirement", "T5");
  int cases = 0;
  for (std::uint64_t spare = 0; spare < 150'000; spare += test::long_run() ? 97 : 1'999, ++cases) {
    MemoryDisk disk({.files = {}, .folders = {"", "/disk"}});
    auto store = begin(disk);
    disk.set_capacity_bytes(disk.used_bytes() + spare);
    bool was_full = false;
    for (int i = 0; i < 40; ++i) {
      const auto appended = append(*store);
      if (appended) continue;
      ASSERT_EQ(appended.error().code, ErrorCode::kFull) << appended.error().message;
      was_full = true;
      const auto lines = store->load_lines(1, kAll);
      ASSERT_TRUE(lines) << "what is there can still be read";
      ASSERT_EQ(*lines, accepted_) << "nothing half is left";
      break;
    }
    ASSERT_TRUE(was_full) << spare;
    disk.set_capacity_bytes(1u << 30);
    ASSERT_TRUE(append(*store)) << "with space again the same store goes on, spare " << spare;
    store.reset();
    expect_nothing_lost(disk, " (full after " + std::to_string(spare) + " bytes)");
  }
  std::printf("%d full disks\n", cases);
}

TEST_F(FailingDisk, TheReserveStopsOtherDataFirstAndTheJournalLater) {
  RecordProperty("requirement", "T5");
  MemoryDisk disk({.files = {}, .folders = {"", "/disk"}});
  auto environment = disk.environment();
  environment.reserve_bytes = 1'000'000;
  environment.journal_reserve_bytes = 200'000;
  auto store = internal::SqliteStore::open(kFolder, Mode::kOpenOrCreate, environment);
  ASSERT_TRUE(store && (*store)->put_catalogue(journal_.enrolment()));

  disk.set_capacity_bytes(disk.used_bytes() + 900'000);
  EXPECT_EQ((*store)->put_evidence("picture").error().code, ErrorCode::kFull);
  EXPECT_EQ((*store)->put_catalogue({"mbr", "a", "b"}).error().code, ErrorCode::kFull);
  EXPECT_TRUE(append(**store)) << "a run can still be brought to a signed end";

  disk.set_capacity_bytes(disk.used_bytes() + 100'000);
  const auto full = append(**store);
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, ErrorCode::kFull);
  EXPECT_EQ((*store)->head()->seq, 3u);
}

TEST_F(FailingDisk, EvidenceThatCouldNotBeWrittenIsNotThere) {
  RecordProperty("requirement", "T4");
  for (std::size_t fault = 1; fault <= 12; ++fault) {
    MemoryDisk disk({.files = {}, .folders = {"", "/disk"}});
    auto store = begin(disk);
    disk.plan({.at_operation = disk.count() + fault, .code = ErrorCode::kIo, .for_good = false});
    const auto put = store->put_evidence("picture");
    store.reset();
    disk.heal();
    MemoryDisk restarted(disk.image());
    auto again = open(restarted);
    ASSERT_TRUE(again);
    const auto loaded = (*again)->load_evidence(sha256("picture"));
    if (put) {
      EXPECT_EQ(*loaded, "picture");
    } else {
      EXPECT_TRUE(!loaded || *loaded == "picture");
      EXPECT_TRUE((*again)->put_evidence("picture")) << "and it can be put again";
    }
  }
}

// A real file system of one megabyte, where the user may mount one.
class SmallFileSystem {
 public:
  SmallFileSystem() { mounted_ = ::mount("tmpfs", path(), "tmpfs", 0, "size=1m") == 0; }
  SmallFileSystem(const SmallFileSystem&) = delete;
  SmallFileSystem& operator=(const SmallFileSystem&) = delete;
  ~SmallFileSystem() {
    if (mounted_) ::umount(path());
  }
  [[nodiscard]] bool mounted() const { return mounted_; }
  [[nodiscard]] bool make_read_only() const {
    return ::mount("tmpfs", path(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) == 0;
  }
  [[nodiscard]] std::string operator/(const char* name) const { return folder_ / name; }

 private:
  [[nodiscard]] const char* path() const { return folder_.path().c_str(); }

  test::TemporaryFolder folder_;
  bool mounted_ = false;
};

TEST(FullDisk, ASmallFileSystemFillsUpWithoutLoss) {
  RecordProperty("requirement", "T5");
  const SmallFileSystem temporary;
  if (!temporary.mounted()) GTEST_SKIP() << "only root may mount a small file system";
  {
    SampleJournal journal;
    std::vector<Commit> accepted;
    internal::Environment environment;
    environment.reserve_bytes = environment.journal_reserve_bytes = 0;
    const std::string folder = temporary / "store";
    auto store = internal::open_store(folder, Mode::kOpenOrCreate, environment);
    EXPECT_TRUE(store && (*store)->put_catalogue(journal.enrolment()));
    Result<void> appended;
    for (int i = 0; store && appended && i < 3000; ++i) {
      const Commit commit = journal.peek(2);
      appended = (*store)->append(commit);
      if (appended) accepted.push_back(journal.next(2));
    }
    EXPECT_FALSE(appended) << "one megabyte cannot hold them all";
    if (!appended) {
      EXPECT_EQ(appended.error().code, ErrorCode::kFull);
    }
    EXPECT_GT(accepted.size(), 50u);
    EXPECT_EQ(*(*store)->load_lines(1, kAll), test::bytes_of(accepted));
    store->reset();
    auto closed = Store::open(folder, Mode::kReadClosed);
    EXPECT_TRUE(closed) << closed.error().message;
    if (closed) {
      EXPECT_EQ((*closed)->head()->seq, accepted.size() * 3);
    }
  }
}

TEST(ReadOnlyMedia, CanBeReadButNotWorkedOn) {
  RecordProperty("requirement", "T5");
  const SmallFileSystem disk;
  if (!disk.mounted()) GTEST_SKIP() << "only root may mount a small file system";
  SampleJournal journal;
  internal::Environment environment;
  environment.reserve_bytes = environment.journal_reserve_bytes = 0;
  const std::string folder = disk / "store";
  {
    auto store = internal::open_store(folder, Mode::kOpenOrCreate, environment);
    ASSERT_TRUE(store && (*store)->put_catalogue(journal.enrolment()));
    ASSERT_TRUE((*store)->append(journal.next()));
  }
  ASSERT_TRUE(disk.make_read_only());
  {
    const auto closed = Store::open(folder, Mode::kReadClosed);
    ASSERT_TRUE(closed) << closed.error().message;
    EXPECT_EQ((*closed)->head()->seq, 2u);
  }
  const auto working = Store::open(folder, Mode::kOpenExisting);
  ASSERT_FALSE(working);
  EXPECT_EQ(working.error().code, ErrorCode::kUnreadable);
}

}  // namespace
}  // namespace batchwright::offline_store
