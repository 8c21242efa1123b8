// A camera stands in for a second person only where recipe, every market and the site allow it,
// and never after a fail, without a verdict, or by itself: one person says that it worked.
// Requirement E11 (21 CFR 211.68(c)).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/camera_recipe.h"
#include "workflows/camera_check.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using Act = CheckNeed::Act;

const ConfirmCheckWorked kConfirm{"a#1", "look"};

SignatureRule verified_or_camera(StandInMode mode) {
  SignatureRule rule = verified();
  rule.camera = CameraStandIn{"look", mode};
  return rule;
}

SiteFacts site_of(std::vector<std::string> markets, std::set<std::string> modes,
                  std::set<std::string> approved = {}) {
  SiteFacts site;
  for (const std::string& market : markets) site.camera_policy[market] = {modes, approved};
  return site;
}

class StandIn : public testing::Test {
 protected:
  explicit StandIn(StandInMode mode = StandInMode::kEquipmentPerforms,
                   std::vector<std::string> markets = {"US"})
      : site(site_of({"US"}, {"equipment_performs", "confirms_entry"})),
        run(recipe(mode, markets)) {
    run.site = &site;
    run.start();
    run.must(BeginStep{"a#1"});
  }

  static std::shared_ptr<const Mbr> recipe(StandInMode mode, std::vector<std::string> markets) {
    Entry note = entry("note", EntryKind::kText);
    note.required = false;
    auto mbr = std::make_shared<Mbr>(
        *linear({step("a", {camera_check("look"), note}, {performed(), verified_or_camera(mode)}),
                 step("b")}));
    mbr->markets = std::move(markets);
    return mbr;
  }
  void pass_and_perform() {
    run.must(said("pass"));
    run.sign("a#1", "performed", kMary);
  }
  std::vector<SignatureRule> missing() const {
    return needs(run.state, {"a", 1}, run.now).missing_signatures;
  }

  SiteFacts site;
  RunDriver run;
};

TEST_F(StandIn, OnePersonWhoSaysThatItWorkedTakesThePlaceOfTheSecond) {
  pass_and_perform();
  const auto offered = needs(run.state, {"a", 1}, run.now, &site).checks;
  ASSERT_THAT(offered, SizeIs(1));
  EXPECT_EQ(offered[0].act, Act::kConfirm);
  EXPECT_EQ(offered[0].meaning, "verified");
  EXPECT_EQ(offered[0].mode, "equipment_performs");
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.signature.missing");
  run.must(kConfirm, kMary);
  EXPECT_THAT(missing(), IsEmpty());
  run.must(CompleteStep{"a#1"});
}

TEST_F(StandIn, OnlyWhoMaySignInThisStepSaysThatItWorked) {
  pass_and_perform();
  EXPECT_EQ(run.rule_of_refusal(kConfirm, kSven), "confirm.role");
  run.must(kConfirm, kInes);
}

TEST_F(StandIn, TheRecordSaysThatEquipmentCheckedAndWhoCheckedThatItWorked) {
  pass_and_perform();
  run.must(kConfirm, kMary);
  const Json body = run.bodies("camera_stood_in").at(0);
  EXPECT_EQ(body["entry"], "look");
  EXPECT_EQ(body["meaning"], "verified");
  EXPECT_EQ(body["mode"], "equipment_performs");
  EXPECT_EQ(body["equipment"], "CAM-A " + digest("label"));
  EXPECT_EQ(body["checked_by"], "mary");
  EXPECT_EQ(body["policy"],
            Json::array({Json::array({"US", "confirms_entry, equipment_performs"})}));
}

TEST_F(StandIn, WithoutThatWordASecondPersonSigns) {
  pass_and_perform();
  run.sign("a#1", "verified", kJan);
  EXPECT_EQ(run.rule_of_refusal(kConfirm), "confirm.nothing");
  run.must(CompleteStep{"a#1"});
}

TEST_F(StandIn, ItComesInTheOrderOfTheSignaturesAndAfterTheEntries) {
  EXPECT_EQ(run.rule_of_refusal(kConfirm), "step.entry.missing");
  run.must(said("pass"));
  EXPECT_EQ(run.rule_of_refusal(kConfirm), "confirm.nothing");
}

