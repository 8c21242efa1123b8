// A signature stands for the lines it covered. Whatever takes one of those out of force takes the
// signature away, and no other. Requirements B8, C3, C6.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;

std::vector<bool> valid(const RunDriver& run, const char* step) {
  std::vector<bool> valid;
  for (const SignatureState& made : run.step(step).signatures) {
    valid.push_back(made.voided_by.empty());
  }
  return valid;
}

// Signed by two people; a result comes when the step is complete.
RunDriver signed_twice() {
  Entry germs = decimal("germs", "", 0);
  germs.late = LateResult{.owner = "laboratory", .due_s = 3600, .blocks = {}};
  RunDriver run(
      linear({step("a", {decimal("x"), decimal("y"), germs}, {performed(), verified()})}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "1"});
  run.must(RecordEntry{"a#1", "y", "2"});
  run.sign("a#1", "performed", kMary);
  run.sign("a#1", "verified", kJan);
  run.must(CompleteStep{"a#1"});
  return run;
}

TEST(SignaturesVoid, AResultThatCameAfterThemTakesNoneAway) {
  RunDriver run = signed_twice();
  run.must(RecordResult{"a#1", "germs", "3", ""}, {"lab", {"laboratory"}});
  run.must(InvalidateValue{"a#1", "germs", "swapped samples", ""}, kPetra);
  EXPECT_THAT(valid(run, "a#1"), ElementsAre(true, true));
  EXPECT_EQ(run.step("a#1").status, StepStatus::kComplete);
}

TEST(SignaturesVoid, TheFirstChangeIsNamedNotTheLast) {
  RunDriver run = signed_twice();
  run.must(CorrectEntry{"a#1", "x", "3", "misread"});
  EXPECT_THAT(valid(run, "a#1"), ElementsAre(false, false));
  const std::string first = run.value("a#1", "x")->line_hash;
  run.must(CorrectEntry{"a#1", "y", "4", "misread"});
  EXPECT_EQ(run.step("a#1").signatures[1].voided_by, first);
  run.must(RepeatStep{"a#1", "spilled"}, kSven);
  EXPECT_EQ(run.step("a#1").signatures[0].voided_by, first);
}

TEST(SignaturesVoid, ARepetitionVoidsThemAll) {
  RunDriver run = signed_twice();
  run.must(RepeatStep{"a#1", "spilled"}, kSven);
  EXPECT_THAT(valid(run, "a#1"), ElementsAre(false, false));
}

TEST(SignaturesVoid, NewLimitsVoidThoseThatCoveredTheOldOnes) {
  Entry judged = decimal("x");
  judged.limit_formulas = {{&Limits::action_high, expr("{a:base} * 2")}};
  RunDriver run(linear({step("a", {decimal("base"), judged}, {performed(), verified()})}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "base", "5"});
  EXPECT_EQ(run.step("a#1").limits.at("x").action_high, dec("10.0"));
  run.must(RecordEntry{"a#1", "x", "7"});
  run.sign("a#1", "performed", kMary);
  const std::string before = run.step("a#1").limit_lines.at("x");
  EXPECT_THAT(run.step("a#1").lines, ::testing::Contains(before));
  run.must(CorrectEntry{"a#1", "base", "6", "misread"});
  EXPECT_NE(run.step("a#1").limit_lines.at("x"), before);
  EXPECT_EQ(run.step("a#1").limits.at("x").action_high, dec("12.0"));
  EXPECT_THAT(valid(run, "a#1"), ElementsAre(false));
}

SignatureState made(const char* meaning, const char* role, const char* voided_by = "") {
  SignatureState signature;
  signature.meaning = meaning;
  signature.role = role;
  signature.voided_by = voided_by;
  return signature;
}

std::vector<std::string> missing(const std::vector<SignatureRule>& rules,
                                 const std::vector<SignatureState>& signatures) {
  StepContent content;
  content.signatures = rules;
  StepState step;
  step.signatures = signatures;
  std::vector<std::string> names;
  for (const SignatureRule& rule : missing_signatures(content, step)) {
    names.push_back(rule.meaning + " " + rule.role);
  }
  return names;
}

TEST(MissingSignatures, AreThoseWhoseMeaningAndRoleNobodySignedInForce) {
  const std::vector<SignatureRule> rules = {{"performed", "operator", false},
                                            {"verified", "supervisor", true}};
  EXPECT_THAT(missing(rules, {}), ElementsAre("performed operator", "verified supervisor"));
  EXPECT_THAT(missing(rules, {made("performed", "operator")}), ElementsAre("verified supervisor"));
  EXPECT_THAT(missing(rules, {made("performed", "supervisor"), made("verified", "operator")}),
              ElementsAre("performed operator", "verified supervisor"));
  EXPECT_THAT(
      missing(rules, {made("performed", "operator", "line"), made("verified", "supervisor")}),
      ElementsAre("performed operator"));
}

TEST(MissingSignatures, OneSignatureServesOneRule) {
  const std::vector<SignatureRule> twice = {{"verified", "operator", true},
                                            {"verified", "operator", true}};
  EXPECT_THAT(missing(twice, {made("verified", "operator")}), ElementsAre("verified operator"));
  EXPECT_TRUE(missing(twice, {made("verified", "operator"), made("verified", "operator")}).empty());
}

}  // namespace
}  // namespace batchwright::workflows::test
