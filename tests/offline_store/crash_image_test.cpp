// Power loss at every write (T1), and again while the store recovers from it (T2).
#include <gtest/gtest.h>

#include <random>

#include "offline_store/internal/sqlite_store.h"
#include "offline_store/sqlite/connection.h"
#include "tests/offline_store/crash_images.h"
#include "tests/offline_store/memory_disk.h"
#include "tests/offline_store/sample_journal.h"
#include "tests/offline_store/seed.h"

namespace batchwright::offline_store {
namespace {

using test::Commit;
using test::CrashImages;
using test::DiskImage;
using test::MemoryDisk;
using test::SampleJournal;

constexpr const char* kFolder = "/disk/store";

DiskImage empty_disk() {
  return {.files = {}, .folders = {"", "/disk"}};
}

// What the store had promised at a moment.
struct Promise {
  std::size_t operations = 0;  // how many had happened when the store answered
  std::size_t lines = 0;
  std::size_t evidence = 0;
  std::string cursor;
  std::uint64_t confirmed = 0;
};

// A day of a panel on a disk that keeps a list: commits of several sizes, evidence, documents,
// receipts, checkpoints.
class Day {
 public:
  void live(MemoryDisk& disk) {
    auto store = internal::SqliteStore::open(kFolder, Mode::kOpenOrCreate, disk.environment());
    ASSERT_TRUE(store) << store.error().message;
    ASSERT_TRUE((*store)->put_catalogue(journal_.enrolment()));
    Promise now;
    for (int hour = 0; hour < 24; ++hour) {
      const Commit commit = journal_.next(1 + hour % 3, hour % 5 == 0 ? 6000 : 200);
      ends_.push_back(lines_.size());
      for (const auto& line : commit) lines_.push_back(line.bytes);
      ASSERT_TRUE((*store)->append(commit));
      now.lines = lines_.size();
      keep(now, disk);
      if (hour % 4 == 1) {
        evidence_.push_back("picture " + std::to_string(hour) + std::string(3000, 'p'));
        ASSERT_TRUE((*store)->put_evidence(evidence_.back()));
        now.evidence = evidence_.size();
        keep(now, disk);
      }
      if (hour % 6 == 5) {
        ASSERT_TRUE((*store)->put_receipt(lines_.size(), "receipt"));
        ASSERT_TRUE((*store)->put_cursor(std::to_string(hour)));
        now.confirmed = lines_.size();
        now.cursor = std::to_string(hour);
        keep(now, disk);
      }
      (*store)->tidy();
    }
    ASSERT_TRUE((*store)->close());
    ends_.push_back(lines_.size());
    keep(now, disk);
  }

  [[nodiscard]] const Promise& promised(std::size_t operations) const {
    const Promise* last = &promises_.front();
    for (const Promise& promise : promises_) {
      if (promise.operations <= operations) last = &promise;
    }
    return *last;
  }

  // Empty when an image keeps every promise, else what was broken.
  [[nodiscard]] std::string judge(MemoryDisk& disk, const Promise& promise) const {
    auto store = internal::SqliteStore::open(kFolder, Mode::kOpenOrCreate, disk.environment());
    if (!store) return "refused: " + store.error().message + " " + store.error().place;
    const auto lines = (*store)->load_lines(1, 1'000'000);
    if (!lines) return "unreadable: " + lines.error().message;
    if (lines->size() < promise.lines) return "lost accepted lines";
    if (!std::ranges::binary_search(ends_, lines->size())) return "half a commit";
    if (!std::equal(lines->begin(), lines->end(), lines_.begin())) return "other lines";
    for (std::size_t i = 0; i < promise.evidence; ++i) {
      if ((*store)->load_evidence(sha256(evidence_[i])) != evidence_[i]) return "lost evidence";
    }
    const auto confirmed = (*store)->confirmed_through();
    if (!confirmed || *confirmed < promise.confirmed) return "lost a receipt";
    return check_goes_on(**store, promise);
  }

 private:
  void keep(Promise& now, const MemoryDisk& disk) {
    now.operations = disk.operations().size();
    promises_.push_back(now);
  }

  // The recovered store takes the next commit.
  [[nodiscard]] std::string check_goes_on(Store& store, const Promise& promise) const {
    SampleJournal next = journal_;
    const auto head = store.head();
    if (!head) return "no head";
    const bool enrolled = promise.lines > 0 || store.catalogue("enrolment", "self").value();
    if (!enrolled) return {};
    next.continue_from(*head);
    const auto appended = store.append(next.next());
    return appended ? std::string() : "refuses to go on: " + appended.error().message;
  }