TEST_F(StandIn, UndecidedOrNotPerformedFallsBackToTwoPersons) {
  for (const char* verdict : {"undecided", "not_performed"}) {
    RunDriver other(run.mbr);
    other.site = &site;
    other.start();
    other.must(BeginStep{"a#1"});
    other.must(said(verdict));
    EXPECT_EQ(other.rule_of_refusal(kConfirm), "step.entry.missing");
    other.must(kDecideOk);
    other.sign("a#1", "performed", kMary);
    EXPECT_EQ(other.rule_of_refusal(kConfirm), "confirm.no_pass") << verdict;
    EXPECT_THAT(needs(other.state, {"a", 1}, other.now, &site).checks, IsEmpty());
    other.sign("a#1", "verified", kJan);
    other.must(CompleteStep{"a#1"});
  }
}

TEST_F(StandIn, AfterAFailItNeverStandsInAlsoWhenItPassesThen) {
  run.must(said("fail"));
  run.must(kPutRight);
  pass_and_perform();
  EXPECT_EQ(run.rule_of_refusal(kConfirm), "confirm.failed");
  run.sign("a#1", "verified", kJan);
  run.must(CompleteStep{"a#1"});
}

TEST_F(StandIn, ARepeatedStepBeginsAfresh) {
  run.must(said("fail"));
  run.must(RepeatStep{"a#1", "another bag"}, kSven);
  run.must(BeginStep{"a#2"});
  run.must(said("pass", "a#2"));
  run.sign("a#2", "performed", kMary);
  run.must(ConfirmCheckWorked{"a#2", "look"});
}

TEST_F(StandIn, WhenTheCheckIsInvalidatedItStoodInForNobody) {
  pass_and_perform();
  run.must(kConfirm);
  run.must(CompleteStep{"a#1"});
  run.must(InvalidateValue{"a#1", "look", "the wrong bag", ""});
  EXPECT_EQ(run.step("a#1").status, StepStatus::kRunning);
  run.must(said("pass"));
  run.sign("a#1", "performed", kMary);
  EXPECT_EQ(run.rule_of_refusal(kConfirm), "confirm.changed");
  run.sign("a#1", "verified", kJan);
  run.must(CompleteStep{"a#1"});
}

TEST_F(StandIn, WhatACorrectionChangesASecondPersonSigns) {
  run.must(RecordEntry{"a#1", "note", "bag 7"});
  pass_and_perform();
  run.must(kConfirm);
  run.must(CompleteStep{"a#1"});
  run.must(CorrectEntry{"a#1", "note", "bag 8", "misread"});
  EXPECT_EQ(run.step("a#1").status, StepStatus::kRunning);
  EXPECT_THAT(missing(), SizeIs(2));
  run.sign("a#1", "performed", kMary);
  EXPECT_EQ(run.rule_of_refusal(kConfirm), "confirm.changed");
}

TEST_F(StandIn, NoValueIsAddedAfterIt) {
  run.must(said("pass"));
  run.sign("a#1", "performed", kMary);
  run.must(kConfirm);
  EXPECT_EQ(run.rule_of_refusal(RecordEntry{"a#1", "note", "bag 7"}), "step.signed");
}

TEST_F(StandIn, WhoSaidThatItWorkedIsNoSecondPersonAfterwards) {
  pass_and_perform();
  run.must(kConfirm, kInes);
  EXPECT_TRUE(run.step("a#1").took_part("ines"));
}

