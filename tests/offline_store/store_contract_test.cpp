// What every store promises, whatever it is made of: the one on disk and the one in memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <limits>

#include "tests/offline_store/sample_journal.h"
#include "tests/offline_store/temporary_folder.h"

namespace batchwright::offline_store {
namespace {

using test::bytes_of;
using test::Commit;
using test::SampleJournal;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

enum class Kind { kDisk, kMemory };

void PrintTo(Kind kind, std::ostream* out) {
  *out << (kind == Kind::kDisk ? "on disk" : "in memory");
}

class StoreContract : public ::testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (GetParam() == Kind::kDisk) {
      store_ = test::open_enrolled(folder_ / "store", journal_);
    } else {
      store_ = make_memory_store(journal_.enrolment_hash());
      ASSERT_TRUE(store_->put_catalogue(journal_.enrolment()));
    }
    ASSERT_NE(store_, nullptr);
  }

  [[nodiscard]] std::vector<std::string> all_lines() {
    auto lines = store_->load_lines(1, std::numeric_limits<std::uint64_t>::max());
    EXPECT_TRUE(lines);
    return lines.value_or(std::vector<std::string>());
  }

  test::TemporaryFolder folder_;
  SampleJournal journal_;
  std::unique_ptr<Store> store_;
};

std::string name_of(const ::testing::TestParamInfo<Kind>& info) {
  return info.param == Kind::kDisk ? "OnDisk" : "InMemory";
}
INSTANTIATE_TEST_SUITE_P(Every, StoreContract, ::testing::Values(Kind::kDisk, Kind::kMemory),
                         name_of);

TEST_P(StoreContract, AnEmptyJournalEndsAtTheEnrolment) {
  const auto head = store_->head();
  ASSERT_TRUE(head);
  EXPECT_EQ(head->seq, 0u);
  EXPECT_EQ(head->hash, journal_.enrolment_hash());
  EXPECT_THAT(all_lines(), IsEmpty());
}

TEST_P(StoreContract, AppendedCommitsAreReadBackByteForByte) {
  const std::vector<Commit> commits{journal_.next(), journal_.next(3), journal_.next(2, 5000)};
  for (const Commit& commit : commits) ASSERT_TRUE(store_->append(commit));

  EXPECT_EQ(all_lines(), bytes_of(commits));
  const auto head = store_->head();
  ASSERT_TRUE(head);
  EXPECT_EQ(head->seq, 9u);
  EXPECT_EQ(head->hash, commits.back().back().hash);
  EXPECT_EQ(head->hlc, commits.back().back().line.hlc);
}

TEST_P(StoreContract, AnyRangeOfLinesCanBeRead) {
  const std::vector<Commit> commits{journal_.next(3), journal_.next(1)};
  for (const Commit& commit : commits) ASSERT_TRUE(store_->append(commit));
  const auto all = bytes_of(commits);

  EXPECT_THAT(*store_->load_lines(2, 2), ElementsAre(all[1], all[2]));
  EXPECT_THAT(*store_->load_lines(6, 100), ElementsAre(all[5]));
  EXPECT_THAT(*store_->load_lines(0, 1), ElementsAre(all[0]));
  EXPECT_THAT(*store_->load_lines(7, 1), IsEmpty());
  EXPECT_THAT(*store_->load_lines(1, 0), IsEmpty());
  constexpr auto kMax = std::numeric_limits<std::uint64_t>::max();
  EXPECT_THAT(*store_->load_lines(kMax, kMax), IsEmpty());
}

TEST_P(StoreContract, ACommitThatDoesNotContinueTheJournalIsAConflictAndChangesNothing) {
  const Commit first = journal_.next();
  ASSERT_TRUE(store_->append(first));
  const Commit second = journal_.next();

  const auto again = store_->append(first);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::kConflict);
  const auto gap = store_->append(journal_.next());
  ASSERT_FALSE(gap);
  EXPECT_EQ(gap.error().code, ErrorCode::kConflict);
  EXPECT_THAT(all_lines(), ElementsAre(first[0].bytes, first[1].bytes));
  EXPECT_TRUE(store_->append(second));
}

