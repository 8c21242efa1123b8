// Rows C3, C8; T8: what is changed, dropped, cut, moved or rewritten is found and named.
#include "record/verify.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/record_fixtures.h"

namespace batchwright::record {
namespace {

using test::must;
using test::TestPanel;
using test::TestSite;

struct Journal {
  TestSite site;
  TestPanel panel{site};

  explicit Journal(std::size_t events = 40) { write_events(panel, site, events); }

  // As an attacker without keys would leave it: other lines between the original header and footer.
  [[nodiscard]] VerifyReport verify_lines_as(std::vector<std::string> lines) const {
    Package package = must(read_package(panel.export_text(site)));
    package.lines = std::move(lines);
    return verify(package, site.anchor());
  }
};

std::string describe(const VerifyReport& report) {
  std::string text;
  for (const Finding& finding : report.findings) {
    text += finding.place + " " + finding.code + ": " + finding.message + "\n";
  }
  return text;
}

bool has(const VerifyReport& report, std::string_view code, std::string_view place = {}) {
  return std::ranges::any_of(report.findings, [&](const Finding& finding) {
    return finding.code == code && (place.empty() || finding.place == place);
  });
}

void expect_bad(const VerifyReport& report, std::uint64_t first_bad, std::string_view code) {
  EXPECT_FALSE(report.proved);
  EXPECT_FALSE(report.anchored);
  ASSERT_TRUE(report.first_bad);
  EXPECT_EQ(*report.first_bad, first_bad) << describe(report);
  EXPECT_TRUE(has(report, code)) << code << " is not among:\n" << describe(report);
}

TEST(Verify, ProvesAGoodRecordToTheAnchor) {
  const Journal journal;
  const auto lines = journal.panel.stored.size();
  const auto report = verify(must(read_package(journal.panel.export_text(journal.site, lines))),
                             journal.site.anchor());
  EXPECT_TRUE(report.proved) << describe(report);
  EXPECT_TRUE(report.anchored);
  EXPECT_FALSE(report.first_bad);
  EXPECT_TRUE(report.findings.empty()) << describe(report);
  EXPECT_EQ(report.device, "panel-2");
  EXPECT_EQ(report.lines, lines);
  EXPECT_EQ(report.confirmed_through, lines);
  EXPECT_GT(report.signatures, 0u);
  EXPECT_EQ(report.commits, static_cast<std::uint64_t>(std::ranges::count_if(
                                journal.panel.stored, [](const StoredLine& line) {
                                  return line.line.type == "commit";
                                })));
  EXPECT_EQ(report.head, to_hex(journal.panel.stored.back().hash));
}

TEST(Verify, WithoutAnAnchorSaysConsistentButNotAnchored) {
  const Journal journal;
  const auto report = verify(must(read_package(journal.panel.export_text(journal.site))), {});
  EXPECT_TRUE(report.proved) << describe(report);
  EXPECT_FALSE(report.anchored);
}

TEST(Verify, ProvesAnEmptyJournal) {
  const TestSite site;
  const TestPanel panel(site);
  const auto report = verify(must(read_package(panel.export_text(site))), site.anchor());
  EXPECT_TRUE(report.proved) << describe(report);
  EXPECT_EQ(report.lines, 0u);
}

TEST(Verify, RefusesTheRecordOfAnotherSite) {
  Journal journal;
  const auto package = must(read_package(journal.panel.export_text(journal.site)));
  TrustAnchor other = journal.site.anchor();
  other.key = test::key_from(99).public_key();
  expect_bad(verify(package, other), 0, "trust.anchor");
  other = journal.site.anchor();
  other.site = "Plant 2";
  expect_bad(verify(package, other), 0, "trust.anchor");
}

TEST(Verify, FindsADroppedLineWhereverItWas) {
  const Journal journal;
  for (std::size_t drop = 0; drop < journal.panel.stored.size(); ++drop) {
    auto lines = journal.panel.lines();
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(drop));
    expect_bad(journal.verify_lines_as(lines), drop + 1, "line.missing");
  }
}

TEST(Verify, FindsATailCutAtEveryLineWithAndWithoutItsFooter) {
  const Journal journal;
  for (std::size_t keep = 0; keep < journal.panel.stored.size(); ++keep) {
    auto lines = journal.panel.lines();
    lines.resize(keep);
    const auto with_footer = journal.verify_lines_as(lines);
    EXPECT_FALSE(with_footer.proved);
    EXPECT_TRUE(has(with_footer, "line.missing", "line " + std::to_string(keep + 1)));

    Package package = must(read_package(journal.panel.export_text(journal.site)));
    package.lines = lines;
    package.footer_bytes.clear();
    const auto cut = verify(package, journal.site.anchor());
    EXPECT_FALSE(cut.proved);
    EXPECT_TRUE(has(cut, "footer.missing", "footer")) << describe(cut);
    const bool ends_with_commit = keep == 0 || journal.panel.stored[keep - 1].line.type == "commit";
    EXPECT_EQ(has(cut, "commit.missing"), !ends_with_commit) << describe(cut);
  }
}

TEST(Verify, FindsATextCutAtAnyByteOfItsTail) {
  const Journal journal(12);
  const std::string text = journal.panel.export_text(journal.site);
  for (std::size_t size = text.find('\n') + 1; size + 1 < text.size(); size += 13) {
    const auto package = read_package(text.substr(0, size));
    ASSERT_TRUE(package);
    EXPECT_FALSE(verify(*package, journal.site.anchor()).proved) << size;
  }
}

TEST(Verify, FindsSwappedNeighbours) {
  const Journal journal;
  for (std::size_t i = 0; i + 1 < journal.panel.stored.size(); ++i) {
    auto lines = journal.panel.lines();
    std::swap(lines[i], lines[i + 1]);
    const auto report = journal.verify_lines_as(lines);
    expect_bad(report, i + 1, "line.changed");
    EXPECT_TRUE(has(report, "line.changed", "line " + std::to_string(i + 2))) << describe(report);
  }
}

TEST(Verify, FindsARepeatedLine) {
  const Journal journal;
  for (std::size_t i = 0; i + 1 < journal.panel.stored.size(); ++i) {
    auto lines = journal.panel.lines();
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
    EXPECT_FALSE(journal.verify_lines_as(lines).proved) << i;
  }
}

TEST(Verify, FindsAReplacedLineAndOnlyThat) {
  const Journal journal;
  auto lines = journal.panel.lines();
  Line line = journal.panel.stored[9].line;
  line.body["value"] = "26.0";
  lines[9] = encode(line);
  const auto report = journal.verify_lines_as(lines);
  expect_bad(report, 10, "line.changed");
}

TEST(Verify, NamesEachOfSeveralChangedLines) {
  const Journal journal;
  auto lines = journal.panel.lines();
  for (const std::size_t i : {4u, 11u, 12u, 20u}) {
    Line line = journal.panel.stored[i].line;
    line.lang = "fr";
    lines[i] = encode(line);
  }
  lines[30] = "not a line";
  const auto report = journal.verify_lines_as(lines);
  expect_bad(report, 5, "line.changed");
  for (const char* const place : {"line 5", "line 12", "line 13", "line 21"}) {
    EXPECT_TRUE(has(report, "line.changed", place)) << place << "\n" << describe(report);
  }
  EXPECT_TRUE(has(report, "line.malformed", "line 31"));
}

// Rewrites the journal from `from` on, as somebody would who has no key: every hash is made to fit
// again.
std::vector<std::string> rehashed(const std::vector<StoredLine>& stored, std::size_t from,
                                  const Line& changed) {
  std::vector<std::string> lines;
  Digest prev{};
  for (std::size_t i = 0; i < stored.size(); ++i) {
    if (i < from) {
      lines.push_back(stored[i].bytes);
    } else {
      Line line = i == from ? changed : stored[i].line;
      if (i > from) line.prev = prev;
      lines.push_back(encode(line));
    }
    prev = sha256(lines.back());
  }
  return lines;
}

TEST(Verify, FindsAChainThatWasHashedAnewWithoutTheKey) {
  const Journal journal;
  const std::string first = journal.panel.stored.back().line.body["first"];
  const std::size_t last_commit = std::stoul(first) - 1;
  for (std::size_t i = 0; i < journal.panel.stored.size(); ++i) {
    Line changed = journal.panel.stored[i].line;
    changed.lang = "fr";
    const auto lines = rehashed(journal.panel.stored, i, changed);
    const auto report = journal.verify_lines_as(lines);
    EXPECT_FALSE(report.proved);
    ASSERT_TRUE(report.first_bad);
    if (i + 1 >= last_commit) {
      // The footer tells that the last line is another one; before it, nothing signed is left in
      // this commit.
      EXPECT_EQ(*report.first_bad, journal.panel.stored.size());
      EXPECT_EQ(has(report, "line.unproved"), i + 1 < journal.panel.stored.size())
          << describe(report);
      continue;
    }
    // The commit that holds the line is named from its first line on; a changed commit line is
    // signed by the next commit.
    EXPECT_LE(*report.first_bad, i + 2) << describe(report);
    EXPECT_GT(*report.first_bad + 9, i + 1) << describe(report);
    EXPECT_TRUE(has(report, "commit.signature"));
  }
}

TEST(Verify, FindsAChainHashedAnewAlsoWithoutAFooter) {
  const Journal journal;
  Line changed = journal.panel.stored[10].line;
  changed.lang = "fr";
  Package package = must(read_package(journal.panel.export_text(journal.site)));
  package.lines = rehashed(journal.panel.stored, 10, changed);
  package.footer_bytes.clear();
  EXPECT_TRUE(has(verify(package, journal.site.anchor()), "commit.signature"));
}

// Somebody with the panel's key can write another history; the twin's receipt tells.
TEST(Verify, FindsAHistoryThatDiffersFromWhatTheTwinConfirmed) {
  const Journal journal;
  TestPanel forger(journal.site);
  write_events(forger, journal.site, 40, 2);
  PackageHeader header = forger.header(journal.site);
  header.receipts.push_back(journal.site.receipt("panel-2", 20, journal.panel.stored[19].hash));
  const auto text = write_package(header, forger.lines(), forger.key, forger.now);
  expect_bad(verify(must(read_package(text)), journal.site.anchor()), 20, "receipt.mismatch");
}

TEST(Verify, FindsAJournalShorterThanWhatTheTwinConfirmed) {
  const TestSite site;
  TestPanel panel(site);
  panel.commit({panel.entry("1")});
  PackageHeader header = panel.header(site);
  header.receipts.push_back(site.receipt("panel-2", 4, sha256("lost")));
  const auto text = write_package(header, panel.lines(), panel.key, panel.now);
  expect_bad(verify(must(read_package(text)), site.anchor()), 3, "receipt.beyond");
}

TEST(Verify, BelievesReceiptsOnlyFromAKeyTheSiteCertified) {
  Journal journal(5);
  PackageHeader header = journal.panel.header(journal.site);
  journal.site.receipt_key = test::key_from(77);
  header.receipts.push_back(journal.site.receipt("panel-2", 1, journal.panel.stored[0].hash));
  const auto text =
      write_package(header, journal.panel.lines(), journal.panel.key, journal.panel.now);
  const auto report = verify(must(read_package(text)), journal.site.anchor());
  expect_bad(report, 0, "document.receipt");
  EXPECT_EQ(report.confirmed_through, 0u);
}

TEST(Verify, BelievesTheDeviceOnlyAsTheSiteEnrolledIt) {
  const Journal journal(5);
  TestSite other;
  other.key = test::key_from(50);
  PackageHeader header = journal.panel.header(journal.site);
  header.enrolment = other.enrol("panel-2", "MIX2", journal.panel.key.public_key());
  expect_bad(verify(must(read_package(write_package(header, journal.panel.lines(),
                                                    journal.panel.key, journal.panel.now))),
                    journal.site.anchor()),
             0, "document.enrolment");
  header.enrolment = journal.site.enrol("panel-9", "MIX9", journal.panel.key.public_key());
  expect_bad(verify(must(read_package(write_package(header, journal.panel.lines(),
                                                    journal.panel.key, journal.panel.now))),
                    journal.site.anchor()),
             0, "document.enrolment");
}

TEST(Verify, FindsAJournalThatBeginsAtAnotherEnrolment) {
  const Journal journal(5);
  PackageHeader header = journal.panel.header(journal.site);
  header.enrolment = journal.site.enrol("panel-2", "OTHER", journal.panel.key.public_key());
  const auto text =
      write_package(header, journal.panel.lines(), journal.panel.key, journal.panel.now);
  expect_bad(verify(must(read_package(text)), journal.site.anchor()), 1, "line.start");
}

TEST(Verify, FindsEveryChangedByteOfHeaderAndFooter) {
  const Journal journal(3);
  const std::string text = journal.panel.export_text(journal.site, 1);
  const std::size_t header_end = text.find('\n');
  const std::size_t footer_begin = text.rfind("{\"purpose\"");
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at > header_end && at + 1 < footer_begin) continue;
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    const auto package = read_package(changed);
    if (!package) {
      EXPECT_EQ(package.error().code, ErrorCode::kUnsupported) << at;  // the version itself
      continue;
    }
    const auto report = verify(*package, journal.site.anchor());
    if (at + 1 == text.size()) continue;  // the last line feed: see the next test
    EXPECT_FALSE(report.proved) << at;
    const auto& place = report.findings.front().place;
    if (at < header_end) {
      EXPECT_EQ(place, "header") << at << "\n" << describe(report);
    }
    if (at >= footer_begin) {
      EXPECT_EQ(place, "footer") << at << "\n" << describe(report);
    }
  }
}