// 211.68(c): what stands in for a person was shown to work first.
TEST_F(StandIn, WithoutItsStartChallengeACheckStandsInForNobody) {
  const auto first = step("start", {camera_challenge("set", CameraChallenge::When::kStart)});
  const auto second = step("a", {camera_check("look")},
                           {performed(), verified_or_camera(StandInMode::kEquipmentPerforms)});
  auto mbr = std::make_shared<Mbr>(*linear({first, second}));
  mbr->markets = {"US"};
  RunDriver challenged_run(mbr);
  challenged_run.site = &site;
  challenged_run.start();
  challenged_run.must(BeginStep{"start#1"});
  challenged_run.must(challenged("start#1", "set", 3, 2));
  challenged_run.must(CompleteStep{"start#1"});
  challenged_run.must(BeginStep{"a#1"});
  challenged_run.must(said("pass"));
  challenged_run.sign("a#1", "performed", kMary);
  RunDriver taken_back = challenged_run;
  taken_back.must(InvalidateValue{"start#1", "set", "the set was the old one", ""});
  EXPECT_EQ(taken_back.rule_of_refusal(kConfirm), "confirm.disabled");
  challenged_run.must(kConfirm);
  EXPECT_THAT(needs(challenged_run.state, {"a", 1}, challenged_run.now).missing_signatures,
              IsEmpty());
  challenged_run.must(InvalidateValue{"start#1", "set", "the set was the old one", ""});
  EXPECT_EQ(challenged_run.rule_of_refusal(CompleteStep{"a#1"}), "step.signature.missing")
      << "also when it had stood in already";
  challenged_run.sign("a#1", "verified", kJan);
  challenged_run.must(CompleteStep{"a#1"});
}

TEST_F(StandIn, OffUnlessEverythingSaysYes) {
  pass_and_perform();
  run.site = nullptr;
  EXPECT_EQ(run.rule_of_refusal(kConfirm), "confirm.policy");
  const SiteFacts nothing;
  run.site = &nothing;
  EXPECT_EQ(run.rule_of_refusal(kConfirm), "confirm.policy");
  EXPECT_THAT(needs(run.state, {"a", 1}, run.now).checks, IsEmpty()) << "site unknown";
  run.site = &site;
  run.must(kConfirm);
}

// Every combination of market, mode and approval: two persons unless this table says otherwise.
TEST(StandInPolicy, IsTheStricterOfAllMarkets) {
  using Mode = StandInMode;
  const std::set<std::string> both = {"equipment_performs", "confirms_entry"};
  struct Case {
    std::vector<std::string> markets;
    SiteFacts site;
    Mode mode;
    bool may;
  };
  SiteFacts mixed = site_of({"US"}, both, {"a"});
  mixed.camera_policy["EU"] = {{"confirms_entry"}, {}};
  const std::vector<Case> cases = {
      {{}, site_of({"US", "EU"}, both, {"a"}), Mode::kEquipmentPerforms, false},
      {{"US"}, site_of({}, both), Mode::kEquipmentPerforms, false},
      {{"US"}, site_of({"US"}, {}), Mode::kEquipmentPerforms, false},
      {{"US"}, site_of({"US"}, {"equipment_performs"}), Mode::kEquipmentPerforms, true},
      {{"US"}, site_of({"US"}, {"equipment_performs"}, {"a"}), Mode::kConfirmsEntry, false},
      {{"US"}, site_of({"US"}, both), Mode::kConfirmsEntry, false},
      {{"US"}, site_of({"US"}, both, {"b"}), Mode::kConfirmsEntry, false},
      {{"US"}, site_of({"US"}, both, {"a"}), Mode::kConfirmsEntry, true},
      {{"EU"}, site_of({"EU"}, both), Mode::kConfirmsEntry, true},
      {{"EU"}, site_of({"US"}, both, {"a"}), Mode::kConfirmsEntry, false},
      {{"US", "EU"}, site_of({"US"}, both, {"a"}), Mode::kEquipmentPerforms, false},
      {{"US", "EU"}, site_of({"US", "EU"}, both), Mode::kEquipmentPerforms, true},
      {{"US", "EU"}, mixed, Mode::kEquipmentPerforms, false},
      {{"US", "EU"}, mixed, Mode::kConfirmsEntry, true},
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    Mbr mbr;
    mbr.markets = cases[i].markets;
    const StandInAnswer answer =
        may_stand_in(mbr, &cases[i].site, verified_or_camera(cases[i].mode), "a");
    EXPECT_EQ(answer.may(), cases[i].may) << "case " << i << ": " << answer.why_not;
    EXPECT_EQ(answer.policy.size(), cases[i].may ? cases[i].markets.size() : 0U) << i;
    EXPECT_FALSE(may_stand_in(mbr, nullptr, verified_or_camera(cases[i].mode), "a").may()) << i;
    EXPECT_FALSE(may_stand_in(mbr, &cases[i].site, verified(), "a").may()) << i;
  }
}

}  // namespace
}  // namespace batchwright::workflows::test
