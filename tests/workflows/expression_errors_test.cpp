// What can't be computed says why, in words for the person who reads the record; limits and
// boundaries of the operations. Requirement A6.
#include <gtest/gtest.h>

#include "workflows/expression.h"

namespace batchwright::workflows {
namespace {

std::string result_of(const std::string& text) {
  const Expression::Environment environment = {.value = [](std::string_view name) -> Value {
                                                 if (name == "x") return Decimal(4);
                                                 if (name == "word") return std::string("steel");
                                                 if (name == "yes") return true;
                                                 return NoValue{};
                                               },
                                               .completed = [](std::string_view) { return true; },
                                               .count = [](std::string_view) { return 2; },
                                               .unit = [](std::string_view) { return "kg"; }};
  const auto expression = Expression::parse(text);
  if (!expression) return "does not parse";
  const auto value = expression->evaluate(environment);
  if (!value) return value.error().message;
  if (const auto* number = std::get_if<Decimal>(&*value)) return number->to_text();
  if (const auto* truth = std::get_if<bool>(&*value)) return *truth ? "true" : "false";
  if (const auto* word = std::get_if<std::string>(&*value)) return *word;
  return "no value";
}

TEST(ExpressionErrors, SayWhatIsOfTheWrongKind) {
  constexpr const char* kLogic = "and, or: both sides must be true or false.";
  EXPECT_EQ(result_of("{x} and true"), kLogic);
  EXPECT_EQ(result_of("false or {word}"), kLogic);
  EXPECT_EQ(result_of("true and {x}"), kLogic);
  EXPECT_EQ(result_of("not {x}"), "not: the operand must be true or false.");
  EXPECT_EQ(result_of("if({x}, 1, 2)"), "if: the condition must be true or false.");
  EXPECT_EQ(result_of("{x} = {word}"), "A comparison needs two values of the same kind.");
  EXPECT_EQ(result_of("{word} < \"z\""), "<, <=, > and >= compare numbers only.");
  EXPECT_EQ(result_of("{yes} >= true"), "<, <=, > and >= compare numbers only.");
  EXPECT_EQ(result_of("1 + {yes}"), "Arithmetic needs numbers.");
  EXPECT_EQ(result_of("max(1, {word})"), "Arithmetic needs numbers.");
  EXPECT_EQ(result_of("convert({word}, \"g\")"), "convert: only numbers have a unit.");
}

TEST(ExpressionErrors, EndAConditionOnlyWhereTheyMatter) {
  EXPECT_EQ(result_of("false and {x}"), "false");  // decided before
  EXPECT_EQ(result_of("true or {x}"), "true");
  EXPECT_EQ(result_of("true and false"), "false");
  EXPECT_EQ(result_of("true and true"), "true");
  EXPECT_EQ(result_of("false or false"), "false");
  EXPECT_EQ(result_of("false or true"), "true");
  EXPECT_EQ(result_of("if(true, 1, 1 / 0)"), "1");
  EXPECT_EQ(result_of("if(false, 1 / 0, 2)"), "2");
  EXPECT_EQ(result_of("not (1 / 0 > 1)"), result_of("1 / 0"));  // an error stays what it is
  EXPECT_EQ(result_of("1 / 0 > 1 or true"), result_of("1 / 0"));
  EXPECT_EQ(result_of("if(1 / 0 > 1, 1, 2)"), result_of("1 / 0"));
  EXPECT_EQ(result_of("convert(1 / 0 * {x}, \"g\")"), result_of("1 / 0"));
  EXPECT_EQ(result_of("sum(1, 1 / 0, 2)"), result_of("1 / 0"));
}

// Each comparison below, at and above.
TEST(ExpressionComparisons, AreStrictOrNotAsWritten) {
  const auto row = [](const std::string& operation) {
    std::string text;
    for (const char* left : {"1", "2", "3"}) {
      text += result_of(left + (" " + operation + " 2")) == "true" ? 'y' : 'n';
    }
    return text;
  };
  EXPECT_EQ(row("<"), "ynn");
  EXPECT_EQ(row("<="), "yyn");
  EXPECT_EQ(row(">"), "nny");
  EXPECT_EQ(row(">="), "nyy");
  EXPECT_EQ(row("="), "nyn");
  EXPECT_EQ(row("<>"), "yny");
}

TEST(ExpressionRounding, TakesWholePlacesFromNoneToThirtyFour) {
  constexpr const char* kPlaces = "round: places must be a whole number from 0 to 34.";
  EXPECT_EQ(result_of("round(1.5, 0)"), "2");
  EXPECT_EQ(result_of("round(0, 34)"), "0." + std::string(34, '0'));
  EXPECT_EQ(result_of("round(0, 35)"), kPlaces);
  EXPECT_EQ(result_of("round(0, -1)"), kPlaces);
  EXPECT_EQ(result_of("round(0, 1.0)"), kPlaces);
  EXPECT_EQ(result_of("round(0, 99999999999)"), kPlaces);
  EXPECT_EQ(result_of("round(1, 33)"), "1." + std::string(33, '0'));
  EXPECT_EQ(result_of("round(1, 34)"), "round: the result needs more than 34 digits.");
}

TEST(ExpressionPotency, TakesAnAssayAndALossOnDryingThatCanBe) {
  constexpr const char* kCantBe =
      "potency: the assay must be above 0 %, the loss on drying from 0 to below 100 %.";
  EXPECT_EQ(result_of("potency(50, 50, 0)"), "100");
  EXPECT_EQ(result_of("potency(50, 100, 50)"), "100");
  EXPECT_EQ(result_of("potency(1, 0, 0)"), kCantBe);
  EXPECT_EQ(result_of("potency(1, -1, 0)"), kCantBe);
  EXPECT_EQ(result_of("potency(1, 50, -0.1)"), kCantBe);
  EXPECT_EQ(result_of("potency(1, 50, 100)"), kCantBe);
  EXPECT_EQ(result_of("potency(1, 50, 99)"), "200");
}

TEST(ExpressionFunctions, OfManyNumbersUseThemAll) {
  EXPECT_EQ(result_of("min(3, 1, 2)"), "1");
  EXPECT_EQ(result_of("max(1, 3, 2)"), "3");
  EXPECT_EQ(result_of("sum(1, 2, 3, 4)"), "10");
  EXPECT_EQ(result_of("mean(1, 2, 3, 4)"), "2.5");
  EXPECT_EQ(result_of("yield(45, 50)"), "90");
  EXPECT_EQ(result_of("ratio(45, 50)"), "0.9");
  EXPECT_EQ(result_of("-{x}"), "-4");
  EXPECT_EQ(result_of("5 - {x}"), "1");
  EXPECT_EQ(result_of("count(\"a\") + 1"), "3");
  EXPECT_EQ(result_of("completed(\"a\")"), "true");
}

TEST(Expressions, ThatWereNeverParsedHaveNoValue) {
  const auto value = Expression().evaluate({});
  ASSERT_TRUE(value);
  EXPECT_TRUE(std::holds_alternative<NoValue>(*value));
  EXPECT_EQ(Expression::parse("count(\"a\")").value().evaluate({}).value(), Value(Decimal(0)));
}

}  // namespace
}  // namespace batchwright::workflows
