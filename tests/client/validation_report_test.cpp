// Requirement E8: the report on a validation says what was counted, on paper and as JSON, and never
// rounds an error away.
#include "client/report/validation_report.h"

#include <gtest/gtest.h>

#include <deque>

namespace batchwright::client::report {
namespace {

struct Validated {
  vision::Check check;
  vision::ChallengeManifest manifest;
  std::deque<vision::ChallengeCase> cases;
  std::vector<vision::JudgedCase> judged;

  Validated() {
    check.id = "vial";
    check.title = {{"en", "Vial label"}};
    check.sha256_hex = std::string(64, 'c');
    manifest.id = "labels";
    manifest.made = "2026-11-22";
    manifest.sha256_hex = std::string(64, 'd');
  }
  void add(int times, vision::Verdict truth, vision::Answer answer, double blur = 0) {
    for (int i = 0; i < times; ++i) {
      cases.emplace_back().truth = truth;
      cases.back().id = std::to_string(cases.size());
      cases.back().parameters["blur"] = blur + i;
      judged.push_back({&cases.back(), answer, {}, 1});
    }
  }
  [[nodiscard]] ValidationFacts facts() const {
    return {check, manifest, {vision::kEngineName, std::string(64, 'e')}, {"sealed"}, 12};
  }
};

TEST(ValidationReport, AnErrorIsNeverRoundedAway) {
  EXPECT_EQ(percent(0), "0 %");
  EXPECT_EQ(percent(1), "100 %");
  EXPECT_EQ(percent(0.01), "1.00 %");
  EXPECT_EQ(percent(0.00996), "0.996 %");
  EXPECT_EQ(percent(0.0000334), "0.0033 %");
  EXPECT_EQ(percent(1e-9), "< 0.0001 %");
  EXPECT_EQ(percent(0.99999999), "99.9999 %");
}

TEST(ValidationReport, TheSameCountsGiveTheSamePagesAndOthersOthers) {
  Validated set;
  set.add(30, vision::Verdict::kPass, vision::Answer::kPass);
  set.add(20, vision::Verdict::kFail, vision::Answer::kFail);
  const auto pdf = validation_pdf(set.facts(), vision::validate(set.judged));
  ASSERT_TRUE(pdf);
  EXPECT_EQ(*pdf, validation_pdf(set.facts(), vision::validate(set.judged)).value());
  set.add(1, vision::Verdict::kFail, vision::Answer::kPass);
  EXPECT_NE(*pdf, validation_pdf(set.facts(), vision::validate(set.judged)).value());
}

TEST(ValidationReport, TheJsonNamesWhatWasJudgedByItsHashes) {
  Validated set;
  set.add(5, vision::Verdict::kFail, vision::Answer::kPass);
  const auto json = validation_json(set.facts(), vision::validate(set.judged));
  EXPECT_EQ(json["format"], "batchwright/validation-report/1");
  EXPECT_EQ(json["check"]["sha256"], std::string(64, 'c'));
  EXPECT_EQ(json["manifest"]["sha256"], std::string(64, 'd'));
  EXPECT_EQ(json["engine"]["sha256"], std::string(64, 'e'));
  EXPECT_EQ(json["frames"], 12);
  EXPECT_EQ(json["harmful"], 5);
  EXPECT_EQ(json["groups"][0]["false_accept"]["errors"], 5);
}

}  // namespace
}  // namespace batchwright::client::report