TEST(Verify, DoesNotMindAMissingLastLineFeed) {
  const Journal journal(3);
  std::string text = journal.panel.export_text(journal.site);
  text.pop_back();
  EXPECT_TRUE(verify(must(read_package(text)), journal.site.anchor()).proved);
}

TEST(Verify, FindsAClockThatDoesNotAdvance) {
  const TestSite site;
  TestPanel panel(site);
  panel.commit({panel.entry("1")});
  // A writer that forgets its clock, with the right key.
  Head head = panel.writer.head();
  head.hlc = {};
  const JournalWriter forgetful("panel-2", panel.key, head);
  const std::vector<Draft> drafts = {panel.entry("2")};
  const auto lines = must(forgetful.seal(drafts, Instant{1000, 0}, {}));
  panel.stored.insert(panel.stored.end(), lines.begin(), lines.end());
  expect_bad(verify(must(read_package(panel.export_text(site))), site.anchor()), 3, "line.clock");
}

TEST(Verify, FindsALineOfAnotherDevice) {
  const TestSite site;
  TestPanel panel(site);
  const JournalWriter other("panel-3", panel.key, panel.writer.head());
  const std::vector<Draft> drafts = {panel.entry("2")};
  panel.stored = must(other.seal(drafts, panel.now, {}));
  expect_bad(verify(must(read_package(panel.export_text(site))), site.anchor()), 1, "line.device");
}

