// The worked examples of docs/formats are what the program writes, byte for byte.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "record/verify.h"
#include "tests/support/record_fixtures.h"

namespace batchwright::record {
namespace {

using test::TestPanel;
using test::TestSite;

std::string page(const std::string& name) {
  std::ifstream file(BATCHWRIGHT_SOURCE_DIR "/docs/formats/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The example: one temperature, its commit, Mary's signature over it, the second commit.
struct Example {
  TestSite site;
  TestPanel panel{site};
  std::string statement;

  Example() {
    const auto first = panel.commit({panel.entry("25.3")});
    const auto made =
        panel.statement(site, "mary", "compound/temperature#1", {to_hex(first[0].hash)});
    statement = record::to_text(made);
    panel.commit({panel.signature(site, made)});
  }
};

TEST(FormatDocs, ShowTheLinesOfAJournalAsTheyAreWritten) {
  const Example example;
  const std::string text = page("journal.md");
  EXPECT_NE(
      text.find(example.panel.enrolment.statement + "\n" + to_hex(example.panel.enrolment.hash())),
      std::string::npos);
  for (const StoredLine& line : example.panel.stored) {
    EXPECT_NE(text.find("\n" + line.bytes + "\n" + to_hex(line.hash) + "\n"), std::string::npos)
        << line.bytes;
  }
  EXPECT_NE(text.find("\n" + commit_message("panel-2", 2, example.panel.stored[0].hash) + "\n"),
            std::string::npos);
  EXPECT_NE(text.find("`" + record_mark(example.statement) + "`"), std::string::npos);
}

TEST(FormatDocs, ShowAPackageAsItIsWritten) {
  const Example example;
  const std::string file = example.panel.export_text(example.site, 2);
  const std::string text = page("package.md");
  EXPECT_NE(text.find("\n" + file.substr(0, file.find('\n') + 1)), std::string::npos);
  EXPECT_NE(text.find("\n" + file.substr(file.rfind("{\"purpose\":\"export\""))),
            std::string::npos);
}

TEST(FormatDocs, ShowTrustAsItIsWritten) {
  const Example example;
  const TestSite& site = example.site;
  const std::string text = page("trust.md");
  const auto& second = example.panel.stored[1];
  for (const std::string& shown :
       {batchwright::to_text(to_json(site.anchor())), example.panel.enrolment.statement,
        site.directory_document().statement, site.receipt_key_document().statement,
        batchwright::to_text(to_json(site.receipt("panel-2", 2, second.hash)))}) {
    EXPECT_NE(text.find("\n" + shown + "\n"), std::string::npos) << shown;
  }
  EXPECT_NE(text.find("`" + fingerprint(site.anchor().key) + "`"), std::string::npos);
}

// Read from the page, not from the fixture: the example is a real record.
TEST(FormatDocs, HoldAJournalThatVerifies) {
  const Example example;
  const std::string text = page("journal.md");
  std::vector<std::string> lines;
  for (std::size_t at = text.find("\n{\"device\":"); at != std::string::npos;
       at = text.find("\n{\"device\":", at + 1)) {
    lines.push_back(text.substr(at + 1, text.find('\n', at + 1) - at - 1));
  }
  ASSERT_EQ(lines.size(), 4u);
  const JournalPart part{example.site.name,
                         "panel-2",
                         example.panel.key.public_key(),
                         {0, example.panel.enrolment.hash(), {}},
                         {example.site.directory}};
  const auto report = verify_part(part, lines);
  EXPECT_TRUE(report.anchored);
  EXPECT_EQ(report.signatures, 1u);
}

}  // namespace
}  // namespace batchwright::record
