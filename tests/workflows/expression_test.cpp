// The expression language of conditions and formulas. Requirement A6: exact decimals, zero divisor
// never a number.
#include "workflows/expression.h"

#include <gmock/gmock.h>

#include <map>

namespace batchwright::workflows {
namespace {

using testing::ElementsAre;

const std::map<std::string, Value, std::less<>> kValues = {
    {"x", Decimal(4)},      {"zero", Decimal(0)}, {"a/b:c", Decimal::parse("25.30").value()},
    {"yes", true},          {"no", false},        {"word", std::string("steel")},
    {"missing", NoValue{}},
};

Expression::Environment environment() {
  return {.value =
              [](std::string_view name) {
                const auto found = kValues.find(name);
                return found == kValues.end() ? Value(NoValue{}) : found->second;
              },
          .completed = [](std::string_view step) { return step == "done"; },
          .count = [](std::string_view step) { return step == "loop" ? 3 : 0; },
          .unit = [](std::string_view name) { return name == "x" ? "kg" : ""; }};
}

// The result as text; errors as their code.
std::string result_of(const std::string& text) {
  const auto expression = Expression::parse(text);
  if (!expression) return "does not parse, " + expression.error().place;
  const auto value = expression->evaluate(environment());
  if (!value) return value.error().code == ErrorCode::kRefused ? "refused" : "malformed";
  if (const auto* number = std::get_if<Decimal>(&*value)) return number->to_text();
  if (const auto* truth = std::get_if<bool>(&*value)) return *truth ? "true" : "false";
  if (const auto* word = std::get_if<std::string>(&*value)) return "\"" + *word + "\"";
  return "no value";
}

struct Case {
  const char* text;
  const char* result;
};

class ExpressionCases : public testing::TestWithParam<Case> {};

TEST_P(ExpressionCases, EvaluateToTheWrittenResult) {
  EXPECT_EQ(result_of(GetParam().text), GetParam().result) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Arithmetic, ExpressionCases,
    testing::Values(Case{"1 + 2 * 3", "7"}, Case{"(1 + 2) * 3", "9"}, Case{"0.1 + 0.2", "0.3"},
                    Case{"10 - 2 - 3", "5"}, Case{"8 / 4 / 2", "1"}, Case{"-{x} + 1", "-3"},
                    Case{"2 - -3", "5"}, Case{"1.10 * 1.10", "1.2100"},
                    Case{"{x} / {zero}", "refused"}, Case{".5 + 0.5", "1.0"},
                    Case{"{a/b:c} - 25.3", "0.00"},
                    Case{"9999999999999999999999999999999999 * 10", "malformed"}));

INSTANTIATE_TEST_SUITE_P(
    Functions, ExpressionCases,
    testing::Values(
        Case{"mean(1, 2, 6)", "3"}, Case{"sum(1.5, 2.5)", "4.0"}, Case{"min(3, 1, 2)", "1"},
        Case{"max(3, 1, 2)", "3"}, Case{"round(2.345, 2)", "2.34"}, Case{"round(2.5, 0)", "2"},
        Case{"round(3.5, 0)", "4"}, Case{"round(1, 2)", "1.00"}, Case{"round(1, 35)", "malformed"},
        Case{"round(1, 0.5)", "malformed"}, Case{"round(1, -1)", "malformed"},
        Case{"if({yes}, 1, 2)", "1"}, Case{"if({zero} = 0, 0, {x} / {zero})", "0"},
        Case{"if(1, 2, 3)", "malformed"}, Case{"completed(\"done\")", "true"},
        Case{"completed(\"other\")", "false"}, Case{"count(\"loop\") < 4", "true"},
        Case{"yield(49, 50)", "98"}, Case{"ratio(1, 8)", "0.125"},
        Case{"ratio({x}, {zero})", "refused"}, Case{"yield({x}, {zero})", "refused"},
        Case{"potency(99, 99, 0)", "100"}, Case{"potency({x}, {zero}, 0)", "refused"},
        Case{"potency({x}, 99, 100)", "refused"}, Case{"potency({missing}, 99, 0)", "no value"},
        Case{"convert({missing}, \"kg\")", "no value"}, Case{"convert({x}, \"g\")", "4000"},
        Case{"convert({x}, \"L\")", "refused"}, Case{"convert({word}, \"g\")", "malformed"},
        Case{"convert({x}, \"mg\") / convert({x}, \"g\")", "1000"},
        Case{"mean({x}, {missing})", "no value"}));

INSTANTIATE_TEST_SUITE_P(
    Logic, ExpressionCases,
    testing::Values(Case{"true and false or true", "true"}, Case{"not {no} and {yes}", "true"},
                    Case{"1 < 2", "true"}, Case{"2 <= 2", "true"}, Case{"2 > 2", "false"},
                    Case{"2 >= 2", "true"}, Case{"25.3 = {a/b:c}", "true"},
                    Case{"1 <> 1.0", "false"}, Case{"{word} = \"steel\"", "true"},
                    Case{"{word} <> \"steel\"", "false"}, Case{"{word} < \"z\"", "malformed"},
                    Case{"{word} = 1", "malformed"}, Case{"{yes} = true", "true"},
                    Case{"{yes} > false", "malformed"}, Case{"{x} and true", "malformed"},
                    Case{"not {x}", "malformed"}, Case{"{yes} + 1", "malformed"},
                    Case{"{zero} <> 0 and {x} / {zero} > 1", "false"},
                    Case{"{zero} = 0 or {x} / {zero} > 1", "true"}));

INSTANTIATE_TEST_SUITE_P(
    NoValueYet, ExpressionCases,
    testing::Values(Case{"{missing}", "no value"}, Case{"{missing} > 1", "no value"},
                    Case{"not {missing}", "no value"}, Case{"{missing} and true", "no value"},
                    Case{"{missing} or true", "no value"},
                    Case{"{missing} = {missing}", "no value"},
                    Case{"if({missing}, 1, 2)", "no value"}, Case{"1 / {missing}", "no value"},
                    Case{"-{missing}", "no value"}));

INSTANTIATE_TEST_SUITE_P(
    Rejected, ExpressionCases,
    testing::Values(
        Case{"", "does not parse, column 1"}, Case{"1 +", "does not parse, column 4"},
        Case{"(1", "does not parse, column 3"}, Case{"1 2", "does not parse, column 3"},
        Case{"{x", "does not parse, column 1"}, Case{"{}", "does not parse, column 1"},
        Case{"{ x}", "does not parse, column 1"}, Case{"{a{b}", "does not parse, column 1"},
        Case{"\"open", "does not parse, column 1"}, Case{"sqrt(2)", "does not parse, column 1"},
        Case{"if(true, 1)", "does not parse, column 12"},
        Case{"completed({x})", "does not parse, column 15"},
        Case{"count(\"\")", "does not parse, column 10"},
        Case{"convert({x}, {x})", "does not parse, column 18"},
        Case{"convert({x}, \"\")", "does not parse, column 17"},
        Case{"convert({x}, \"furlong\")", "does not parse, column 24"},
        Case{"convert({x})", "does not parse, column 13"},
        Case{"yield(1)", "does not parse, column 9"},
        Case{"potency(1, 99)", "does not parse, column 15"},
        Case{"1.2.3", "does not parse, column 1"}, Case{"1 < 2 < 3", "does not parse, column 7"},
        Case{"x > 1", "does not parse, column 1"}, Case{"1 & 2", "does not parse, column 3"},
        Case{"\"\xC3\xA4\" = ", "does not parse, column 7"},
        Case{"\xFF", "does not parse, column 1"}));

TEST(Expression, ListsTheNamesAndStepsItReadsOnceInOrder) {
  const auto expression = Expression::parse(
      "{b} + {a/s:e} + {b} > 1 and completed(\"s2\") or count(\"s1\") > 0 and "
      "completed(\"s2\")");
  ASSERT_TRUE(expression);
  EXPECT_THAT(expression->references(), ElementsAre("b", "a/s:e"));
  EXPECT_THAT(expression->steps(), ElementsAre("s2", "s1"));
}

TEST(Expression, LengthAndDepthAreBounded) {
  EXPECT_TRUE(Expression::parse(std::string(999, ' ') + "1"));
  EXPECT_FALSE(Expression::parse(std::string(1000, ' ') + "1"));
  const auto nested = [](std::size_t levels) {
    return Expression::parse(std::string(levels, '(') + "1" + std::string(levels, ')'));
  };
  EXPECT_TRUE(nested(64));
  EXPECT_FALSE(nested(65));
  std::string chain = "1";
  while (chain.size() < 998) chain += "+1";
  EXPECT_EQ(result_of(chain), "500");
}

TEST(Expression, WithoutAnEnvironmentNothingHasAValueAndNothingHappened) {
  const auto value = Expression::parse("{x} > 1").value().evaluate({});
  ASSERT_TRUE(value);
  EXPECT_TRUE(std::holds_alternative<NoValue>(*value));
  EXPECT_EQ(Expression::parse("completed(\"s\")").value().evaluate({}).value(), Value(false));
}

}  // namespace
}  // namespace batchwright::workflows
