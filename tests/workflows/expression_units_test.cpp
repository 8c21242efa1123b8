// Formulas and conditions are checked for kind and unit before a run, all findings at once.
// Requirements A5 (wrong unit refused) and A6 (211.68(b): formulas checked for accuracy).
#include <gmock/gmock.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/recipe_files.h"
#include "workflows/check.h"

namespace batchwright::workflows::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// What the names in the cases below stand for.
std::vector<Entry> measured() {
  std::vector<Entry> entries;
  for (const auto& [id, unit] : {std::pair{"kg", "kg"},
                                 {"kg2", "kg"},
                                 {"g", "g"},
                                 {"L", "L"},
                                 {"percent", "%"},
                                 {"lod", "%"},
                                 {"ppm", "ppm"},
                                 {"ratio", ""},
                                 {"n", ""},
                                 {"degC", "°C"},
                                 {"degC2", "°C"},
                                 {"degF", "°F"},
                                 {"K", "K"},
                                 {"mol_per_L", "mol/L"},
                                 {"g_per_mol", "g/mol"},
                                 {"h", "h"},
                                 {"rate", "kg/(m2.h)"},
                                 {"area", "m²"},
                                 {"pH", "pH"}}) {
    entries.push_back(decimal(id, unit));
  }
  entries.push_back(entry("yes", EntryKind::kYesNo));
  entries.push_back(entry("word", EntryKind::kText));
  return entries;
}

// "{x}" in a case is an entry of the step "m".
std::string with_paths(const std::string& text) {
  std::string out;
  for (const char c : text) {
    out += c;
    if (c == '{') out += "m:";
  }
  return out;
}

Findings about_expressions(const Mbr& mbr) {
  Findings findings = check_mbr(mbr);
  std::erase_if(findings, [](const Finding& f) { return !f.code.starts_with("expression."); });
  return findings;
}

Findings check_formula(const std::string& formula, const std::string& unit) {
  Entry result = computed("result", with_paths(formula));
  result.unit = unit;
  return about_expressions(*linear({step("m", measured()), step("r", {result})}));
}

Findings check_condition(const std::string& condition) {
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece body = chart.element(step("m", measured()));
  chart.finish(chart.loop(body, with_paths(condition)));
  return about_expressions(*finished(procedure));
}

std::vector<std::string> codes(const Findings& findings) {
  std::vector<std::string> codes;
  for (const Finding& finding : findings) {
    codes.push_back(std::string(finding.severity == Severity::kError ? "error " : "warning ") +
                    finding.code.substr(finding.code.find('.') + 1));
  }
  return codes;
}

struct Formula {
  const char *text, *unit;
};

class SoundFormulas : public testing::TestWithParam<Formula> {};

TEST_P(SoundFormulas, HaveNoFinding) {
  const auto& [text, unit] = GetParam();
  const Findings findings = check_formula(text, unit);
  EXPECT_THAT(findings, IsEmpty()) << text << ": " << findings.front().message;
}

INSTANTIATE_TEST_SUITE_P(
    Units, SoundFormulas,
    testing::Values(
        Formula{"{kg} + {kg2}", "kg"}, Formula{"{kg} - {kg2} - 0.5", "kg"},
        Formula{"{L} * {mol_per_L} * {g_per_mol}", "g"},
        Formula{"{L} * {mol_per_L} * {g_per_mol} * 10000 / ({percent} * (100 - {lod}))", "g"},
        Formula{"{g} * (100 / {percent}) * (100 / (100 - {lod}))", "g"},
        Formula{"100 * {kg} / {kg2}", "%"}, Formula{"{kg} / {kg2} * 100", "%"},
        Formula{"100 * ({kg} - {kg2}) / {kg2}", "%"}, Formula{"{kg} * {percent} / 100", "kg"},
        Formula{"{kg} / {kg2}", ""}, Formula{"1000000 * {kg} / {kg2}", "ppm"},
        Formula{"{percent} / 100", ""}, Formula{"100 - {percent} - {lod}", "%"},
        Formula{"mean({percent}, {lod}, 3)", "%"}, Formula{"{rate} * {area} * {h}", "kg"},
        Formula{"{kg} / {h}", "kg/h"}, Formula{"{kg} / ({area} * {h})", "kg/(m2.h)"},
        Formula{"max({kg}, {kg2}, 1.5)", "kg"}, Formula{"round({kg}, 2)", "kg"},
        Formula{"round({kg}, {n})", "kg"}, Formula{"-{kg}", "kg"}, Formula{"5", "kg"},
        Formula{"if({yes}, {kg}, 0)", "kg"}, Formula{"if({word} = \"a\", 1, 2)", ""},
        Formula{"if({kg} > 5 and not {yes}, {kg}, {kg2})", "kg"}, Formula{"count(\"m\") + 1", ""},
        Formula{"mean({pH}, {pH})", "pH"}, Formula{"{pH} - 7.00", "pH"},
        Formula{"{kg} * {n}", "kg"}, Formula{"1 / {h}", "1/h"}));

