// Bit rot and tampering in the files of a closed store (T7, T8), and cut ends.
#include <gtest/gtest.h>

#include <limits>

#include "tests/offline_store/sample_journal.h"
#include "tests/offline_store/seed.h"
#include "tests/offline_store/temporary_folder.h"

namespace batchwright::offline_store {
namespace {

using test::Commit;
using test::SampleJournal;

// Everything a store can say, to be compared.
struct Content {
  std::vector<std::string> lines, peer_lines, receipts, documents, evidence;
  std::string cursor;
  std::vector<std::string> wedged;

  bool operator==(const Content&) const = default;
};

// The first part that differs; "" when none does.
std::string different_part(const Content& one, const Content& other) {
  if (one.lines != other.lines) return "lines";
  if (one.peer_lines != other.peer_lines) return "peer lines";
  if (one.receipts != other.receipts) return "receipts";
  if (one.documents != other.documents) return "documents";
  if (one.evidence != other.evidence)
    return "evidence " + std::to_string(one.evidence.size()) + " instead of " +
           std::to_string(other.evidence.size());
  if (one.cursor != other.cursor) return "cursor";
  return one.wedged != other.wedged ? "wedged" : "";
}

template <typename T>
bool take(Result<T> from, T& to) {
  if (from) to = std::move(*from);
  return from.has_value();
}

// Nothing when any part answers with an error.
std::optional<Content> content_of(Store& store) {
  Content out;
  std::vector<Wedged> wedged;
  std::vector<CatalogueItem> documents;
  std::vector<Digest> evidence;
  const bool read =
      take(store.load_lines(1, std::numeric_limits<std::uint64_t>::max()), out.lines) &&
      take(store.load_foreign(SampleJournal::kRun), out.peer_lines) &&
      take(store.receipts(), out.receipts) && take(store.cursor(), out.cursor) &&
      take(store.wedged(), wedged) && take(store.catalogue_all("mbr"), documents) &&
      take(store.unsent_evidence(), evidence);
  if (!read) return std::nullopt;
  for (const auto& item : wedged) {
    out.wedged.push_back(std::to_string(item.first) + item.reason + item.detail + item.time);
  }
  for (const auto& item : documents) out.documents.push_back(item.name + item.text);
  for (const auto& digest : evidence) {
    auto bytes = store.load_evidence(digest);
    if (!bytes) return std::nullopt;
    out.evidence.push_back(std::move(*bytes));
  }
  return out;
}

std::optional<Content> content_of_folder(const std::string& folder) {
  auto store = Store::open(folder, Mode::kReadClosed);
  if (!store) return std::nullopt;
  return content_of(**store);
}

class ClosedStore : public ::testing::Test {
 protected:
  void SetUp() override {
    auto store = test::open_enrolled(folder_, journal_);
    SampleJournal peer("device-b");
    for (int i = 0; i < 40; ++i) {
      ASSERT_TRUE(store->append(journal_.next(1 + i % 3, i % 10 == 0 ? 5000 : 0)));
    }
    for (int i = 0; i < 5; ++i) {
      const auto number = std::to_string(i);
      ASSERT_TRUE(store->put_foreign(peer.next()));
      ASSERT_TRUE(store->put_receipt(static_cast<std::uint64_t>(2 + i), "receipt " + number));
      ASSERT_TRUE(store->put_wedged({3, "reason " + number, "detail", "time"}));
      ASSERT_TRUE(store->put_catalogue({"mbr", number, std::string(300, 'd')}));
      ASSERT_TRUE(store->put_evidence(std::string(500, static_cast<char>('a' + i))));
    }
    ASSERT_TRUE(store->put_cursor("cursor"));
    ASSERT_TRUE(store->close());
    files_ = test::read_tree(folder_);
    const auto content = content_of_folder(folder_);
    ASSERT_TRUE(content);
    content_ = *content;
    ASSERT_EQ(content_.evidence.size(), 5u);
  }

