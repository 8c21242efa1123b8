// XML is read as data: no entities, no files, no bombs, no depth.
#include "workflows/internal/xml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/workflows/recipe_files.h"

namespace batchwright::workflows {
namespace {

TEST(Xml, ElementsTextAndLinesArriveByLocalName) {
  const auto root = parse_xml(
      "<a:r xmlns:a=\"urn:x\">\n <a:k> v <!-- c -->w </a:k>\n <k><![CDATA[<2>]]></k></a:r>");
  ASSERT_TRUE(root.has_value()) << root.error().message;
  EXPECT_EQ(root->name, "r");
  EXPECT_EQ(root->name_space, "urn:x");
  ASSERT_EQ(root->children.size(), 2U);
  EXPECT_EQ(root->child_text("k"), "v w");
  EXPECT_EQ(root->children[1].text, "<2>");
  EXPECT_EQ(root->children[1].line, 3);
  EXPECT_EQ(root->child("none"), nullptr);
  EXPECT_EQ(root->child_text("none"), "");
}

TEST(Xml, TheFiveKnownEntitiesAndCharacterReferencesAreText) {
  EXPECT_EQ(parse_xml("<r>&lt;&amp;&gt;&quot;&apos;&#176;&#x43;</r>")->text, "<&>\"'°C");
}

TEST(Xml, BrokenXmlIsRefusedWithItsLine) {
  for (const char* text : {"", "text", "<a>", "<a></b>", "<a\n><b></a>", "<a>&unknown;</a>",
                           "<a b=c/>", "<a/><b/>", "<a>\x01</a>", "\xff\xfe"}) {
    const auto root = parse_xml(text);
    ASSERT_FALSE(root.has_value()) << text;
    EXPECT_EQ(root.error().code, ErrorCode::kMalformed) << text;
  }
  EXPECT_EQ(parse_xml("<a>\n<b>\n</a>").error().place, "line 3");
}

void expect_doctype_refused(const std::string& text) {
  const auto root = parse_xml(text);
  ASSERT_FALSE(root.has_value());
  EXPECT_EQ(root.error().code, ErrorCode::kMalformed);
  EXPECT_THAT(root.error().message, testing::HasSubstr("DOCTYPE"));
}

TEST(Xml, AnyDoctypeIsRefused) {
  expect_doctype_refused("<!DOCTYPE r><r/>");
  expect_doctype_refused("<!DOCTYPE r SYSTEM \"http://localhost:9/x.dtd\"><r/>");
  expect_doctype_refused("<!DOCTYPE r [<!ENTITY e \"x\">]><r>&e;</r>");
}

TEST(Xml, ABombOfEntitiesIsRefusedBeforeItUnfolds) {
  std::string bomb = "<!DOCTYPE r [<!ENTITY e0 \"0123456789\">";
  for (int i = 1; i < 40; ++i) {
    const std::string before = "&e" + std::to_string(i - 1) + ";";
    bomb += "<!ENTITY e" + std::to_string(i) + " \"" + before + before + before + before + "\">";
  }
  expect_doctype_refused(bomb + "]><r a=\"&e39;\">&e39;</r>");
  expect_doctype_refused("<!DOCTYPE r [<!ENTITY % p \"<!ENTITY e '&#37;p;'>\"> %p; %p;]><r/>");
}

TEST(Xml, AFileNamedByAnEntityIsNeverRead) {
  const auto file = std::filesystem::temp_directory_path() / "batchwright-xml-test-secret";
  std::ofstream(file) << "secret";
  expect_doctype_refused("<!DOCTYPE r [<!ENTITY e SYSTEM \"file://" + file.string() +
                         "\">]><r>&e;</r>");
  const auto included =
      parse_xml("<r xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"" +
                file.string() + "\" parse=\"text\"/></r>");
  ASSERT_TRUE(included.has_value());
  EXPECT_EQ(included->children.at(0).text, "");
  std::filesystem::remove(file);
}

std::string nested(int levels) {
  std::string text;
  for (int i = 0; i < levels; ++i) text += "<a>";
  for (int i = 0; i < levels; ++i) text += "</a>";
  return text;
}

TEST(Xml, DeepNestingIsRefused) {
  EXPECT_TRUE(parse_xml(nested(100)).has_value());
  EXPECT_FALSE(parse_xml(nested(101)).has_value());
  EXPECT_FALSE(parse_xml(nested(10'000)).has_value());
}

TEST(Xml, MoreBytesOrElementsThanTheLimitAreRefused) {
  EXPECT_EQ(parse_xml("<a>12345</a>", {.bytes_max = 8}).error().code, ErrorCode::kFull);
  EXPECT_EQ(parse_xml("<a><b/><b/><b/></a>", {.elements_max = 2}).error().code, ErrorCode::kFull);
}

TEST(Xml, Utf16IsReadAndADoctypeInItIsStillRefused) {
  const auto utf16 = [](const std::string& ascii) {
    std::string out = "\xff\xfe";
    for (const char c : ascii) {
      out += c;
      out += '\0';
    }
    return out;
  };
  EXPECT_EQ(parse_xml(utf16("<r>x</r>"))->text, "x");
  expect_doctype_refused(utf16("<!DOCTYPE r [<!ENTITY e \"x\">]><r>&e;</r>"));
}

}  // namespace
}  // namespace batchwright::workflows
