// The panel as people use it, without pictures: what a tap leads to, and what it never may.
#include "client/desk.h"

#include <gtest/gtest.h>

#include "client/signing.h"
#include "tests/client/panel_fixture.h"

namespace batchwright::client::test {
namespace {

TEST(Desk, ShowsWhoIsRosteredAndAsksForThePassword) {
  Panel panel;
  const auto people = std::get<ui::SignInView>(panel.desk->view().screen).people;
  ASSERT_EQ(people.size(), 5u);
  EXPECT_EQ(people[0].name, "Mary Okafor");
  EXPECT_EQ(people[0].initials, "MO");
  panel.desk->handle(ui::ChoosePerson{"mary"});
  EXPECT_EQ(std::get<ui::PasswordView>(panel.desk->view().screen).person.id, "mary");
}

TEST(Desk, WrongPasswordLetsNobodyInAndIsRecorded) {  // K3: misuse attempts are reported
  Panel panel;
  panel.desk->handle(ui::ChoosePerson{"mary"});
  panel.desk->handle(ui::SubmitPassword{"mary", "guess", ""});
  const auto view = std::get<ui::PasswordView>(panel.desk->view().screen);
  EXPECT_FALSE(view.error.empty());
  EXPECT_TRUE(panel.desk->view().bar.user.empty());
  auto lines = panel.store->load_lines(1, 10);
  ASSERT_TRUE(lines);
  EXPECT_NE(lines->front().find("sign_in_failed"), std::string::npos);
}

TEST(Desk, FiveWrongPasswordsMakeTheSixthWait) {  // K2
  Panel panel;
  panel.desk->handle(ui::ChoosePerson{"mary"});
  for (int i = 0; i < 5; ++i) panel.desk->handle(ui::SubmitPassword{"mary", "guess", ""});
  panel.desk->handle(ui::SubmitPassword{"mary", "mary-password", ""});
  EXPECT_TRUE(panel.desk->view().bar.user.empty());
  panel.clock.advance_ms(61'000);
  panel.desk->handle(ui::SubmitPassword{"mary", "mary-password", ""});
  EXPECT_EQ(panel.desk->view().bar.user, "Mary Okafor");
}

TEST(Desk, NextSaysByNameWhatIsMissing) {  // R22
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  panel.desk->handle(ui::BeginStep{panel.current_step()});
  const auto next = panel.step().next;
  EXPECT_FALSE(next.enabled);
  EXPECT_EQ(next.reason, "Temperature is still missing");
}

TEST(Desk, ValueOutOfLimitsIsSavedFirstAndThenTheReactionPlanIsShown) {  // C11, B15
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  panel.value("t", "27.3");
  const auto view = panel.desk->view();
  ASSERT_TRUE(view.dialog);
  const auto dialog = std::get<ui::OutOfLimitView>(*view.dialog);
  EXPECT_EQ(dialog.value, "27.3");
  EXPECT_EQ(dialog.limit, "26.0");
  EXPECT_EQ(dialog.side, ui::OutOfLimitView::Side::kAbove);
  EXPECT_EQ(dialog.plan, "R2");
  EXPECT_EQ(dialog.exception_number, "MIX2-0001");
  EXPECT_TRUE(dialog.may_remeasure);
  panel.desk->handle(ui::Observe{dialog.exception, "Display was steady"});
  panel.value("t", "25.3");
  const auto& values = panel.run().steps.at({"op/temperature", 1}).entries.at("t").values;
  ASSERT_EQ(values.size(), 2u);
  EXPECT_EQ(values[0].value, "27.3");
  EXPECT_TRUE(values[0].superseded);
  EXPECT_EQ(panel.run().exceptions.size(), 1u);
}

TEST(Desk, SignatureShowsWhatIsSignedAndEndsTheStep) {  // C2, C3
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  panel.value("t", "25.3");
  panel.desk->handle(ui::OpenSign{panel.current_step()});
  const auto page = std::get<ui::SignView>(*panel.desk->view().dialog);
  EXPECT_EQ(page.signer_name, "Mary Okafor");
  EXPECT_EQ(page.meaning_words, "I performed this step as written and the entries are true.");
  EXPECT_EQ(page.mark.size(), 9u);
  EXPECT_EQ(page.rows[1].value, "25.3 °C");
  panel.desk->handle(ui::ConfirmSign{page.step, page.meaning, "mary", "mary-password"});
  EXPECT_EQ(panel.current_step(), "op/weigh#1");
}

TEST(Desk, KeyOfSomebodyElseSignsNothing) {  // C3, P200a2
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  panel.value("t", "25.3");
  const auto before = panel.lines();
  const auto& mary = *panel.session->directory().find("mary");
  auto statement = panel.session->statement_to_sign(panel.run().run, {"op/temperature", 1},
                                                    "performed", "words", mary, "operator");
  ASSERT_TRUE(statement);
  auto refused = panel.session->execute(panel.run().run, sign(*statement, panel.keys.at("jan")),
                                        {"mary", "operator", {"operator"}, "mary"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().place, "sign.key.unknown");
  EXPECT_EQ(panel.lines(), before);
}

TEST(Desk, CancelledSigningLeavesNothingBehind) {  // R23
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  panel.value("t", "25.3");
  const auto before = panel.lines();
  panel.desk->handle(ui::OpenSign{panel.current_step()});
  panel.desk->handle(ui::CancelSign{});
  EXPECT_EQ(panel.lines(), before);
  EXPECT_FALSE(panel.desk->view().dialog);
}

TEST(Desk, SigningPageLeftOpenMustBeReadAgain) {  // R23: 120 s
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  panel.value("t", "25.3");
  panel.desk->handle(ui::OpenSign{panel.current_step()});
  panel.clock.advance_ms(121'000);
  panel.desk->handle(ui::ConfirmSign{panel.current_step(), "performed", "mary", "mary-password"});
  EXPECT_TRUE(panel.run().steps.at({"op/temperature", 1}).signatures.empty());
  EXPECT_FALSE(std::get<ui::SignView>(*panel.desk->view().dialog).error.empty());
}

TEST(Desk, SecondSignatureIsOfferedToOthersOnly) {  // C4
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  panel.value("t", "25.3");
  panel.sign("mary");
  panel.value("m", "611.4");
  panel.sign("mary");
  panel.desk->handle(ui::OpenSign{panel.current_step()});
  const auto page = std::get<ui::SignView>(*panel.desk->view().dialog);
  EXPECT_EQ(page.meaning, "verified");
  for (const auto& person : page.people) EXPECT_NE(person.id, "mary");
  panel.desk->handle(ui::CancelSign{});
  panel.sign("jan");
  EXPECT_EQ(panel.current_step(), "op/close#1");
  EXPECT_EQ(panel.desk->view().bar.user, "Mary Okafor") << "the first one's session goes on";
}

TEST(Desk, LockLosesNothingAndTheNextPersonGoesOn) {  // B5
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  panel.value("t", "25.3");
  panel.clock.advance_ms(5 * 60'000);
  panel.desk->tick();
  EXPECT_TRUE(std::holds_alternative<ui::LockView>(panel.desk->view().screen));
  panel.sign_in("jan");
  EXPECT_EQ(panel.current_step(), "op/temperature#1");
  const auto& value = *panel.run().steps.at({"op/temperature", 1}).entries.at("t").current();
  EXPECT_EQ(value.actor, "mary");
  panel.sign("jan");
  EXPECT_EQ(panel.run().steps.at({"op/temperature", 1}).signatures.front().signer, "jan");
}

TEST(Desk, TouchKeepsThePanelOpenAndTheWarningComesBefore) {  // R24
  Panel panel;
  panel.sign_in("mary");
  panel.clock.advance_ms(4 * 60'000 + 45'000);
  panel.desk->tick();
  EXPECT_EQ(panel.desk->view().locks_in_s, 15);
  panel.desk->touched();
  EXPECT_EQ(panel.desk->view().locks_in_s, 0);
}

TEST(Desk, MakeSafeNeedsNobodySignedInAndHoldsWhatRuns) {
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  panel.desk->handle(ui::Lock{});
  panel.desk->handle(ui::MakeSafe{});
  EXPECT_EQ(panel.run().status, workflows::RunStatus::kHeld);
  const auto bytes = panel.store->load_lines(1, 100);
  bool said = false;
  for (const auto& line : *bytes)
    said = said || (line.find("made_safe") != std::string::npos &&
                    line.find("not identified") != std::string::npos);
  EXPECT_TRUE(said);
}

TEST(Desk, CorrectionKeepsTheOldValueAndVoidsTheSignatureThatCoveredIt) {  // B8, C6
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  panel.value("t", "25.3");
  panel.sign("mary");
  panel.desk->handle(ui::ChooseStep{"op/temperature#1"});
  panel.desk->handle(ui::SubmitCorrection{"op/temperature#1", "t", "25.1", "misread"});
  const auto& step = panel.run().steps.at({"op/temperature", 1});
  EXPECT_EQ(step.entries.at("t").values.size(), 2u);
  EXPECT_FALSE(step.signatures.front().voided_by.empty());
}

TEST(Desk, PhotoIsKeptBeforeTheEventThatCitesIt) {
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  panel.value("t", "25.3");
  panel.sign("mary");
  panel.desk->handle(ui::BeginStep{panel.current_step()});
  panel.desk->handle(ui::AttachPhoto{panel.current_step(), "photo"});
  const auto& value = *panel.run().steps.at({"op/weigh", 1}).entries.at("photo").current();
  auto evidence = panel.store->unsent_evidence();
  ASSERT_TRUE(evidence);
  EXPECT_EQ(evidence->size(), 1u);
  EXPECT_EQ(value.raw.size(), 64u);
}

TEST(Desk, AfterAPowerCutTheStepAsksBeforeItGoesOn) {  // B14
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  panel.value("t", "25.3");
  panel.clock.advance_ms(12 * 60'000);
  panel.restart();
  panel.sign_in("jan");
  panel.open_batch();
  ASSERT_TRUE(panel.desk->view().dialog);
  const auto recovery = std::get<ui::RecoveryView>(*panel.desk->view().dialog);
  EXPECT_EQ(recovery.gap, "12 min");
  panel.desk->handle(ui::Recover{recovery.step, "stirrer stopped"});
  EXPECT_FALSE(panel.desk->view().dialog);
  EXPECT_EQ(panel.step().entries.front().value, "25.3");
}

TEST(Desk, RestartGivesTheSameStateHash) {  // B10
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  panel.value("t", "27.3");
  const auto before = workflows::state_hash(panel.run());
  panel.restart();
  EXPECT_EQ(workflows::state_hash(panel.run()), before);
}

TEST(Desk, TheWholeBatchEndsWithItsSummary) {
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  panel.value("t", "25.3");
  panel.sign("mary");
  panel.value("m", "611.4");
  panel.sign("mary");
  panel.sign("jan");
  panel.value("done", "done");
  panel.desk->handle(ui::CompleteStep{panel.current_step()});
  const auto done = std::get<ui::CompletedView>(panel.desk->view().screen);
  EXPECT_EQ(done.steps, 3);
  EXPECT_EQ(done.signatures, 3);
  EXPECT_TRUE(done.exceptions.empty());
  EXPECT_EQ(panel.run().status, workflows::RunStatus::kComplete);
}

TEST(Desk, FirstSignInMakesAKeyThatOnlyTheNewPasswordOpens) {  // C1, K1
  Panel panel;
  panel.desk->handle(ui::ChoosePerson{"eva"});
  EXPECT_TRUE(std::get<ui::PasswordView>(panel.desk->view().screen).first_time);
  panel.desk->handle(ui::SubmitPassword{"eva", "once", "short"});
  EXPECT_NE(std::get<ui::PasswordView>(panel.desk->view().screen).error, "");
  EXPECT_TRUE(panel.first_keys.empty());
  panel.desk->handle(ui::SubmitPassword{"eva", "once", "a kite in May"});
  ASSERT_EQ(panel.first_keys.size(), 1u);
  const auto key = record::unwrap_key(panel.first_keys[0].wrapped, "a kite in May");
  ASSERT_TRUE(key);
  EXPECT_EQ(key->public_key(), panel.first_keys[0].key);
  EXPECT_TRUE(panel.desk->view().bar.user.empty());
  ASSERT_TRUE(panel.desk->view().dialog);
  EXPECT_EQ(std::get<ui::MessageView>(*panel.desk->view().dialog).title, "Your password is set");
}

TEST(Desk, WrongOneTimeSecretIsRecordedAndLetsNobodyIn) {  // K3
  Panel panel;
  panel.desk->handle(ui::ChoosePerson{"eva"});
  panel.desk->handle(ui::SubmitPassword{"eva", "guess", "a kite in May"});
  EXPECT_NE(std::get<ui::PasswordView>(panel.desk->view().screen).error, "");
  const auto lines = panel.store->load_lines(1, 10);
  ASSERT_TRUE(lines);
  EXPECT_NE(lines->front().find("first_sign_in_failed"), std::string::npos);
  EXPECT_EQ(lines->front().find("guess"), std::string::npos);
}

TEST(Desk, SignInThatSomebodyTurnedAwayFromLetsNobodyIn) {  // C2, K2
  Panel panel;
  panel.jobs.hold = true;
  panel.sign_in("mary");
  panel.desk->handle(ui::Back{});
  panel.desk->handle(ui::ChoosePerson{"jan"});
  panel.jobs.finish();
  EXPECT_TRUE(panel.desk->view().bar.user.empty());
  EXPECT_EQ(std::get<ui::PasswordView>(panel.desk->view().screen).person.id, "jan");
  panel.jobs.hold = false;
  panel.desk->handle(ui::SubmitPassword{"jan", "jan-password", ""});
  EXPECT_EQ(panel.desk->view().bar.user, "jan");
}

TEST(Desk, SecretGivenForOnePageSignsNoOther) {  // C3, R23
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  panel.value("t", "25.3");
  panel.desk->handle(ui::OpenSign{panel.current_step()});
  panel.jobs.hold = true;
  panel.desk->handle(ui::ConfirmSign{panel.current_step(), "performed", "mary", "mary-password"});
  panel.desk->handle(ui::CancelSign{});
  panel.desk->handle(ui::OpenSign{panel.current_step()});
  panel.jobs.finish();
  EXPECT_TRUE(panel.run().steps.at({"op/temperature", 1}).signatures.empty());
  EXPECT_FALSE(std::get<ui::SignView>(*panel.desk->view().dialog).busy);
}

TEST(Desk, SupervisorLetsAHeldBatchGoOn) {  // A batch that was made safe is no dead end.
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  panel.value("t", "25.3");
  panel.desk->handle(ui::MakeSafe{});
  panel.desk->handle(ui::DismissDialog{});
  ASSERT_TRUE(panel.step().hold);
  EXPECT_FALSE(panel.step().hold->may_release);
  EXPECT_FALSE(panel.step().next.enabled);
  const ui::ReleaseHold release{panel.current_step(), panel.step().hold->exception, "all is calm"};
  panel.desk->handle(release);
  EXPECT_EQ(panel.run().status, workflows::RunStatus::kHeld);  // an operator can't
  panel.desk->handle(ui::SwitchUser{});
  panel.sign_in("ines");
  EXPECT_TRUE(panel.step().hold->may_release);
  panel.desk->handle(release);
  EXPECT_EQ(panel.run().status, workflows::RunStatus::kRunning);
  EXPECT_FALSE(panel.step().hold);
}

TEST(Desk, QualityLetsAHeldBatchGoOnInItsOwnRole) {  // C2
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  panel.desk->handle(ui::MakeSafe{});
  panel.desk->handle(ui::DismissDialog{});
  const ui::ReleaseHold release{panel.current_step(), panel.step().hold->exception, "all is calm"};
  panel.desk->handle(ui::SwitchUser{});
  panel.sign_in("petra");
  const auto before = panel.lines();
  panel.desk->handle(release);
  EXPECT_EQ(panel.run().status, workflows::RunStatus::kRunning);
  const auto lines = panel.store->load_lines(before + 1, 1);
  ASSERT_TRUE(lines);
  EXPECT_NE(lines->front().find("\"role\":\"quality\""), std::string::npos) << lines->front();
}

TEST(Desk, TapsMadeBeforeTheLockOpenNothingAfterIt) {  // R24
  Panel panel;
  panel.sign_in("mary");
  panel.open_batch();
  const auto step = panel.current_step();
  panel.desk->handle(ui::Lock{});
  panel.desk->handle(ui::ShowMap{});
  panel.desk->handle(ui::ShowExceptions{});
  panel.desk->handle(ui::ChooseStep{step});
  EXPECT_TRUE(std::holds_alternative<ui::LockView>(panel.desk->view().screen));
}

TEST(Desk, NobodyWorksWithoutSigningIn) {
  Panel panel;
  panel.desk->handle(ui::StartIssued{"018f0000-0000-7000-8000-0000000000b1"});
  EXPECT_TRUE(panel.session->runs().empty());
}

}  // namespace
}  // namespace batchwright::client::test
