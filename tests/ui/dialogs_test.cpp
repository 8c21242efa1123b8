// Dialogs and sheets: what they send, and that nothing under them or left over from them counts.
// Proves R12, R22, R23.
#include <gtest/gtest.h>

#include "tests/ui/screen_panel.h"

namespace batchwright::ui {
namespace {

using test::ScreenPanel;

class Dialogs : public ::testing::TestWithParam<bool> {
 protected:
  static const Display& display() {
    return GetParam() ? test::wide_panel() : test::compact_panel();
  }
  static AppView over_step(DialogView dialog) {
    AppView view = test::sample_app(test::sample_step_of_three());
    view.dialog = std::move(dialog);
    return view;
  }
};

// C3: the signer sees all of what is signed, however long it is.
TEST_P(Dialogs, NothingThatIsSignedIsCutOff) {
  SignView sign = test::sample_sign();
  std::string note;
  for (int i = 1; i <= 40; ++i) note += "part" + std::to_string(i) + " of the note; ";
  sign.rows = {{"Paper and panel show the same batch number and version", "Yes"},
               {"What was seen at the vessel and around it", note}};
  ScreenPanel panel(display(), over_step(sign));
  std::string seen;
  for (int page = 0; page < 20; ++page) {
    panel.step(1000);
    for (const Widget& widget : panel->widgets().all()) seen += widget.label + " ";
    if (!panel->tap("sign_rows:down")) break;
  }
  EXPECT_EQ(panel.state.overflows, std::vector<std::string>{});
  EXPECT_NE(seen.find("the same batch number and version"), std::string::npos);
  for (int i = 1; i <= 40; ++i)
    EXPECT_NE(seen.find("part" + std::to_string(i) + " "), std::string::npos) << i;
}

TEST_P(Dialogs, SignOnlyWithThePasswordAndLeaveNoneBehind) {
  ScreenPanel panel(display(), over_step(test::sample_sign()));
  const auto early = panel->tap("dialog:sign");
  ASSERT_FALSE(early.has_value());
  EXPECT_NE(early.error().message.find("Password is missing"), std::string::npos);
  ASSERT_OK(panel->tap("show_keyboard"));
  ASSERT_OK(panel->type("blue Kite9"));
  ASSERT_OK(panel->tap("key:enter"));
  ASSERT_OK(panel->expect("7F3A 91C2"));
  ASSERT_OK(panel->tap("dialog:sign"));
  const auto given = panel.given<ConfirmSign>();
  ASSERT_EQ(given.size(), 1U);
  EXPECT_EQ(given[0].step, "compound/temperature#2");
  EXPECT_EQ(given[0].meaning, "performed");
  EXPECT_EQ(given[0].person, "mary");
  EXPECT_EQ(given[0].password.view(), "blue Kite9");
  EXPECT_EQ(panel.state.password, "");
}

TEST_P(Dialogs, CancelASignatureWithoutATrace) {
  ScreenPanel panel(display(), over_step(test::sample_sign()));
  ASSERT_OK(panel->tap("password"));
  ASSERT_OK(panel->type("abc"));
  ASSERT_OK(panel->tap("key:enter"));
  ASSERT_OK(panel->tap("dialog:cancel"));
  EXPECT_EQ(panel.given<CancelSign>().size(), 1U);
  EXPECT_EQ(panel.intents.size(), 1U);
  EXPECT_EQ(panel.state.password, "");
}

TEST_P(Dialogs, NeverCarryAPasswordToAnotherSigner) {
  ScreenPanel panel(display(), over_step(test::sample_sign()));
  ASSERT_OK(panel->tap("password"));
  ASSERT_OK(panel->type("abc"));
  ASSERT_OK(panel->tap("key:enter"));
  ASSERT_EQ(panel.state.password, "abc");
  SignView other = test::sample_sign();
  other.meaning = "verified";
  other.signer = "jan";
  panel.view.dialog = other;
  panel.step();
  EXPECT_EQ(panel.state.password, "");
}

TEST_P(Dialogs, LetASecondPersonBeChosenBeforeThePassword) {
  ScreenPanel panel(display(), over_step(test::sample_second_person_sign()));
  EXPECT_EQ(panel->widgets().find("password"), nullptr);
  ASSERT_OK(panel->tap("signer:jan"));
  ASSERT_EQ(panel.given<ChooseSigner>().size(), 1U);
  EXPECT_EQ(panel.given<ChooseSigner>()[0].person, "jan");
}

TEST_P(Dialogs, GiveTheObservationThatWasPicked) {
  ScreenPanel panel(display(), over_step(test::sample_out_of_limit()));
  ASSERT_OK(panel->tap("observation:1"));
  ASSERT_OK(panel->tap("dialog:continue"));
  ASSERT_EQ(panel.given<Observe>().size(), 1U);
  EXPECT_EQ(panel.given<Observe>()[0].exception, "x3");
  EXPECT_EQ(panel.given<Observe>()[0].text, "Display was not steady");
}

TEST_P(Dialogs, TakeAnObservationInOwnWords) {
  ScreenPanel panel(display(), over_step(test::sample_out_of_limit()));
  ASSERT_OK(panel->tap("observation:other"));
  ASSERT_OK(panel->type("Jacket valve sticks"));
  ASSERT_OK(panel->tap("key:enter"));
  ASSERT_OK(panel->expect("Jacket valve sticks"));
  ASSERT_OK(panel->tap("dialog:continue"));
  ASSERT_EQ(panel.given<Observe>().size(), 1U);
  EXPECT_EQ(panel.given<Observe>()[0].text, "Jacket valve sticks");
}

TEST_P(Dialogs, ReportADeviationWithItsStep) {
  ScreenPanel panel(display(), test::sample_app(test::sample_step()));
  ASSERT_OK(panel->tap("deviation"));
  EXPECT_FALSE(panel->tap("dialog:report").has_value());
  ASSERT_OK(panel->tap("deviation_answer:0"));
  ASSERT_OK(panel->tap("dialog:report"));
  ASSERT_EQ(panel.given<ReportDeviation>().size(), 1U);
  EXPECT_EQ(panel.given<ReportDeviation>()[0].step, "compound/temperature#1");
  EXPECT_EQ(panel.given<ReportDeviation>()[0].text, "Spill or leak");
  EXPECT_EQ(panel.state.sheet, Sheet::kNone);
}

TEST_P(Dialogs, ReleaseAHeldStepOnlyWithAReason) {
  ScreenPanel panel(display(), test::sample_app(test::sample_held_step()));
  ASSERT_OK(panel->tap("release"));
  EXPECT_FALSE(panel->tap("dialog:release").has_value());
  ASSERT_OK(panel->tap("release_reason:0"));
  ASSERT_OK(panel->tap("dialog:release"));
  ASSERT_EQ(panel.given<ReleaseHold>().size(), 1U);
  EXPECT_EQ(panel.given<ReleaseHold>()[0].exception, "x7");
}

TEST_P(Dialogs, AskForTheProcessStateBeforeGoingOn) {
  ScreenPanel panel(display(), over_step(test::sample_recovery()));
  EXPECT_FALSE(panel->tap("dialog:recover").has_value());
  ASSERT_OK(panel->tap("process_state:2"));
  ASSERT_OK(panel->tap("dialog:recover"));
  ASSERT_EQ(panel.given<Recover>().size(), 1U);
  EXPECT_EQ(panel.given<Recover>()[0].process_state, "It stopped");
}

TEST_P(Dialogs, MakeSafeOnlyAfterASecondUnderTheFinger) {
  ScreenPanel panel(display(), test::sample_signed_out(test::sample_sign_in()));
  ASSERT_OK(panel->tap("make_safe"));
  ASSERT_OK(panel->expect("person not identified"));
  ASSERT_OK(panel->tap("dialog:make_safe"));
  EXPECT_EQ(panel.given<MakeSafe>().size(), 0U) << "a tap is not enough";
  ASSERT_OK(panel->press_hold("dialog:make_safe", 800));
  EXPECT_EQ(panel.given<MakeSafe>().size(), 0U);
  ASSERT_OK(panel->press_hold("dialog:make_safe", 1200));
  EXPECT_EQ(panel.given<MakeSafe>().size(), 1U);
  EXPECT_FALSE(panel.state.make_safe);
}

// Design section 9: always reachable, without sign-in, whatever lies over the screen.
TEST_P(Dialogs, LeaveMakeSafeInReachEverywhere) {
  std::vector<AppView> views{test::sample_signed_out(test::sample_sign_in()),
                             test::sample_signed_out(test::sample_password()),
                             test::sample_signed_out(test::sample_lock()),
                             test::sample_app(test::sample_runs()),
                             test::sample_app(test::sample_step()),
                             test::sample_app(test::sample_map()),
                             test::sample_app(test::sample_completed()),
                             test::sample_app(test::sample_exceptions()),
                             over_step(test::sample_out_of_limit()),
                             over_step(test::sample_sign()),
                             over_step(test::sample_recovery()),
                             over_step(test::sample_message())};
  for (const AppView& view : views) {
    ScreenPanel panel(display(), view);
    ASSERT_OK(panel->tap("make_safe"));
    ASSERT_OK(panel->press_hold("dialog:make_safe", 1200));
    EXPECT_EQ(panel.given<MakeSafe>().size(), 1U) << panel->widgets().describe();
  }
}

TEST_P(Dialogs, CoverWhatLiesBelow) {
  ScreenPanel panel(display(), over_step(test::sample_message()));
  EXPECT_FALSE(panel->tap("deviation").has_value());
  EXPECT_TRUE(panel.intents.empty());
}

INSTANTIATE_TEST_SUITE_P(Layouts, Dialogs, ::testing::Bool(),
                         [](const auto& one) { return one.param ? "Wide" : "Compact"; });

}  // namespace
}  // namespace batchwright::ui
