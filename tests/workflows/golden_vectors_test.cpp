// Golden vectors for rounding and formulas, from files that name the source of every number.
// Requirement A5: the declared rule is applied, the limit is compared on the reported value.
// Requirement A6: exact to the declared decimals.
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/recipe_files.h"
#include "tests/workflows/run_driver.h"
#include "workflows/check.h"
#include "workflows/entry_value.h"

namespace batchwright::workflows::test {
namespace {

std::vector<std::string> split(const std::string& text, const std::string& by) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at != std::string::npos;) {
    const std::size_t end = text.find(by, at);
    parts.push_back(text.substr(at, end == std::string::npos ? end : end - at));
    at = end == std::string::npos ? end : end + by.size();
  }
  return parts;
}

// The rows of a table in tests/workflows/vectors/, without comments.
std::vector<std::vector<std::string>> rows(const std::string& name, std::size_t columns) {
  std::vector<std::vector<std::string>> rows;
  std::stringstream text(repository_file("tests/workflows/vectors/" + name));
  for (std::string line; std::getline(text, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    rows.push_back(split(line, "\t"));
    EXPECT_EQ(rows.back().size(), columns) << line;
    rows.back().resize(columns);
  }
  return rows;
}

Rounding rounding_of(const std::string& word) {
  if (word == "half_up") return Rounding::kHalfUp;
  return word == "down" ? Rounding::kDown : Rounding::kHalfEven;
}

std::optional<Decimal> bound(const std::string& text) {
  if (text == "-") return std::nullopt;
  return dec(text);
}

TEST(GoldenVectors, RoundingIsAsPublishedAndTheLimitIsComparedOnTheReportedValue) {  // A5
  const auto vectors = rows("rounding.tsv", 7);
  ASSERT_GE(vectors.size(), 30U);
  for (const auto& row : vectors) {
    Entry entry = decimal("x", "%", std::stoi(row[1]));
    entry.rounding = rounding_of(row[2]);
    const auto limits = split(row[4], " ");
    entry.limits.action_low = bound(limits.at(0));
    entry.limits.action_high = bound(limits.at(1));
    const auto typed = read_entry_value(entry, row[0]);
    ASSERT_TRUE(typed) << row[0];
    EXPECT_EQ(typed->value, row[3]) << row[0] << ", " << row[6];
    EXPECT_EQ(typed->verdict, row[5]) << row[0] << ", " << row[6];
    EXPECT_EQ(report_decimal(entry, dec(row[0]))->value, row[3]) << row[6];
  }
}

// The named values of a vector as parameters: id=value unit; id=value unit
std::vector<Parameter> parameters_of(const std::string& text) {
  std::vector<Parameter> parameters;
  for (const std::string& part : split(text, "; ")) {
    const std::size_t equals = part.find('=');
    const std::string value = part.substr(equals + 1);
    const std::size_t space = value.find(' ');
    Parameter parameter;
    parameter.id = part.substr(0, equals);
    parameter.title = {{"en", parameter.id}};
    parameter.value.value = dec(value.substr(0, space));
    if (space != std::string::npos) parameter.value.unit = value.substr(space + 1);
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

// The whole way: checked as a recipe, computed by a run, read from the record.
TEST(GoldenVectors, FormulasGiveThePublishedNumberToTheDeclaredDecimals) {  // A6
  const auto vectors = rows("formulas.tsv", 7);
  ASSERT_GE(vectors.size(), 30U);
  for (const auto& row : vectors) {
    SCOPED_TRACE(row[0] + " with " + row[1] + ", " + row[6]);
    Entry entry = computed("r", row[0], std::stoi(row[3]));
    entry.unit = row[2];
    entry.rounding = rounding_of(row[4]);
    const auto mbr = linear({step("s", {entry})}, {}, parameters_of(row[1]));
    for (const Finding& finding : check_mbr(*mbr)) {
      EXPECT_FALSE(finding.code.starts_with("expression.")) << finding.message;
    }
    RunDriver run(mbr);
    run.start();
    run.must(BeginStep{"s#1"});
    ASSERT_NE(run.value("s#1", "r"), nullptr);
    EXPECT_EQ(run.value("s#1", "r")->value, row[5]);
  }
}

TEST(GoldenVectors, PotencyRefusesWhatIsNoAssayOrLossOnDrying) {
  for (const char* const text : {"potency(1, 0, 0)", "potency(1, -1, 0)", "potency(1, 99, 100)",
                                 "potency(1, 99, 101)", "potency(1, 99, -0.1)"}) {
    const auto value = expr(text).evaluate({});
    ASSERT_FALSE(value) << text;
    EXPECT_EQ(value.error().code, ErrorCode::kRefused) << text;
    EXPECT_TRUE(value.error().message.starts_with("potency: the assay")) << text;
  }
}

// convert() in a run starts from the unit that the record declares, also of what is computed.
TEST(GoldenVectors, ConvertUsesTheUnitsThatTheRecordDeclares) {
  Entry sum = computed("sum", "convert({a:g}, \"kg\") + {a:kg}", 3);
  sum.unit = "kg";
  Entry share = computed("share", "convert({a:g} / {a:kg}, \"ppm\")", 0);
  share.unit = "ppm";
  RunDriver run(linear({step("a", {decimal("g", "g"), decimal("kg", "kg", 2), sum, share})}));
  run.start();
  run.work("a#1", {{"g", "250.5"}, {"kg", "2.00"}});
  EXPECT_EQ(run.value("a#1", "sum")->value, "2.250");  // 2.2505, half to even
  EXPECT_EQ(run.value("a#1", "share")->value, "125250");
  EXPECT_EQ(run.bodies("entry_computed").at(0)["formula"], "convert({a:g}, \"kg\") + {a:kg}");
}

TEST(GoldenVectors, ConvertWithoutAUnitToStartFromIsAFormulaErrorAndNoNumber) {
  for (const char* const text : {"convert(5, \"kg\")", "convert({x} + {y}, \"kg\")"}) {
    Expression::Environment environment;
    environment.value = [](std::string_view) { return Value(Decimal(1)); };
    environment.unit = [](std::string_view name) { return name == "x" ? "kg" : "L"; };
    EXPECT_FALSE(expr(text).evaluate(environment)) << text;
  }
}

}  // namespace
}  // namespace batchwright::workflows::test