  test::TemporaryFolder temporary_;
  std::string folder_ = temporary_ / "store";
  SampleJournal journal_;
  std::map<std::string, std::string> files_;
  Content content_;
};

TEST_F(ClosedStore, EveryFlippedByteIsFoundOrChangesNothingAnybodyReads) {
  RecordProperty("requirement", "T7 T8");
  auto random = test::seeded_random();
  const std::size_t flips = test::long_run() ? 10'000 : 1'000;
  const char* const names[] = {"store.db", "store.db", "store.db", "store.db", "head"};
  std::size_t found = 0;
  for (std::size_t i = 0; i < flips; ++i) {
    const std::string name = names[random() % std::size(names)];
    std::string bytes = files_.at(name);
    const std::size_t at = random() % bytes.size();
    const auto flip = static_cast<char>(1 + random() % 255);
    bytes[at] = static_cast<char>(bytes[at] ^ flip);
    test::write_file(folder_ + "/" + name, bytes);
    const auto content = content_of_folder(folder_);
    if (!content) ++found;
    if (content) {
      ASSERT_EQ(*content, content_) << name << " byte " << at << " xor " << static_cast<int>(flip);
    }
    test::write_file(folder_ + "/" + name, files_.at(name));
  }
  std::printf("%zu flips: %zu found, %zu without effect\n", flips, found, flips - found);
  EXPECT_GT(found, flips / 4) << "most bytes of a store matter";
}

// What no chain covers: rows with a checksum of their own, the columns lines are found by, and the
// indices over them.
TEST_F(ClosedStore, AFlippedByteInAnyRowOrIndexBesideTheJournalIsFound) {
  RecordProperty("requirement", "T7");
  const std::string& whole = files_.at("store.db");
  std::size_t flipped = 0;
  for (const std::string& text :
       {std::string("receipt 3"), std::string("reason 2"), std::string(300, 'd'),
        std::string(SampleJournal::kRun), std::string("device-b")}) {
    for (std::size_t at = whole.find(text); at != std::string::npos;
         at = whole.find(text, at + text.size())) {
      std::string bytes = whole;
      bytes[at + text.size() - 1] = static_cast<char>(bytes[at + text.size() - 1] ^ 1);
      test::write_file(folder_ + "/store.db", bytes);
      EXPECT_FALSE(content_of_folder(folder_)) << text << " at " << at;
      ++flipped;
    }
  }
  EXPECT_GT(flipped, 100u);
}

TEST_F(ClosedStore, EveryFlippedByteOfAnEvidenceFileIsFound) {
  for (const auto& [name, bytes] : files_) {
    if (!name.starts_with("evidence/")) continue;
    for (std::size_t at = 0; at < bytes.size(); at += 97) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      test::write_file(folder_ + "/" + name, changed);
      EXPECT_FALSE(content_of_folder(folder_)) << name << " " << at;
    }
    test::write_file(folder_ + "/" + name, bytes);
  }
}

TEST_F(ClosedStore, ACutTailOfTheDatabaseIsFound) {
  auto random = test::seeded_random();
  const std::string whole = files_.at("store.db");
  std::vector<std::size_t> cuts{0, 1, 100, 4096, whole.size() - 4096, whole.size() - 1};
  for (int i = 0; i < 60; ++i) cuts.push_back(random() % whole.size());
  for (const std::size_t cut : cuts) {
    test::write_file(folder_ + "/store.db", whole.substr(0, cut));
    EXPECT_FALSE(content_of_folder(folder_)) << cut << " of " << whole.size() << " bytes";
  }
}

TEST_F(ClosedStore, SwappedEmptiedAndOldPagesAreFoundOrChangeNothing) {
  RecordProperty("requirement", "T7");
  auto random = test::seeded_random();
  constexpr std::size_t kPage = 4096;
  const std::string whole = files_.at("store.db");
  const std::size_t pages = whole.size() / kPage;
  const int rounds = test::long_run() ? 2'000 : 120;
  for (int i = 0; i < rounds; ++i) {
    std::string bytes = whole;
    const std::size_t a = random() % pages;
    const std::size_t b = random() % pages;
    const bool zero = i % 3 == 0;
    bytes.replace(a * kPage, kPage,
                  zero ? std::string(kPage, '\0') : whole.substr(b * kPage, kPage));
    if (i % 3 == 1) bytes.replace(b * kPage, kPage, whole.substr(a * kPage, kPage));
    test::write_file(folder_ + "/store.db", bytes);
    const auto content = content_of_folder(folder_);
    if (content) {
      ASSERT_EQ(different_part(*content, content_), "")
          << "page " << b << " over " << a << ", round " << i;
    }
  }
}

// A panel that lost power: the log is still there, and something happened to it.
class UnclosedStore : public ::testing::Test {
 protected:
  void SetUp() override {
    live_ = test::open_enrolled(temporary_ / "live", journal_);
    for (int i = 0; i < 25; ++i) {
      commits_.push_back(journal_.next());
      ASSERT_TRUE(live_->append(commits_.back()));
    }
    test::copy_tree(temporary_ / "live", left_);
    log_ = test::read_file(left_ + "/store.db-wal");
    ASSERT_GT(log_.size(), 0u);
    all_ = test::bytes_of(commits_);
  }

