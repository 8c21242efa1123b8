// Requirement E8: what a report says is counted from the cases, and nothing is added up that
// doesn't belong together.
#include "vision/validation.h"

#include <gtest/gtest.h>

#include <deque>

namespace batchwright::vision {
namespace {

// Cases whose answers are given, not judged.
class ValidationTest : public ::testing::Test {
 protected:
  ChallengeCase& add(Verdict truth, Answer answer, int times = 1) {
    for (int i = 0; i < times; ++i) {
      ChallengeCase one;
      one.id = std::to_string(asked_.size() + 1);
      one.truth = truth;
      asked_.push_back(one);
      judged_.push_back({&asked_.back(), answer, {}, 1});
    }
    return asked_.back();
  }

  [[nodiscard]] Validation validation() const { return validate(judged_); }

  std::deque<ChallengeCase> asked_;
  std::vector<JudgedCase> judged_;
};

TEST_F(ValidationTest, TheMatrixHoldsEveryCaseOnceByTruthAndAnswer) {
  add(Verdict::kPass, Answer::kPass, 5);
  add(Verdict::kPass, Answer::kFail, 2);
  add(Verdict::kPass, Answer::kUndecided, 3);
  add(Verdict::kFail, Answer::kFail, 7);
  add(Verdict::kFail, Answer::kPass);
  add(Verdict::kUndecided, Answer::kNotPerformed, 4);
  const auto figures = validation().groups.at(0);
  const std::array<std::int64_t, kAnswers> pass{5, 0, 2, 3, 0}, fails{1, 0, 7, 0, 0},
      undecided{0, 0, 0, 0, 4};
  EXPECT_EQ(figures.matrix[0], pass);
  EXPECT_EQ(figures.matrix[1], fails);
  EXPECT_EQ(figures.matrix[2], undecided);
  EXPECT_EQ(figures.false_reject, rate_of(2, 10));
  EXPECT_EQ(figures.no_decision, rate_of(3, 10));
  EXPECT_EQ(figures.false_accept, rate_of(1, 8));
  EXPECT_EQ(figures.accepted_undecidable, rate_of(0, 4));
}

TEST_F(ValidationTest, NothingWrongIn299ProvesOnePercentAndNotLess) {
  add(Verdict::kFail, Answer::kFail, 299);
  EXPECT_LE(validation().groups.at(0).false_accept.upper, 0.01);
  EXPECT_GT(validation().groups.at(0).false_accept.upper, 0.0099);
}

TEST_F(ValidationTest, PlausibleAndRandomWrongItemsAreCountedApart) {
  add(Verdict::kFail, Answer::kPass).wrong = WrongKind::kPlausible;
  add(Verdict::kFail, Answer::kFail).wrong = WrongKind::kPlausible;
  add(Verdict::kFail, Answer::kFail).wrong = WrongKind::kRandom;
  add(Verdict::kFail, Answer::kUndecided);
  const auto figures = validation().groups.at(0);
  EXPECT_EQ(figures.false_accept, rate_of(1, 4));
  EXPECT_EQ(figures.false_accept_plausible, rate_of(1, 2));
  EXPECT_EQ(figures.false_accept_random, rate_of(0, 1));
}

TEST_F(ValidationTest, OutOfGateCasesAreAGroupOfTheirOwn) {
  add(Verdict::kFail, Answer::kFail, 10);
  add(Verdict::kFail, Answer::kPass).group = CaseGroup::kOutOfGate;
  const auto found = validation();
  ASSERT_EQ(found.groups.size(), 2u);
  EXPECT_EQ(found.groups[0].false_accept, rate_of(0, 10));
  EXPECT_EQ(found.groups[1].group, CaseGroup::kOutOfGate);
  EXPECT_EQ(found.groups[1].false_accept, rate_of(1, 1));
}

TEST_F(ValidationTest, EveryAcceptedWrongCaseIsListedUpToTheLimitAndAllAreCounted) {
  add(Verdict::kPass, Answer::kPass, 3);
  add(Verdict::kFail, Answer::kPass);
  add(Verdict::kPass, Answer::kPassOtherValue);
  add(Verdict::kUndecided, Answer::kPass);
  EXPECT_EQ(validation().listed, (std::vector<std::string>{"4", "5", "6"}));
  EXPECT_EQ(validation().harmful, 3);
  add(Verdict::kFail, Answer::kPass, 200);
  EXPECT_EQ(validation().listed.size(), kListedMax);
  EXPECT_EQ(validation().harmful, 203);
}

TEST_F(ValidationTest, APassThatReadAnotherValueIsAWrongValueAndNoPass) {
  ChallengeCase asked;
  asked.readings = {{"ph", "7.40"}};
  CheckResult result;
  result.verdict = Verdict::kPass;
  result.readings = {{"temperature", "21.0"}, {"ph", "7.40"}};
  EXPECT_EQ(answer_of(asked, result), Answer::kPass);
  result.readings[1].second = "7.4";
  EXPECT_EQ(answer_of(asked, result), Answer::kPassOtherValue);
  result.readings.clear();
  EXPECT_EQ(answer_of(asked, result), Answer::kPassOtherValue);
  result.verdict = Verdict::kUndecided;
  EXPECT_EQ(answer_of(asked, result), Answer::kUndecided);
}

TEST_F(ValidationTest, ACurveCountsEveryCaseOfItsParameterInOneBin) {
  for (int i = 0; i < 100; ++i)
    add(Verdict::kPass, i < 50 ? Answer::kPass : Answer::kUndecided).parameters["blur_px"] =
        i / 100.0;
  add(Verdict::kFail, Answer::kFail).parameters["blur_px"] = 0.5;
  add(Verdict::kPass, Answer::kPass);  // of no known blur
  const auto curves = validation().groups.at(0).curves;
  ASSERT_EQ(curves.size(), 1u);
  ASSERT_EQ(curves[0].bins.size(), kCurveBinsMax);
  std::int64_t good = 0, missed = 0, wrong = 0;
  for (const auto& bin : curves[0].bins) {
    EXPECT_LT(bin.low, bin.high);
    good += bin.not_passed.trials;
    missed += bin.not_passed.errors;
    wrong += bin.accepted.trials;
  }
  EXPECT_EQ(good, 100);
  EXPECT_EQ(missed, 50);
  EXPECT_EQ(wrong, 1);
  EXPECT_EQ(curves[0].bins.front().not_passed.errors, 0);
  EXPECT_EQ(curves[0].bins.back().not_passed.errors, curves[0].bins.back().not_passed.trials);
}

TEST_F(ValidationTest, AFewValuesAreBinsOfTheirOwn) {
  for (const double px : {3.0, 4.0, 6.0, 4.0})
    add(Verdict::kPass, Answer::kPass).parameters["module_px"] = px;
  const auto bins = validation().groups.at(0).curves.at(0).bins;
  ASSERT_EQ(bins.size(), 3u);
  EXPECT_EQ(bins[1].low, 4);
  EXPECT_EQ(bins[1].high, 4);
  EXPECT_EQ(bins[1].not_passed.trials, 2);
}

TEST_F(ValidationTest, TheJsonHasTheSameNumbers) {
  add(Verdict::kFail, Answer::kPass).wrong = WrongKind::kPlausible;
  add(Verdict::kFail, Answer::kFail, 9).split = Split::kSealed;
  const auto json = to_json(validation());
  const auto& rate = json["groups"][0]["false_accept"];
  EXPECT_EQ(rate["errors"], 1);
  EXPECT_EQ(rate["trials"], 10);
  EXPECT_DOUBLE_EQ(rate["upper_95"].get<double>(), rate_of(1, 10).upper);
  EXPECT_EQ(json["groups"][0]["matrix"]["fail"]["pass"], 1);
  EXPECT_EQ(json["splits"]["sealed"], 1);
  EXPECT_EQ(json["harmful"], 1);
}

}  // namespace
}  // namespace batchwright::vision
