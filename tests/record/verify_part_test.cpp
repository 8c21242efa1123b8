// A receiver checks what arrives with the same rules, from the head it already holds.
#include <gtest/gtest.h>

#include <algorithm>

#include "record/verify.h"
#include "tests/support/record_fixtures.h"

namespace batchwright::record {
namespace {

using test::TestPanel;
using test::TestSite;

struct Receiver {
  TestSite site;
  TestPanel panel{site};
  std::vector<std::string> lines;

  Receiver() {
    write_events(panel, site, 60);
    lines = panel.lines();
  }

  // Everything before line `seq` is held already.
  [[nodiscard]] JournalPart from(std::uint64_t seq) const {
    JournalPart part{site.name, "panel-2", panel.key.public_key(), {}, {site.directory}};
    part.before = {0, panel.enrolment.hash(), {}};
    if (seq > 1) {
      const StoredLine& before = panel.stored[seq - 2];
      part.before = {before.line.seq, before.hash, before.line.hlc};
    }
    return part;
  }
  [[nodiscard]] std::span<const std::string> lines_from(std::uint64_t seq) const {
    return std::span(lines).subspan(seq - 1);
  }
  [[nodiscard]] bool begins_commit(std::uint64_t seq) const {
    return seq == 1 || panel.stored[seq - 2].line.type == "commit";
  }
};

TEST(VerifyPart, AcceptsWholeCommitsFromAnyHeadOn) {
  const Receiver r;
  for (std::uint64_t seq = 1; seq <= r.lines.size(); ++seq) {
    if (!r.begins_commit(seq)) continue;
    const auto report = verify_part(r.from(seq), r.lines_from(seq));
    EXPECT_TRUE(report.proved) << seq << " "
                               << (report.findings.empty() ? "" : report.findings[0].message);
    EXPECT_TRUE(report.anchored);
    EXPECT_EQ(report.lines, r.lines.size() - seq + 1);
  }
}

TEST(VerifyPart, RefusesLinesThatDoNotFollowTheHead) {
  const Receiver r;
  auto part = r.from(1);
  part.before.hash = sha256("another head");
  const auto fork = verify_part(part, r.lines);
  EXPECT_EQ(fork.first_bad, 1u);
  ASSERT_FALSE(fork.findings.empty());
  EXPECT_EQ(fork.findings.front().code, "line.start");

  const auto gap = verify_part(r.from(1), r.lines_from(3));
  EXPECT_EQ(gap.first_bad, 1u);
  ASSERT_FALSE(gap.findings.empty());
  EXPECT_EQ(gap.findings.front().code, "line.missing");
}

TEST(VerifyPart, RefusesHalfACommit) {
  const Receiver r;
  const auto report = verify_part(r.from(1), std::span(r.lines).first(r.lines.size() - 1));
  EXPECT_FALSE(report.proved);
  const bool is_told = std::ranges::any_of(
      report.findings, [](const Finding& finding) { return finding.code == "commit.missing"; });
  EXPECT_TRUE(is_told);
}

TEST(VerifyPart, RefusesAnotherDevicesKey) {
  const Receiver r;
  auto part = r.from(1);
  part.device_key = test::key_from(70).public_key();
  const auto report = verify_part(part, r.lines);
  EXPECT_FALSE(report.proved);
  ASSERT_FALSE(report.findings.empty());
  EXPECT_EQ(report.findings.front().code, "commit.signature");
}

TEST(VerifyPart, OfNothingIsFine) {
  const Receiver r;
  EXPECT_TRUE(verify_part(r.from(1), {}).proved);
}

}  // namespace
}  // namespace batchwright::record