TEST_P(StoreContract, ACommitOfAnotherEnrolmentIsAConflict) {
  SampleJournal other;
  const auto appended = store_->append(other.next());
  ASSERT_FALSE(appended);
  EXPECT_EQ(appended.error().code, ErrorCode::kConflict);
}

TEST_P(StoreContract, ACommitWithAWrongHashInsideIsRefusedWhole) {
  Commit commit = journal_.peek(3);
  commit[1].bytes[commit[1].bytes.size() - 3] ^= 1;
  const auto appended = store_->append(commit);
  ASSERT_FALSE(appended);
  EXPECT_EQ(appended.error().code, ErrorCode::kAltered);
  EXPECT_THAT(all_lines(), IsEmpty());
  EXPECT_TRUE(store_->append(journal_.next(3)));
}

TEST_P(StoreContract, ACommitWithoutItsCommitLineIsRefused) {
  Commit commit = journal_.peek(2);
  commit.pop_back();
  EXPECT_EQ(store_->append(commit).error().code, ErrorCode::kRefused);
  EXPECT_EQ(store_->append({}).error().code, ErrorCode::kRefused);
}

TEST_P(StoreContract, AsynchronousAppendsAreKeptInOrderAndReported) {
  constexpr int kCommits = 20;
  std::vector<Commit> commits;
  std::vector<std::promise<bool>> results(kCommits);
  for (int i = 0; i < kCommits; ++i) {
    commits.push_back(journal_.next());
    store_->append_async(commits.back(), [&results, i](const Result<void>& result) {
      results[static_cast<std::size_t>(i)].set_value(result.has_value());
    });
  }
  for (auto& result : results) EXPECT_TRUE(result.get_future().get());
  EXPECT_EQ(all_lines(), bytes_of(commits));
}

TEST_P(StoreContract, CommitsOfOtherPanelsAreFoundByRunWithTheirCommitLines) {
  SampleJournal peer("device-b");
  const Commit here = peer.next(2);
  const Commit elsewhere = peer.next(1, 0, "01930000-0000-7000-8000-000000000002");
  ASSERT_TRUE(store_->put_foreign(here));
  ASSERT_TRUE(store_->put_foreign(elsewhere));
  ASSERT_TRUE(store_->put_foreign(here)) << "the same lines again change nothing";

  EXPECT_EQ(*store_->load_foreign(SampleJournal::kRun), bytes_of({here}));
  EXPECT_THAT(*store_->load_foreign("no-such-run"), IsEmpty());
  EXPECT_THAT(all_lines(), IsEmpty()) << "lines of others never enter the own journal";
}

TEST_P(StoreContract, TwoDifferentLinesInOnePlaceOfAnotherPanelAreAFork) {
  SampleJournal peer("device-b");
  const Commit commit = peer.peek(1);
  ASSERT_TRUE(store_->put_foreign(commit));
  const auto forked = store_->put_foreign(peer.peek(2));
  ASSERT_FALSE(forked);
  EXPECT_EQ(forked.error().code, ErrorCode::kConflict);
  EXPECT_EQ(*store_->load_foreign(SampleJournal::kRun), bytes_of({commit}));
}

TEST_P(StoreContract, HalfACommitOfAnotherPanelIsRefused) {
  SampleJournal peer("device-b");
  Commit commit = peer.next(2);
  commit.pop_back();
  EXPECT_EQ(store_->put_foreign(commit).error().code, ErrorCode::kRefused);
  EXPECT_THAT(*store_->load_foreign(SampleJournal::kRun), IsEmpty());
}