TEST(Verify, ListsAtMostAThousandFindingsAndSaysHowManyMore) {
  const Journal journal(1500);
  const std::vector<std::string> lines(journal.panel.stored.size(), "{}");
  const auto report = journal.verify_lines_as(lines);
  expect_bad(report, 1, "findings.more");
  EXPECT_EQ(report.findings.size(), 1001u);
}

TEST(Verify, KeepsTheOrderOfPlaces) {
  const Journal journal;
  Package package = must(read_package(journal.panel.export_text(journal.site)));
  package.lines[3] = "x";
  package.lines[30] = "x";
  package.footer_bytes = "x";
  const auto report = verify(package, journal.site.anchor());
  const auto order = [](const Finding& finding) {
    if (finding.place == "header") return 0ul;
    return finding.place == "footer" ? ~0ul : std::stoul(finding.place.substr(5));
  };
  EXPECT_TRUE(std::ranges::is_sorted(report.findings, {}, order)) << describe(report);
  EXPECT_EQ(report.first_bad, 4u);
  EXPECT_EQ(report.findings.back().place, "footer");
}

// The folder of a store whose key isn't there: nobody can sign a closing line.
struct Folder {
  TestSite site;
  TestPanel panel{site};
  std::vector<std::string> lines;
  FolderFacts facts;