INSTANTIATE_TEST_SUITE_P(Functions, SoundFormulas,
                         testing::Values(Formula{"potency({g}, {percent}, {lod})", "g"},
                                         Formula{"potency({g}, {percent}, 0)", "g"},
                                         Formula{"potency({g}, 100 * {kg} / {kg2}, {lod})", "g"},
                                         Formula{"yield({kg}, {kg2})", "%"},
                                         Formula{"yield({kg} + {kg2}, 100)", "%"},
                                         Formula{"yield({kg}, {kg2}) - {percent}", "%"},
                                         Formula{"ratio({kg}, {kg2})", ""},
                                         Formula{"100 * ratio({kg}, {kg2})", "%"},
                                         Formula{"convert({g}, \"kg\") + {kg}", "kg"},
                                         Formula{"convert({kg} / {L}, \"kg/m³\")", "kg/m³"},
                                         Formula{"convert({ratio}, \"%\")", "%"},
                                         Formula{"convert({percent}, \"1\")", ""},
                                         Formula{"convert({percent}, \"ppm\") + {ppm}", "ppm"}));

INSTANTIATE_TEST_SUITE_P(
    Temperatures, SoundFormulas,
    testing::Values(Formula{"{degC}", "°C"}, Formula{"mean({degC}, {degC2})", "°C"},
                    Formula{"{degC} - {degC2}", "K"}, Formula{"{degC} - {degC2}", "°C"},
                    Formula{"{degC} + ({degC2} - 25.0)", "°C"}, Formula{"({degC} - 25) * 0.5", "K"},
                    Formula{"max({degC}, 20)", "°C"}, Formula{"convert({degF}, \"°C\")", "°C"},
                    Formula{"convert({degC} - {degC2}, \"K\")", "K"},
                    Formula{"convert({degC}, \"K\") * {n}", "K"}));

struct Mistake {
  const char *text, *unit;
  std::vector<std::string> codes;
  const char* words;  // what the message says, besides the place
};

class WrongFormulas : public testing::TestWithParam<Mistake> {};

TEST_P(WrongFormulas, AreFoundWithPlaceAndRemedy) {
  const auto& [text, unit, expected, words] = GetParam();
  const Findings findings = check_formula(text, unit);
  ASSERT_EQ(codes(findings), expected) << text;
  for (const Finding& finding : findings) EXPECT_EQ(finding.place, "r:result");
  EXPECT_THAT(findings.front().message, AllOf(HasSubstr(words), HasSubstr(with_paths(text))));
}

