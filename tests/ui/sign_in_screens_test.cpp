// From nobody at the panel to a step: names, password, lists, lock.
#include <gtest/gtest.h>

#include <set>

#include "tests/ui/screen_panel.h"

namespace batchwright::ui {
namespace {

using test::ScreenPanel;

class SignInScreens : public ::testing::TestWithParam<bool> {
 protected:
  static const Display& display() {
    return GetParam() ? test::wide_panel() : test::compact_panel();
  }
};

TEST_P(SignInScreens, ChooseAPersonByOneTap) {
  ScreenPanel panel(display(), test::sample_signed_out(test::sample_sign_in()));
  ASSERT_OK(panel->tap("person:jan"));
  ASSERT_EQ(panel.given<ChoosePerson>().size(), 1U);
  EXPECT_EQ(panel.given<ChoosePerson>()[0].person, "jan");
}

TEST_P(SignInScreens, ReachEverybodyByTurningPages) {
  ScreenPanel panel(display(), test::sample_signed_out(test::sample_sign_in(40)));
  int pages = 1;
  std::set<std::string> seen;
  while (true) {
    for (const Widget& widget : panel->widgets().all()) {
      if (widget.id.starts_with("person:") && widget.id != "person::up" &&
          widget.id != "person::down") {
        seen.insert(widget.id);
      }
    }
    const Widget* down = panel->widgets().find("person::down");
    if (down == nullptr || !down->enabled) break;
    ASSERT_OK(panel->tap("person::down"));
    ASSERT_LT(++pages, 20);
  }
  EXPECT_GT(pages, 1);
  EXPECT_EQ(seen.size(), 40U);
}

TEST_P(SignInScreens, GiveThePasswordOnceAndForgetIt) {
  ScreenPanel panel(display(), test::sample_signed_out(test::sample_password()));
  ASSERT_OK(panel->tap("key:enter"));
  EXPECT_TRUE(panel.intents.empty());
  ASSERT_OK(panel->type("Ab1!_z"));
  EXPECT_FALSE(panel->expect("Ab1!_z").has_value()) << "a password is never readable by itself";
  ASSERT_OK(panel->tap("key:enter"));
  ASSERT_EQ(panel.given<SubmitPassword>().size(), 1U);
  EXPECT_EQ(panel.given<SubmitPassword>()[0].person, "mary");
  EXPECT_EQ(panel.given<SubmitPassword>()[0].password.view(), "Ab1!_z");
  EXPECT_EQ(panel.state.password, "");
}

TEST_P(SignInScreens, AskForANewPasswordAfterTheOneTimeSecret) {
  PasswordView view = test::sample_password();
  view.first_time = true;
  ScreenPanel panel(display(), test::sample_signed_out(view));
  ASSERT_OK(panel->type("once"));
  ASSERT_OK(panel->tap("key:enter"));
  EXPECT_TRUE(panel.intents.empty());
  ASSERT_OK(panel->type("for ever and a day"));
  ASSERT_OK(panel->tap("key:enter"));
  ASSERT_EQ(panel.given<SubmitPassword>().size(), 1U);
  EXPECT_EQ(panel.given<SubmitPassword>()[0].password.view(), "once");
  EXPECT_EQ(panel.given<SubmitPassword>()[0].new_password.view(), "for ever and a day");
}

TEST_P(SignInScreens, TakeNoKeyWhileThePasswordIsChecked) {
  PasswordView view = test::sample_password();
  view.busy = true;
  ScreenPanel panel(display(), test::sample_signed_out(view));
  EXPECT_FALSE(panel->type("a").has_value());
  ASSERT_OK(panel->expect("Checking the password"));
}

TEST_P(SignInScreens, OpenAndStartBatchesFromTheList) {
  ScreenPanel panel(display(), test::sample_app(test::sample_runs()));
  ASSERT_OK(panel->tap("run:r1"));
  if (panel->widgets().find("issue:i1") == nullptr) ASSERT_OK(panel->tap("runs:down"));
  ASSERT_OK(panel->tap("issue:i1"));
  ASSERT_EQ(panel.given<OpenRun>().size(), 1U);
  EXPECT_EQ(panel.given<OpenRun>()[0].run, "r1");
  ASSERT_EQ(panel.given<StartIssued>().size(), 1U);
  EXPECT_EQ(panel.given<StartIssued>()[0].issue, "i1");
}

// R24: the lock keeps timers and alarms readable and lets the next person in.
TEST_P(SignInScreens, KeepTimersAndAlarmsReadableOverTheLock) {
  ScreenPanel panel(display(), test::sample_signed_out(test::sample_lock()));
  ASSERT_OK(panel->expect("12:30 left"));
  ASSERT_OK(panel->expect("MIX2-0007 holds B-2417"));
  ASSERT_OK(panel->tap("person:jan"));
  EXPECT_EQ(panel.given<ChoosePerson>().size(), 1U);
}

TEST_P(SignInScreens, ForgetEverySheetWhenThePanelLocks) {
  ScreenPanel panel(display(), test::sample_app(test::sample_step()));
  ASSERT_OK(panel->tap("deviation"));
  panel.view.screen = test::sample_lock();
  panel.step();
  EXPECT_EQ(panel.state.sheet, Sheet::kNone);
  ASSERT_OK(panel->tap("person:mary"));
}

// R26: at most two taps to the other language.
TEST_P(SignInScreens, ChangeTheLanguageInTwoTapsAtMost) {
  ScreenPanel at_sign_in(display(), test::sample_signed_out(test::sample_sign_in()));
  ASSERT_OK(at_sign_in->tap("language"));
  ASSERT_EQ(at_sign_in.given<ChooseLanguage>().size(), 1U);
  EXPECT_EQ(at_sign_in.given<ChooseLanguage>()[0].tag, "de");
  ScreenPanel at_step(display(), test::sample_app(test::sample_step()));
  ASSERT_OK(at_step->tap("more"));
  ASSERT_OK(at_step->tap("menu:language:de"));
  EXPECT_EQ(at_step.given<ChooseLanguage>().size(), 1U);
}

// R25: the badge counts copies.
TEST_P(SignInScreens, SayHowManyEntriesAreOnlyHere) {
  ScreenPanel panel(display(), test::sample_app(test::sample_step()));
  ASSERT_OK(panel->expect(GetParam() ? "Offline · 37 entries only on this panel" : "37 only here"));
}

INSTANTIATE_TEST_SUITE_P(Layouts, SignInScreens, ::testing::Bool(),
                         [](const auto& one) { return one.param ? "Wide" : "Compact"; });

}  // namespace
}  // namespace batchwright::ui
