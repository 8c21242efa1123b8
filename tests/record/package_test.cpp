#include "record/package.h"

#include <gtest/gtest.h>

#include "record/internal/package_parts.h"
#include "tests/support/record_fixtures.h"

namespace batchwright::record {
namespace {

using test::TestPanel;
using test::TestSite;

struct Sample {
  TestSite site;
  TestPanel panel{site};

  Sample() { panel.commit({panel.entry("25.3"), panel.entry("25.4")}); }
};

TEST(Package, HoldsTheLinesByteForByte) {
  const Sample s;
  const auto package = read_package(s.panel.export_text(s.site, 3));
  ASSERT_TRUE(package);
  EXPECT_EQ(package->lines, s.panel.lines());
  EXPECT_EQ(package->header.device, "panel-2");
  EXPECT_EQ(package->header.site.key, s.site.key.public_key());
  EXPECT_EQ(package->header.documents.size(), 2u);
  EXPECT_EQ(package->header.receipts.size(), 1u);
  EXPECT_FALSE(package->footer_bytes.empty());
}

TEST(Package, IsTheSameFileForTheSameMoment) {
  const Sample s;
  EXPECT_EQ(s.panel.export_text(s.site), s.panel.export_text(s.site));
}

TEST(Package, OfAnEmptyJournalIsAllowed) {
  const TestSite site;
  const TestPanel panel(site);
  const auto package = read_package(panel.export_text(site));
  ASSERT_TRUE(package);
  EXPECT_TRUE(package->lines.empty());
  EXPECT_FALSE(package->footer_bytes.empty());
}

TEST(Package, ThatIsSomethingElseIsUnreadable) {
  for (const char* const text :
       {"", "\n", "hello", "{}", "<html></html>", "{\"format\":\"other/1\"}\n",
        "\x7f"
        "ELF"}) {
    const auto package = read_package(text);
    ASSERT_FALSE(package) << text;
    EXPECT_EQ(package.error().code, ErrorCode::kUnreadable);
  }
}

// Nothing was found wrong with it, so it must not be called altered.
TEST(Package, WithALargerHeaderThanIsReadIsUnreadable) {
  Sample s;
  for (const bool are_receipts : {false, true}) {
    PackageHeader header = s.panel.header(s.site);
    auto& list = are_receipts ? header.receipts : header.documents;
    list.assign(100'001, s.site.receipt("panel-2", 1, s.panel.stored[0].hash));
    const auto package =
        read_package(write_package(header, s.panel.lines(), s.panel.key, s.panel.now));
    ASSERT_FALSE(package);
    EXPECT_EQ(package.error().code, ErrorCode::kUnreadable);
  }
  const auto header = internal::read_header(std::string((256u << 20) + 1, ' '));
  ASSERT_FALSE(header);
  EXPECT_EQ(header.error().code, ErrorCode::kUnreadable);
}

TEST(Package, OfAnotherFormatVersionIsUnsupported) {
  const Sample s;
  std::string text = s.panel.export_text(s.site);
  text.replace(text.find("journal/1"), 9, "journal/2");
  EXPECT_EQ(read_package(text).error().code, ErrorCode::kUnsupported);
}

TEST(Package, CutAnywhereHasNoFooter) {
  const Sample s;
  const std::string text = s.panel.export_text(s.site);
  std::size_t cut = text.find('\n') + 1;
  for (const std::string& line : s.panel.lines()) {
    for (const std::size_t part : {std::size_t{0}, line.size() / 2, line.size(), line.size() + 1}) {
      const auto package = read_package(text.substr(0, cut + part));
      ASSERT_TRUE(package);
      EXPECT_TRUE(package->footer_bytes.empty());
    }
    cut += line.size() + 1;
  }
}

TEST(Package, KeepsADamagedFooterApartFromTheLines) {
  const Sample s;
  std::string text = s.panel.export_text(s.site);
  text[text.rfind("{\"purpose\"") + 3] ^= 1;
  const auto package = read_package(text);
  ASSERT_TRUE(package);
  EXPECT_EQ(package->lines.size(), 3u);
  EXPECT_FALSE(package->footer_bytes.empty());
}

TEST(Package, WithADamagedHeaderIsStillReadForVerification) {
  const Sample s;
  std::string text = s.panel.export_text(s.site);
  text[0] ^= 1;
  const auto package = read_package(text);
  ASSERT_TRUE(package);
  EXPECT_EQ(package->lines.size(), 3u);
}

}  // namespace
}  // namespace batchwright::record
