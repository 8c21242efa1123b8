// Row C3: a person's signature cannot be excised, copied or transferred, not even by somebody who
// has the panel's key.
#include <gtest/gtest.h>

#include <algorithm>

#include "record/verify.h"
#include "tests/support/record_fixtures.h"

namespace batchwright::record {
namespace {

using test::must;
using test::TestPanel;
using test::TestSite;

struct Signing {
  TestSite site;
  TestPanel panel{site};
  std::vector<StoredLine> shown = panel.commit({panel.entry("25.3"), panel.entry("25.4")});
  SignatureStatement statement = panel.statement(site, "mary", "compound/temperature#1",
                                                 {to_hex(shown[0].hash), to_hex(shown[1].hash)});

  [[nodiscard]] VerifyReport report() const {
    return verify(must(read_package(panel.export_text(site))), site.anchor());
  }
  // Commits the signature after `change` and expects the finding `code` at its line.
  template <typename Change>
  void expect_found(std::string_view code, Change change) {
    Draft draft = panel.signature(site, statement);
    change(draft);
    const auto lines = panel.commit({draft});
    const auto result = report();
    EXPECT_FALSE(result.proved) << code;
    const std::string place = "line " + std::to_string(lines.front().line.seq);
    const bool is_named = std::ranges::any_of(result.findings, [&](const Finding& finding) {
      return finding.code == code && finding.place == place;
    });
    EXPECT_TRUE(is_named) << code;
    for (const Finding& finding : result.findings) EXPECT_EQ(finding.place, place) << finding.code;
  }
};

constexpr auto kUnchanged = [](Draft&) {};

TEST(SignatureOfAPerson, IsProved) {
  Signing s;
  s.panel.commit({s.panel.signature(s.site, s.statement)});
  const auto report = s.report();
  EXPECT_TRUE(report.proved);
  EXPECT_TRUE(report.anchored);
  EXPECT_EQ(report.signatures, 1u);
}

TEST(SignatureOfAPerson, MovedToAnotherStepIsFound) {
  Signing().expect_found("signature.moved",
                         [](Draft& draft) { draft.step = "compound/temperature#2"; });
}

TEST(SignatureOfAPerson, MovedToAnotherRunIsFound) {
  Signing().expect_found("signature.moved", [](Draft& draft) {
    draft.subject.id = "01890a5d-ac96-774b-bcce-b302099a8058";
  });
}

TEST(SignatureOfAPerson, CopiedIsFoundByItsChallenge) {
  Signing s;
  s.panel.commit({s.panel.signature(s.site, s.statement)});
  s.expect_found("signature.challenge", kUnchanged);
}

TEST(SignatureOfAPerson, FromAnotherDeviceOrSiteIsFound) {
  Signing device;
  device.statement.device = "panel-3";
  device.expect_found("signature.device", kUnchanged);
  Signing site;
  site.statement.site = "Plant 2";
  site.expect_found("signature.site", kUnchanged);
}

TEST(SignatureOfAPerson, WithAChangedStatementIsFound) {
  Signing().expect_found("signature.bad", [](Draft& draft) {
    std::string text = draft.body["statement"];
    text.replace(text.find("performed"), 9, "witnessed");
    draft.body["statement"] = text;
  });
}

TEST(SignatureOfAPerson, ByAKeyThatIsNotTheirsIsFound) {
  // Signed with Jan's key in Mary's name.
  Signing().expect_found("signature.key", [](Draft& draft) {
    const SecretKey jan = test::key_from(12);
    draft.body["key"] = to_hex(jan.public_key());
    draft.body["sig"] =
        to_hex(sign_statement(draft.body["statement"].get_ref<const std::string&>(), jan));
  });
}

TEST(SignatureOfAPerson, OverALineThatIsNotThereIsFound) {
  Signing s;
  s.statement.covered.push_back(to_hex(sha256("another line")));
  s.expect_found("signature.covered.missing", kUnchanged);
}

TEST(SignatureOfAPerson, OverLinesOfOtherDevicesIsSaidNotRefused) {
  Signing s;
  s.statement.covered.push_back(to_hex(sha256("line of panel-3")));
  s.statement.as_of["panel-3"] = Head{1, sha256("line of panel-3"), {}};
  s.panel.commit({s.panel.signature(s.site, s.statement)});
  const auto report = s.report();
  EXPECT_TRUE(report.proved);
  ASSERT_EQ(report.findings.size(), 1u);
  ASSERT_FALSE(report.findings.empty());
  EXPECT_EQ(report.findings.front().severity, Severity::kInfo);
}

TEST(SignatureOfAPerson, OverALineOfItsOwnCommitIsFound) {
  Signing s;
  const Draft entry = s.panel.entry("25.5");
  const std::vector<Draft> first = {entry};
  Instant then = s.panel.now;
  then.unix_ms += 1000;  // as commit() will
  const auto line = must(s.panel.writer.seal(first, then, {})).front();
  s.statement.covered = {to_hex(line.hash)};
  s.panel.commit({entry, s.panel.signature(s.site, s.statement)});
  const auto report = s.report();
  EXPECT_FALSE(report.proved);
  ASSERT_FALSE(report.findings.empty());
  EXPECT_EQ(report.findings.front().code, "signature.covered.uncommitted");
}

TEST(SignatureOfAPerson, ShownAnotherJournalIsFound) {
  Signing s;
  s.statement.as_of["panel-2"].hash = sha256("another head");
  s.expect_found("signature.as_of", kUnchanged);
  Signing t;
  t.statement.as_of["panel-2"].seq = 2;
  t.expect_found("signature.as_of", kUnchanged);
}

TEST(SignatureOfAPerson, OfAnotherFormOrVersionIsFound) {
  Signing().expect_found("signature.version", [](Draft& draft) { draft.v = 2; });
  Signing().expect_found("signature.malformed", [](Draft& draft) { draft.body["extra"] = ""; });
  Signing().expect_found("signature.malformed", [](Draft& draft) {
    const std::string text = "{}";
    draft.body["statement"] = text;
    draft.body["sig"] = to_hex(sign_statement(text, test::key_from(11)));
  });
}

// Somebody with the panel's key can drop the directory from the header and sign the file again.
TEST(SignatureOfAPerson, WithoutADirectoryIsNotProvedToSomebodyWithATrustAnchor) {
  Signing s;
  const auto lines = s.panel.commit({s.panel.signature(s.site, s.statement)});
  PackageHeader header = s.panel.header(s.site);
  header.documents.clear();
  const auto text = write_package(header, s.panel.lines(), s.panel.key, s.panel.now);
  const auto anchored = verify(must(read_package(text)), s.site.anchor());
  EXPECT_FALSE(anchored.proved);
  EXPECT_FALSE(anchored.anchored);
  EXPECT_EQ(anchored.first_bad, lines.front().line.seq);
  ASSERT_EQ(anchored.findings.size(), 1u);
  EXPECT_EQ(anchored.findings.front().code, "signature.untraced");
  EXPECT_EQ(anchored.findings.front().severity, Severity::kError);

  const auto consistent = verify(must(read_package(text)), std::nullopt);
  EXPECT_TRUE(consistent.proved);
  EXPECT_FALSE(consistent.anchored);
  ASSERT_EQ(consistent.findings.size(), 1u);
  EXPECT_EQ(consistent.findings.front().code, "signature.untraced");
  EXPECT_EQ(consistent.findings.front().severity, Severity::kWarning);
}

// A directory that names nobody's key is as good as none.
TEST(SignatureOfAPerson, WithADirectoryWithoutKeysIsNotProvedToSomebodyWithATrustAnchor) {
  Signing s;
  s.panel.commit({s.panel.signature(s.site, s.statement)});
  for (Person& person : s.site.directory.people) person.key.reset();
  EXPECT_FALSE(s.report().proved);
}

TEST(SignatureOfAPerson, WithTheDirectoryOfAnotherSiteIsNotProvedToSomebodyWithATrustAnchor) {
  Signing s;
  s.panel.commit({s.panel.signature(s.site, s.statement)});
  PackageHeader header = s.panel.header(s.site);
  header.documents = {
      sign_document("directory", to_statement(s.site.directory), test::key_from(99))};
  const auto text = write_package(header, s.panel.lines(), s.panel.key, s.panel.now);
  const auto report = verify(must(read_package(text)), s.site.anchor());
  EXPECT_FALSE(report.proved);
  EXPECT_FALSE(report.anchored);
}

TEST(SignatureOfAPerson, OnAnUncertifiedDeviceIsNotProvedToSomebodyWithATrustAnchor) {
  Signing s;
  s.panel.commit({s.panel.signature(s.site, s.statement)});
  TestSite other;
  other.key = test::key_from(98);
  PackageHeader header = s.panel.header(s.site);
  header.enrolment = other.enrol("panel-2", "MIX2", s.panel.key.public_key());
  const auto text = write_package(header, s.panel.lines(), s.panel.key, s.panel.now);
  const auto report = verify(must(read_package(text)), s.site.anchor());
  EXPECT_FALSE(report.proved);
  EXPECT_FALSE(report.anchored);
}

TEST(SignatureOfAPerson, InARoleTheyDoNotHaveIsAWarning) {
  Signing s;
  s.statement.role = "quality";
  s.panel.commit({s.panel.signature(s.site, s.statement)});
  const auto report = s.report();
  EXPECT_TRUE(report.proved);
  ASSERT_FALSE(report.findings.empty());
  EXPECT_EQ(report.findings.front().code, "signature.role");
}

// A key that was renewed: signatures of the old one stay proved when its directory travels along.
TEST(SignatureOfAPerson, StaysProvedAfterTheKeyWasRenewed) {
  Signing s;
  s.panel.commit({s.panel.signature(s.site, s.statement)});
  const SignedDocument old_directory = s.site.directory_document();
  s.site.directory.version = 8;
  s.site.directory.people[0].key = test::key_from(90).public_key();
  PackageHeader header = s.panel.header(s.site);
  header.documents.push_back(old_directory);
  const auto text = write_package(header, s.panel.lines(), s.panel.key, s.panel.now);
  EXPECT_TRUE(verify(must(read_package(text)), s.site.anchor()).anchored);
}

}  // namespace
}  // namespace batchwright::record