TEST_P(StoreContract, TheNewestReceiptSaysHowFarTheTwinHasTheJournal) {
  ASSERT_TRUE(store_->append(journal_.next(3)));
  EXPECT_EQ(*store_->confirmed_through(), 0u);
  ASSERT_TRUE(store_->put_receipt(2, "receipt two"));
  ASSERT_TRUE(store_->put_receipt(4, "receipt four"));
  ASSERT_TRUE(store_->put_receipt(4, "receipt four, signed again"));
  EXPECT_EQ(*store_->confirmed_through(), 4u);
  EXPECT_THAT(*store_->receipts(), ElementsAre("receipt two", "receipt four"));
}

TEST_P(StoreContract, AReceiptForLinesThatAreNotHereIsNotKept) {
  ASSERT_TRUE(store_->append(journal_.next()));
  EXPECT_EQ(store_->put_receipt(3, "lying").error().code, ErrorCode::kConflict);
  EXPECT_EQ(store_->put_receipt(0, "lying").error().code, ErrorCode::kConflict);
  EXPECT_EQ(*store_->confirmed_through(), 0u);
}

TEST_P(StoreContract, WhatTheTwinRefusedIsKeptOncePerReasonAndWords) {
  Wedged fork{.first = 7, .reason = "fork", .detail = "two lines 7", .time = "t1"};
  const Wedged large{.first = 7, .reason = "too_large", .detail = "413", .time = "t2"};
  ASSERT_TRUE(store_->put_wedged(fork));
  ASSERT_TRUE(store_->put_wedged(large));
  fork.time = "t3";
  ASSERT_TRUE(store_->put_wedged(fork));
  const auto wedged = store_->wedged();
  ASSERT_TRUE(wedged);
  ASSERT_EQ(wedged->size(), 2u);
  EXPECT_EQ((*wedged)[0].detail, "two lines 7");
  EXPECT_EQ((*wedged)[0].time, "t1");
  EXPECT_EQ((*wedged)[1].reason, "too_large");
}

// I7: refused pictures have no line number, only their words tell one from another.
TEST_P(StoreContract, EveryRefusedPictureIsKept) {
  const auto refused = [](const char* picture) {
    return Wedged{.first = 0, .reason = "rejected", .detail = picture, .time = "t"};
  };
  for (const char* picture : {"evidence 1", "evidence 2", "evidence 3", "evidence 2"})
    ASSERT_TRUE(store_->put_wedged(refused(picture)));
  const auto wedged = store_->wedged();
  ASSERT_TRUE(wedged);
  ASSERT_EQ(wedged->size(), 3u);
  EXPECT_EQ((*wedged)[1].detail, "evidence 2");
  EXPECT_EQ((*wedged)[2].detail, "evidence 3");
}

TEST_P(StoreContract, TheCursorIsEmptyUntilSetAndThenTheLastOne) {
  EXPECT_EQ(*store_->cursor(), "");
  ASSERT_TRUE(store_->put_cursor("17"));
  ASSERT_TRUE(store_->put_cursor("18"));
  EXPECT_EQ(*store_->cursor(), "18");
}

TEST_P(StoreContract, EvidenceIsFoundByItsHash) {
  const std::string picture("\x89PNG\r\n\0\x1a", 8);
  const auto digest = store_->put_evidence(picture);
  ASSERT_TRUE(digest);
  EXPECT_EQ(*digest, sha256(picture));
  EXPECT_EQ(*store_->load_evidence(*digest), picture);
  ASSERT_TRUE(store_->put_evidence(picture));
  EXPECT_THAT(*store_->unsent_evidence(), ElementsAre(*digest)) << "once, however often it was put";
  EXPECT_TRUE(store_->put_evidence("")) << "an empty file is evidence too";
}