  // With `log` in place of the real one: found, or every line there. True when found.
  bool found_or_whole(const std::string& log, Mode mode) {
    test::write_file(left_ + "/store.db-wal", log);
    bool found = false;
    {
      auto store = Store::open(left_, mode);
      found = !store.has_value();
      if (found) {
        EXPECT_EQ(store.error().code, ErrorCode::kAltered) << store.error().message;
        EXPECT_TRUE(test::read_file(left_ + "/store.db-wal") == log) << "the evidence must stay";
      } else {
        EXPECT_EQ(*(*store)->load_lines(1, std::numeric_limits<std::uint64_t>::max()), all_);
      }
    }
    if (mode != Mode::kReadClosed) restore();
    return found;
  }

  void restore() {
    std::filesystem::remove_all(left_);
    test::copy_tree(temporary_ / "live", left_);
  }

  test::TemporaryFolder temporary_;
  SampleJournal journal_;
  std::unique_ptr<Store> live_;
  std::string left_ = temporary_ / "left";
  std::vector<Commit> commits_;
  std::vector<std::string> all_;
  std::string log_;
};

TEST_F(UnclosedStore, AnUntouchedLogGivesEveryLine) {
  EXPECT_FALSE(found_or_whole(log_, Mode::kReadClosed));
  EXPECT_FALSE(found_or_whole(log_, Mode::kOpenExisting));
}

TEST_F(UnclosedStore, ACutLogIsFound) {
  RecordProperty("requirement", "T8");
  auto random = test::seeded_random();
  const int cuts = test::long_run() ? 2'000 : 100;
  for (int i = 0; i < cuts; ++i) {
    const std::size_t cut = random() % log_.size();
    EXPECT_TRUE(found_or_whole(log_.substr(0, cut), Mode::kReadClosed)) << cut;
  }
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(found_or_whole(log_.substr(0, random() % log_.size()), Mode::kOpenExisting));
  }
}

TEST_F(UnclosedStore, AFlippedByteInTheLogIsFoundOrChangesNothing) {
  RecordProperty("requirement", "T7 T8");
  auto random = test::seeded_random();
  const int flips = test::long_run() ? 5'000 : 200;
  int found = 0;
  for (int i = 0; i < flips; ++i) {
    std::string log = log_;
    const std::size_t at = random() % log.size();
    log[at] = static_cast<char>(log[at] ^ static_cast<char>(1 + random() % 255));
    found += found_or_whole(log, Mode::kReadClosed) ? 1 : 0;
  }
  EXPECT_GT(found, flips / 2);
}

TEST_F(UnclosedStore, ARemovedLogIsFound) {
  std::filesystem::remove(left_ + "/store.db-wal");
  for (const Mode mode : {Mode::kReadClosed, Mode::kOpenExisting}) {
    const auto store = Store::open(left_, mode);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, ErrorCode::kAltered);
  }
}

}  // namespace
}  // namespace batchwright::offline_store