  Folder() {
    write_events(panel, site, 60);
    lines = panel.lines();
    facts.end = FolderFacts::End{panel.stored.size(), panel.stored.back().hash};
  }
  [[nodiscard]] VerifyReport report() const {
    return verify(package_of_folder(panel.header(site), lines, facts), site.anchor());
  }
};

TEST(VerifyFolder, IsProvedAndTheMissingClosingLineIsSaid) {
  Folder folder;
  for (const bool is_end_known : {true, false}) {
    if (!is_end_known) folder.facts.end.reset();
    const auto report = folder.report();
    EXPECT_TRUE(report.anchored);
    ASSERT_EQ(report.findings.size(), 1u);
    EXPECT_EQ(report.findings.front().code, "footer.none");
    EXPECT_EQ(report.findings.front().severity, Severity::kWarning);
  }
}

TEST(VerifyFolder, AnyChangedLineIsNamed) {
  Folder folder;
  for (std::size_t i = 0; i < folder.lines.size(); ++i) {
    std::string& line = folder.lines[i];
    char& digit = line[line.find("\"time\":\"") + 10];
    const char good = digit;
    digit = good == '0' ? '1' : '0';
    EXPECT_EQ(folder.report().first_bad, i + 1);
    digit = good;
  }
}

TEST(VerifyFolder, ThatEndsBeforeItsOwnNoteOfTheEndWasCut) {
  Folder folder;
  folder.lines.pop_back();
  EXPECT_EQ(folder.report().first_bad, folder.lines.size() + 1);
  folder.facts.end->seq = 1;  // the note may lag behind after a crash
  folder.lines = folder.panel.lines();
  EXPECT_TRUE(folder.report().proved);
}

TEST(VerifyFolder, WhatTheStoreFoundIsAnErrorAndALineComesFirst) {
  Folder folder;
  folder.facts.damage = {{.seq = 0, .message = "The tables were changed."}};
  EXPECT_EQ(folder.report().first_bad, 0u);
  EXPECT_FALSE(folder.report().proved);
  folder.facts.damage.push_back({.seq = 7, .message = "The hash does not match."});
  EXPECT_EQ(folder.report().first_bad, 7u);
}

}  // namespace
}  // namespace batchwright::record