INSTANTIATE_TEST_SUITE_P(
    OtherUnit, WrongFormulas,
    testing::Values(
        Mistake{"{kg} + {g}", "kg", {"error unit"}, "write convert({m:g}, \"kg\")"},
        Mistake{"{kg} + {g}", "kg", {"error unit"}, "{m:kg} is in kg, {m:g} is in g"},
        Mistake{"{kg} - {L}", "kg", {"error unit"}, "{m:kg} is in kg, {m:L} is in L. These"},
        Mistake{"{kg} + {n}", "kg", {"error unit"}, "{m:n} is in a pure number"},
        Mistake{"mean({kg}, {kg2}, {g})", "kg", {"error unit"}, "convert({m:g}"},
        Mistake{"min(1, {L}, {g})", "L", {"error unit"}, "measure different things"},
        Mistake{"max({kg}, {g})", "kg", {"error unit"}, "convert"},
        Mistake{"sum({kg}, 1, {g})", "kg", {"error unit"}, "convert"},
        Mistake{"if({yes}, {kg}, {g})", "kg", {"error unit"}, "convert"},
        Mistake{"if({kg} > {g}, 1, 2)", "", {"error unit"}, "Column 4"},
        Mistake{"{kg} * 2", "g", {"error unit"}, "convert(..., \"g\")"},
        Mistake{"{kg} * 1000", "g", {"error unit"}, "gives kg, the entry is declared in g"},
        Mistake{"{kg} * 2", "", {"error unit"}, "declared in a pure number"},
        Mistake{"{kg} / {L}", "kg/m³", {"error unit"}, "gives kg/L"},
        Mistake{"{kg} * {L}", "kg", {"error unit"}, "different things"},
        Mistake{"{kg} / {kg2}", "kg", {"error unit"}, "gives a pure number"},
        Mistake{"{L} * 0.05 * 121.14", "g", {"error unit"}, "make a constant that has a unit"},
        Mistake{"{kg} / {g}", "", {"error unit"}, "gives 1000"},
        Mistake{"{percent} + {ppm}", "%", {"error unit"}, "convert({m:ppm}, \"%\")"},
        Mistake{"{percent} + {ratio}", "%", {"error unit"}, "convert({m:ratio}, \"%\")"},
        Mistake{"round({kg}, {L})", "kg", {"error unit"}, "places"},
        Mistake{"yield({kg}, {g})", "%", {"error unit"}, "convert"},
        Mistake{"ratio({kg}, {L})", "", {"error unit"}, "different things"},
        Mistake{"potency({g}, {ratio}, {lod})", "g", {"error unit"}, "in %"},
        Mistake{"potency({g}, {kg}, {kg2})", "g", {"error unit", "error unit"}, "in %"},
        Mistake{"convert({kg}, \"L\")", "L", {"error unit"}, "can't become L"},
        Mistake{"convert(5, \"L\")", "L", {"error unit"}, "constant"}));

INSTANTIATE_TEST_SUITE_P(
    Temperatures, WrongFormulas,
    testing::Values(Mistake{"{degC} + {degC2}", "°C", {"error unit"}, "mean()"},
                    Mistake{"sum({degC}, {degC2})", "°C", {"error unit"}, "mean()"},
                    Mistake{"{degC} * 1.8 + 32", "°F", {"error unit"}, "convert"},
                    Mistake{"100 * {kg} / {degC}", "kg/K", {"error unit"}, "zero"},
                    Mistake{"{degC}", "K", {"error unit"}, "gives °C, the entry is declared in K"},
                    Mistake{"{degC} - {degF}", "K", {"error unit"}, "convert({m:degF}, \"°C\")"},
                    Mistake{"max({degC}, {K})", "°C", {"error unit"}, "zeros differ"},
                    Mistake{
                        "convert({degC} - {degC2}, \"°F\")", "°F", {"error unit"}, "difference"}));

INSTANTIATE_TEST_SUITE_P(
    Percent, WrongFormulas,
    testing::Values(
        Mistake{"{kg} / {kg2}", "%", {"warning percent"}, "100"},
        Mistake{"100 * {kg} / {kg2} - {percent} * {lod}", "%", {"warning percent"}, "100"},
        Mistake{"{kg} * {percent}", "kg", {"warning percent"}, "100"},
        Mistake{"100 * yield({kg}, {kg2})", "%", {"warning percent"}, "100"},
        Mistake{"{g} * 100 / ({percent} * (100 - {lod}))", "g", {"warning percent"}, "100"},
        Mistake{"convert(100 * {kg} / {kg2}, \"%\")", "%", {"warning percent"}, "factor away"}));

