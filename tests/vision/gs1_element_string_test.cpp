// Requirement E2: what a GS1 symbol says, FNC1 included, and whether it is what was expected.
#include "vision/gs1_element_string.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "vision/gs1_table.h"

namespace batchwright::vision {
namespace {

const Gs1Table& table() {
  static const Gs1Table read = [] {
    std::ifstream in(std::string(BATCHWRIGHT_SOURCE_DIR) +
                     "/resources/standards/gs1_identifiers.json");
    return gs1_table_from_json(std::string(std::istreambuf_iterator<char>(in), {})).value();
  }();
  return read;
}

std::vector<std::string> codes(const Findings& findings) {
  std::vector<std::string> found;
  for (const auto& finding : findings) found.push_back(finding.code);
  return found;
}

using Codes = std::vector<std::string>;

TEST(Gs1, ElementsOfFixedAndOpenLengthAreToldApart) {
  const auto reading = read_gs1(table(),
                                "01095060001343521725123110LOT-7\x1d"
                                "21S1\x1d"
                                "3103000250"
                                "3712");
  EXPECT_EQ(codes(reading.findings), Codes{});
  EXPECT_EQ(reading.elements, (std::vector<Gs1Element>{{"01", "09506000134352"},
                                                       {"17", "251231"},
                                                       {"10", "LOT-7"},
                                                       {"21", "S1"},
                                                       {"3103", "000250"},
                                                       {"37", "12"}}));
}

TEST(Gs1, WithoutItsSeparatorALotSwallowsWhatFollows) {
  const auto reading = read_gs1(table(), "10LOT-721S1");
  ASSERT_EQ(reading.elements.size(), 1u);
  EXPECT_EQ(reading.elements[0].value, "LOT-721S1");
}

TEST(Gs1, EveryFaultOfALabelIsNamedAtOnce) {
  const auto reading = read_gs1(table(),
                                "01095060001343531725133110LOT 7\x1d"
                                "37A");
  EXPECT_EQ(codes(reading.findings),
            (Codes{"gs1.check_digit", "gs1.date", "gs1.character", "gs1.digits"}));
}

TEST(Gs1, ADateMayLeaveTheDayOpenAndKnowsLeapYears) {
  for (const char* good : {"17261200", "17280229", "17000229", "17991231"})
    EXPECT_TRUE(read_gs1(table(), good).findings.empty()) << good;
  for (const char* bad : {"17260229", "17260431", "17260031", "17261332", "1726123"})
    EXPECT_FALSE(read_gs1(table(), bad).findings.empty()) << bad;
}

TEST(Gs1, AnUnknownIdentifierEndsTheReadingWithItsPlace) {
  const auto reading = read_gs1(table(),
                                "3712\x1d"
                                "05123");
  EXPECT_EQ(reading.elements.size(), 1u);
  ASSERT_EQ(codes(reading.findings), Codes{"gs1.unknown"});
  EXPECT_EQ(reading.findings[0].place, "5");
  EXPECT_EQ(codes(read_gs1(table(), "").findings), Codes{"gs1.empty"});
  EXPECT_EQ(codes(read_gs1(table(), "3712\x1d").findings), Codes{"gs1.end"});
}

TEST(Gs1, TheLabelIsComparedCharacterForCharacter) {
  const auto reading = read_gs1(table(),
                                "01095060001343521725123110LOT7\x1d"
                                "21S1");
  Gs1Expected expected{"9506000134352", "LOT7", "251231", "S1"};
  EXPECT_EQ(codes(compare_gs1(reading, expected)), Codes{});
  expected = {"9506000134369", "LOT1", "251230", "s1"};
  EXPECT_EQ(compare_gs1(reading, expected).size(), 4u);
  expected = {};
  EXPECT_TRUE(compare_gs1(reading, expected).empty()) << "only what is expected is compared";
}

TEST(Gs1, WhatIsMissingOrThereTwiceIsNotEqual) {
  Gs1Expected expected;
  expected.lot = "A";
  EXPECT_EQ(codes(compare_gs1(read_gs1(table(), "3712"), expected)), Codes{"gs1.missing"});
  EXPECT_EQ(codes(compare_gs1(read_gs1(table(),
                                       "10A\x1d"
                                       "10A"),
                              expected)),
            Codes{"gs1.twice"});
}

TEST(Gs1, ATableOfAnotherKindIsRefused) {
  for (const char* text :
       {"", "[]", "{}", R"({"format":"batchwright/gs1-identifiers/2","identifiers":[]})",
        R"({"format":"batchwright/gs1-identifiers/1","identifiers":[{"ai":"1"}]})",
        R"({"format":"batchwright/gs1-identifiers/1",
            "identifiers":[{"ai":"10","title":"LOT","min":1,"max":20}]})"})
    EXPECT_FALSE(gs1_table_from_json(text).has_value()) << text;
}

// The worker opens no files.
TEST(Gs1Table, TheOneCompiledInIsTheResource) {
  ASSERT_EQ(gs1_table().identifiers.size(), table().identifiers.size());
  for (std::size_t i = 0; i < table().identifiers.size(); ++i) {
    EXPECT_EQ(gs1_table().identifiers[i].ai, table().identifiers[i].ai);
    EXPECT_EQ(gs1_table().identifiers[i].length_max, table().identifiers[i].length_max);
  }
}

}  // namespace
}  // namespace batchwright::vision
