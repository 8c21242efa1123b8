#include "record/journal_writer.h"

#include <gtest/gtest.h>

#include "tests/support/record_fixtures.h"

namespace batchwright::record {
namespace {

using batchwright::to_text;  // of JSON; the others are found by their arguments
using test::must;
using test::TestPanel;
using test::TestSite;

TEST(JournalWriter, ChainsLinesAndClosesThemWithASignedCommitLine) {
  const TestSite site;
  TestPanel panel(site);
  const auto first = panel.commit({panel.entry("25.3"), panel.entry("25.4")});
  const auto second = panel.commit({panel.entry("25.5")});
  ASSERT_EQ(first.size(), 3u);
  ASSERT_EQ(second.size(), 2u);

  Digest prev = panel.enrolment.hash();
  Hlc hlc;
  for (std::size_t i = 0; i < panel.stored.size(); ++i) {
    const StoredLine& line = panel.stored[i];
    EXPECT_EQ(line.line.seq, i + 1);
    EXPECT_EQ(line.line.prev, prev);
    EXPECT_GT(line.line.hlc, hlc);
    prev = line.hash;
    hlc = line.line.hlc;
  }
  const Line& commit = second.back().line;
  EXPECT_EQ(commit.type, "commit");
  EXPECT_EQ(commit.subject, (Subject{"device", "panel-2"}));
  EXPECT_EQ(commit.body["first"], "4");
  EXPECT_TRUE(verify(panel.key.public_key(), commit_message("panel-2", 5, second.front().hash),
                     must(array_from_hex<64>(commit.body["sig"].get<std::string>()))));
}

TEST(JournalWriter, WritesTheHeadsItHasSeen) {
  const TestSite site;
  TestPanel panel(site);
  const auto lines = panel.commit({panel.entry("1")}, {{"panel-3", Head{7, sha256("x"), {}}}});
  EXPECT_EQ(to_text(lines.back().line.body["seen"]),
            R"({"panel-3":{"seq":"7","hash":")" + to_hex(sha256("x")) + "\"}}");
}

TEST(JournalWriter, StaysWhereItIsUntilTheCommitIsDurable) {
  const TestSite site;
  TestPanel panel(site);
  panel.commit({panel.entry("1")});
  const Head before = panel.writer.head();
  const std::vector<Draft> drafts = {panel.entry("2")};
  const auto first = must(panel.writer.seal(drafts, panel.now, {}));
  const auto again = must(panel.writer.seal(drafts, panel.now, {}));
  EXPECT_EQ(panel.writer.head(), before);
  EXPECT_EQ(first.back().bytes, again.back().bytes);
  panel.writer.advance(first.back());
  EXPECT_EQ(panel.writer.head(), (Head{4, first.back().hash, first.back().line.hlc}));
}

TEST(JournalWriter, GoesOnFromAStoredHead) {
  const TestSite site;
  TestPanel panel(site);
  panel.commit({panel.entry("1")});
  const JournalWriter later("panel-2", panel.key, panel.writer.head());
  const std::vector<Draft> drafts = {panel.entry("2")};
  EXPECT_EQ(must(later.seal(drafts, panel.now, {})).front().bytes,
            must(panel.writer.seal(drafts, panel.now, {})).front().bytes);
}

TEST(JournalWriter, RefusesAWholeCommitForOneBadDraft) {
  const TestSite site;
  TestPanel panel(site);
  const auto refused = [&](auto change) {
    std::vector<Draft> drafts = {panel.entry("1"), panel.entry("2")};
    change(drafts);
    return !panel.writer.seal(drafts, panel.now, {}).has_value();
  };
  EXPECT_FALSE(refused([](auto&) {}));
  EXPECT_TRUE(refused([](auto& drafts) { drafts.clear(); }));
  EXPECT_TRUE(refused([](auto& drafts) { drafts[1].type = "commit"; }));
  EXPECT_TRUE(refused([](auto& drafts) { drafts[1].body["n"] = 1; }));
  EXPECT_TRUE(refused([](auto& drafts) { drafts[1].actor = "a\nb"; }));
  EXPECT_TRUE(refused([](auto& drafts) { drafts[1].subject.id = ""; }));
  // Not UTF-8: would be written as another character, so it must be refused before writing.
  EXPECT_TRUE(refused([](auto& drafts) { drafts[1].body["raw"] = "\xff"; }));
  EXPECT_TRUE(refused([](auto& drafts) { drafts[1].step = "\xc3"; }));
  EXPECT_TRUE(
      refused([](auto& drafts) { drafts[1].body["note"] = std::string(kLineBytesMax, 'x'); }));
}

TEST(JournalWriter, RefusesItselfAmongTheHeadsSeen) {
  const TestSite site;
  TestPanel panel(site);
  const std::vector<Draft> drafts = {panel.entry("1")};
  EXPECT_FALSE(panel.writer.seal(drafts, panel.now, {{"panel-2", Head{}}}));
}

TEST(JournalWriterDeathTest, NeverAdvancesToALineThatIsNoCommitOfItsOwn) {
  const TestSite site;
  TestPanel panel(site);
  const auto lines = panel.commit({panel.entry("1")});
  EXPECT_DEATH(panel.writer.advance(lines.front()), "commit lines only");
  EXPECT_DEATH(panel.writer.advance(lines.back()), "commit lines only");
}

}  // namespace
}  // namespace batchwright::record