INSTANTIATE_TEST_SUITE_P(
    OtherKind, WrongFormulas,
    testing::Values(Mistake{"{word} + 1", "", {"error kind"}, "{m:word} is a text"},
                    Mistake{"{yes} * 2", "", {"error kind"}, "true or false"},
                    Mistake{"{kg} > 1", "", {"error kind"}, "Use if(condition, 1, 0)"},
                    Mistake{"{word}", "", {"error kind"}, "gives a text"},
                    Mistake{"if({kg}, 1, 2)", "", {"error kind"}, "condition"},
                    Mistake{"if({yes}, 1, \"a\")", "", {"error kind"}, "one kind"},
                    Mistake{"if({word} = 1, 1, 2)", "", {"error kind"}, "one kind"},
                    Mistake{"if({word} < \"b\", 1, 2)", "", {"error kind"}, "compare numbers only"},
                    Mistake{"if({yes} and {kg}, 1, 2)", "", {"error kind"}, "and, or"},
                    Mistake{"if(not {word}, 1, 2)", "", {"error kind"}, "and, or"},
                    Mistake{"round({kg}, 35)", "kg", {"error kind"}, "0 to 34"},
                    Mistake{"round({kg}, 0.5)", "kg", {"error kind"}, "0 to 34"},
                    // The branch that no trial with sample values would have reached.
                    Mistake{"if({yes}, 1, {word} + 1)", "", {"error kind"}, "{m:word} is a text"},
                    // All at once.
                    Mistake{"({kg} + {g}) * ({word} + 1) - ({degC} * 2)",
                            "kg",
                            {"error unit", "error kind", "error unit"},
                            "convert"}));

TEST(ExpressionUnits, AnUnknownNameDoesNotHideTheOtherMistakes) {
  Entry result = computed("result", "{nobody} + {m:kg} + {m:g}");
  result.unit = "kg";
  const auto findings = check_mbr(*linear({step("m", measured()), step("r", {result})}));
  EXPECT_EQ(count_code(findings, "name.unknown"), 1U);
  EXPECT_EQ(count_code(findings, "expression.unit"), 1U);
}

TEST(ExpressionUnits, ConditionsAreCheckedLikeFormulas) {
  for (const char* const sound :
       {"{kg} > 7.45 and {degC} >= 24.0", "{degC} - {degC2} > 2", "{word} <> \"steel\" or {yes}",
        "completed(\"m\") and count(\"m\") < 4", "100 * {kg} / {kg2} > {percent}"}) {
    EXPECT_THAT(check_condition(sound), IsEmpty()) << sound;
  }
  EXPECT_THAT(codes(check_condition("{kg} > {g}")), ElementsAre("error unit"));
  EXPECT_THAT(codes(check_condition("{kg} + 1")), ElementsAre("error kind"));
  EXPECT_THAT(codes(check_condition("{degC} = {K}")), ElementsAre("error unit"));
  EXPECT_THAT(codes(check_condition("{kg} / {kg2} > {percent}")), ElementsAre("error unit"));
  EXPECT_THAT(codes(check_condition("100 * {kg} / {kg2} > {ratio} * {percent} * 100")),
              ElementsAre("warning percent"));
}

TEST(ExpressionUnits, AnEntryMayHaveAnyUnitMadeOfKnownOnes) {
  const auto mbr = linear({step("m", {decimal("flux", "L/(m²·h)"), decimal("odd", "stone/h")})});
  const Findings findings = check_mbr(*mbr);
  EXPECT_EQ(count_code(findings, "unit.unknown"), 1U);
}

// Nothing that an expression of the greatest length can hold makes the check slow or its words
// long.
TEST(ExpressionUnits, AProductOfManyUnitsIsBounded) {
  std::string product = "{m:x}";
  while (product.size() < 990) product += "*{m:x}";
  for (const char* const unit : {"wk9", "kg9.m9.wk9", "1/ppb", "mg/100000007 L"}) {
    Entry result = computed("r", product);
    const auto mbr = linear({step("m", {decimal("x", unit)}), step("s", {result})});
    const Findings findings = about_expressions(*mbr);
    ASSERT_EQ(findings.size(), 1U) << unit;
    EXPECT_LT(findings.front().message.size(), 2'000U) << unit;
  }
}

}  // namespace
}  // namespace batchwright::workflows::test