  SampleJournal journal_;
  std::vector<std::string> lines_;
  std::vector<std::size_t> ends_;  // journal lengths at commit boundaries
  std::vector<std::string> evidence_;
  std::vector<Promise> promises_ = {Promise{}};
};

TEST(CrashImages, NoAcceptedLineIsLostWhereverThePowerFails) {
  RecordProperty("requirement", "T1");
  auto random = test::seeded_random();
  MemoryDisk disk(empty_disk());
  Day day;
  day.live(disk);
  ASSERT_FALSE(HasFatalFailure());

  const DiskImage start = empty_disk();
  CrashImages images(start, disk.operations());
  const std::size_t per_point = test::long_run() ? 400 : 9;
  std::size_t tried = 0;
  for (std::size_t done = 0; done <= disk.operations().size(); ++done) {
    images.advance_to(done);
    for (std::size_t i = 0; i < per_point; ++i, ++tried) {
      MemoryDisk after(i == 0   ? images.only_synced()
                       : i == 1 ? images.everything()
                                : images.random(random));
      ASSERT_EQ(day.judge(after, day.promised(done)), "") << "after operation " << done;
    }
  }
  RecordProperty("images", static_cast<int>(tried));
  std::printf("%zu crash images of %zu operations, none lost a line\n", tried,
              disk.operations().size());
  EXPECT_GE(tried, 4000u);
}

TEST(CrashImages, ASecondPowerFailureDuringRecoveryLosesNothingEither) {
  RecordProperty("requirement", "T2");
  auto random = test::seeded_random();
  MemoryDisk disk(empty_disk());
  Day day;
  day.live(disk);
  ASSERT_FALSE(HasFatalFailure());

  const DiskImage start = empty_disk();
  CrashImages first(start, disk.operations());
  const std::size_t stride = test::long_run() ? 1 : 4;
  std::size_t tried = 0;
  for (std::size_t done = 0; done <= disk.operations().size(); done += stride) {
    first.advance_to(done);
    const DiskImage once = first.random(random);
    MemoryDisk recovering(once);
    ASSERT_EQ(day.judge(recovering, day.promised(done)), "");
    CrashImages second(once, recovering.operations());
    for (std::size_t step = 0; step <= recovering.operations().size(); ++step, ++tried) {
      second.advance_to(step);
      // The judge itself appended a commit that this day does not know; look only at the steps
      // before it.
      if (recovering.operations()[std::min(step, recovering.operations().size() - 1)].path ==
          std::string(kFolder) + "/store.db-wal") {
        break;
      }
      MemoryDisk again(second.random(random));
      ASSERT_EQ(day.judge(again, day.promised(done)), "")
          << "after operation " << done << ", then " << step;
    }
  }
  std::printf("%zu images of recoveries that failed again\n", tried);
  EXPECT_GT(tried, 100u);
}

// The harness must see a loss when there is one: without the sync of the log, which is what
// synchronous=NORMAL leaves out, accepted lines are lost, and the side file says so at the next
// start.
TEST(CrashImages, ADiskThatDoesNotSyncTheLogIsCaughtLosingLines) {
  MemoryDisk disk(empty_disk());
  disk.ignore_syncs_of("-wal");
  Day day;
  day.live(disk);
  ASSERT_FALSE(HasFatalFailure());

  const DiskImage start = empty_disk();
  CrashImages images(start, disk.operations());
  std::size_t refused = 0;
  std::size_t silent = 0;
  for (std::size_t done = 0; done <= disk.operations().size(); ++done) {
    images.advance_to(done);
    MemoryDisk after(images.only_synced());
    const std::string verdict = day.judge(after, day.promised(done));
    if (verdict.starts_with("refused")) ++refused;
    if (verdict == "lost accepted lines") ++silent;
  }
  std::printf("%zu images found and refused, %zu lost without a word\n", refused, silent);
  EXPECT_GT(refused, 50u) << "a harness that never sees a loss proves nothing";
  EXPECT_EQ(silent, 0u) << "the side file must notice that the end is missing";
}

// The same on SQLite alone: FULL loses nothing, NORMAL does. This is why the store reads its
// settings back.
int rows_lost(sqlite::Sql settings, std::mt19937_64& random) {
  MemoryDisk disk({.files = {}, .folders = {""}});
  std::vector<std::size_t> answered;  // operations done when row i was accepted
  {
    auto database = sqlite::Connection::open(
        "/rows.db", {.access = sqlite::Access::kReadWriteCreate, .vfs = disk.vfs()});
    EXPECT_TRUE(database);
    EXPECT_TRUE(database->exec(settings));
    EXPECT_TRUE(database->exec("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)"));
    for (int i = 0; i < 60; ++i) {
      EXPECT_TRUE(database->exec("INSERT INTO row (text) VALUES (hex(randomblob(100)))"));
      answered.push_back(disk.operations().size());
    }
  }
  const DiskImage start{.files = {}, .folders = {""}};
  CrashImages images(start, disk.operations());
  int lost = 0;
  for (std::size_t done = answered.front(); done <= disk.operations().size(); ++done) {
    images.advance_to(done);
    MemoryDisk after(done % 2 == 0 ? images.only_synced() : images.random(random));
    auto database = sqlite::Connection::open(
        "/rows.db", {.access = sqlite::Access::kReadWrite, .vfs = after.vfs()});
    EXPECT_TRUE(database);
    EXPECT_TRUE(database->exec("PRAGMA locking_mode=EXCLUSIVE"));
    const auto rows = database->query_integer("SELECT count(*) FROM row");
    const auto accepted = std::ranges::count_if(answered, [&](auto at) { return at <= done; });
    if (!rows || *rows < accepted) ++lost;
  }
  return lost;
}

TEST(CrashImages, FullLosesNothingAndNormalDoes) {
  auto random = test::seeded_random();
  EXPECT_EQ(rows_lost("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; "
                      "PRAGMA synchronous=FULL;",
                      random),
            0);
  EXPECT_GT(rows_lost("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; "
                      "PRAGMA synchronous=NORMAL;",
                      random),
            20);
}

}  // namespace
}  // namespace batchwright::offline_store