TEST_P(StoreContract, MissingEvidenceIsAStatedResult) {
  EXPECT_EQ(store_->load_evidence(sha256("never put")).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(store_->mark_evidence_sent(sha256("never put")).error().code, ErrorCode::kNotFound);
}

// T24: exactly at the limit is kept, one byte more is not.
TEST_P(StoreContract, EvidenceOverItsLimitIsRefused) {
  std::string bytes(kEvidenceBytesMax, 'e');
  EXPECT_TRUE(store_->put_evidence(bytes));
  bytes += 'e';
  EXPECT_EQ(store_->put_evidence(bytes).error().code, ErrorCode::kFull);
}

TEST_P(StoreContract, SentEvidenceLeavesTheOutboxAndStaysReadable) {
  const auto first = store_->put_evidence("first");
  const auto second = store_->put_evidence("second");
  ASSERT_TRUE(first && second);
  ASSERT_TRUE(store_->mark_evidence_sent(*first));
  ASSERT_TRUE(store_->mark_evidence_sent(*first));
  EXPECT_THAT(*store_->unsent_evidence(), ElementsAre(*second));
  EXPECT_EQ(*store_->load_evidence(*first), "first");
}

TEST_P(StoreContract, ADocumentReplacesTheOneOfTheSameKindAndName) {
  ASSERT_TRUE(store_->put_catalogue({"mbr", "b", "text b"}));
  ASSERT_TRUE(store_->put_catalogue({"mbr", "a", "old"}));
  ASSERT_TRUE(store_->put_catalogue({"mbr", "a", "text a"}));
  ASSERT_TRUE(store_->put_catalogue({"config", "a", "other kind"}));
  EXPECT_EQ(*store_->catalogue("mbr", "a"), "text a");
  EXPECT_EQ(*store_->catalogue("mbr", "c"), std::nullopt);
  const auto all = store_->catalogue_all("mbr");
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 2u);
  EXPECT_EQ((*all)[0].name, "a");
  EXPECT_EQ((*all)[1].text, "text b");
}

// T24: more space would not help, so this must not look like a full disk.
TEST_P(StoreContract, ADocumentOverItsLimitIsRefusedAndTheNextOneIsKept) {
  const std::string name(256, 'r');
  EXPECT_TRUE(store_->put_catalogue({"issue", name, "text"}));
  const auto refused = store_->put_catalogue({"issue", name + "r", "text"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kRefused);
  EXPECT_TRUE(store_->put_catalogue({"issue", "run", "text"}));
}

// T22: whatever a person types or a peer sends is kept as it is.
TEST_P(StoreContract, TextThatLooksLikeSqlIsJustText) {
  const std::string payloads[] = {"'; DROP TABLE journal; --", "\" OR 1=1",       "%_\\", "a\nb",
                                  std::string("nul\0byte", 8), "\u00e9\U0001f9ea"};
  for (const std::string& text : payloads) {
    ASSERT_TRUE(store_->put_catalogue({"config", text, text}));
    EXPECT_EQ(*store_->catalogue("config", text), text);
    ASSERT_TRUE(store_->put_cursor(text));
    EXPECT_EQ(*store_->cursor(), text);
  }
  EXPECT_TRUE(store_->append(journal_.next()));
}

TEST_P(StoreContract, OnceTheJournalHasBegunTheEnrolmentCannotChange) {
  ASSERT_TRUE(store_->append(journal_.next()));
  EXPECT_TRUE(store_->put_catalogue(journal_.enrolment())) << "the same one changes nothing";
  const auto replaced = store_->put_catalogue(SampleJournal("device-b").enrolment());
  ASSERT_FALSE(replaced);
  EXPECT_EQ(replaced.error().code, ErrorCode::kRefused);
  EXPECT_EQ(*store_->catalogue("enrolment", "self"), journal_.enrolment().text);
}

TEST_P(StoreContract, SomethingThatIsNoEnrolmentCannotBecomeOne) {
  const auto put = store_->put_catalogue({"enrolment", "self", "{}"});
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().code, ErrorCode::kMalformed);
}

TEST_P(StoreContract, AClosedStoreRefusesAndClosingTwiceIsFine) {
  ASSERT_TRUE(store_->append(journal_.next()));
  EXPECT_TRUE(store_->close());
  EXPECT_TRUE(store_->close());
  EXPECT_EQ(store_->append(journal_.next()).error().code, ErrorCode::kRefused);
  EXPECT_EQ(store_->head().error().code, ErrorCode::kRefused);
}

}  // namespace
}  // namespace batchwright::offline_store
