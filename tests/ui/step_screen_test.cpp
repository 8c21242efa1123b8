// What taps at a step lead to, in both layouts. Proves R7, R19, R22, R34 where they are the
// screen's own.
#include <gtest/gtest.h>

#include "tests/ui/screen_panel.h"

namespace batchwright::ui {
namespace {

using test::ScreenPanel;

class StepScreen : public ::testing::TestWithParam<bool> {
 protected:
  static bool wide() { return GetParam(); }
  static const Display& display() { return wide() ? test::wide_panel() : test::compact_panel(); }
  static void open_pad(ScreenPanel& panel, const std::string& entry) {
    if (!wide()) ASSERT_OK(panel->tap("entry:" + entry));
  }
};

TEST_P(StepScreen, StoresTwentyFivePointThreeInFourKeysAndOk) {
  ScreenPanel panel(display(), test::sample_app(test::sample_step()));
  open_pad(panel, "temperature");
  for (const char* key : {"key:2", "key:5", "key:.", "key:3"}) {
    ASSERT_OK(panel->tap(key));
    EXPECT_TRUE(panel.intents.empty()) << "nothing is said before OK";
  }
  ASSERT_OK(panel->expect("25.3"));
  ASSERT_OK(panel->tap("key:ok"));
  const auto given = panel.given<SubmitValue>();
  ASSERT_EQ(given.size(), 1U);
  EXPECT_EQ(panel.intents.size(), 1U);
  EXPECT_EQ(given[0].step, "compound/temperature#1");
  EXPECT_EQ(given[0].entry, "temperature");
  EXPECT_EQ(given[0].raw, "25.3");
}

TEST_P(StepScreen, ShowsTheSeparatorOfTheLanguageAndGivesThePointOfTheRecord) {
  ScreenPanel panel(display(), test::sample_app(test::sample_step()), "de");
  open_pad(panel, "temperature");
  ASSERT_OK(panel->type("25.3"));
  ASSERT_OK(panel->expect("25,3"));
  ASSERT_OK(panel->tap("key:ok"));
  ASSERT_EQ(panel.given<SubmitValue>().size(), 1U);
  EXPECT_EQ(panel.given<SubmitValue>()[0].raw, "25.3");
}

TEST_P(StepScreen, TakesAValueOutOfLimitsWithoutAVerdict) {
  ScreenPanel panel(display(), test::sample_app(test::sample_step()));
  open_pad(panel, "temperature");
  ASSERT_OK(panel->type("99.9"));
  ASSERT_OK(panel->tap("key:ok"));
  ASSERT_EQ(panel.given<SubmitValue>().size(), 1U);
  EXPECT_EQ(panel.given<SubmitValue>()[0].raw, "99.9");
  EXPECT_FALSE(panel->expect("limit of").has_value());
}

TEST_P(StepScreen, SaysWhyOkWithoutAValueDoesNothing) {
  ScreenPanel panel(display(), test::sample_app(test::sample_step()));
  open_pad(panel, "temperature");
  ASSERT_OK(panel->tap("key:ok"));
  EXPECT_TRUE(panel.intents.empty());
  EXPECT_EQ(panel.state.dead_tap_reason, "Type a value first");
}

TEST_P(StepScreen, KeepsWhatWasTypedUntilTheViewShowsItStored) {
  ScreenPanel panel(display(), test::sample_app(test::sample_step()));
  open_pad(panel, "temperature");
  ASSERT_OK(panel->type("25.3"));
  ASSERT_OK(panel->tap("key:ok"));
  panel.step();
  EXPECT_EQ(panel.state.number.text(), "25.3");
  std::get<StepView>(panel.view.screen).entries[0].values = 1;
  panel.step();
  EXPECT_TRUE(panel.state.number.empty());
  EXPECT_FALSE(panel.state.pad_open);
}

TEST_P(StepScreen, NamesWhatIsMissingWhenNextIsTappedTooEarly) {
  ScreenPanel panel(display(), test::sample_app(test::sample_step()));
  const Widget* next = panel->widgets().find("next");
  ASSERT_NE(next, nullptr);
  EXPECT_FALSE(next->enabled);
  EXPECT_EQ(next->reason, "Temperature is still missing");
  ASSERT_OK(panel->expect("Temperature is still missing"));
  panel->touch_at(next->rect.centre_x(), next->rect.centre_y());
  panel->step(100);
  panel->lift();
  panel->step(50);
  EXPECT_TRUE(panel.intents.empty());
  EXPECT_EQ(panel.state.dead_tap_id, "next");
  EXPECT_EQ(panel.state.dead_tap_reason, "Temperature is still missing");
  panel->step(3000);
  EXPECT_EQ(panel.state.dead_tap_id, "") << "the answer fades";
}

TEST_P(StepScreen, AnswersAQuestionWithOneTapAndNeverTheNextOneToo) {
  ScreenPanel panel(display(), test::sample_app(test::sample_line_clearance()));
  open_pad(panel, "bins");
  panel.step();
  const Widget* yes = panel->widgets().find("answer:yes");
  ASSERT_NE(yes, nullptr);
  const float x = yes->rect.centre_x();
  const float y = yes->rect.centre_y();
  const auto quick_tap = [&] {
    panel->touch_at(x, y);
    panel->step(60);
    panel->lift();
    panel->step(16);
  };
  quick_tap();
  auto& step = std::get<StepView>(panel.view.screen);
  step.entries[2].values = 1;
  step.focus_entry = "mixer";
  panel->step(32);
  quick_tap();
  ASSERT_EQ(panel.given<SubmitValue>().size(), 1U);
  EXPECT_EQ(panel.given<SubmitValue>()[0].entry, "bins");
  EXPECT_EQ(panel.given<SubmitValue>()[0].raw, "yes");
}

TEST_P(StepScreen, ForgetsWhatWasTypedWhenTheStepChanges) {
  ScreenPanel panel(display(), test::sample_app(test::sample_step()));
  open_pad(panel, "temperature");
  ASSERT_OK(panel->type("25"));
  panel.view.screen = test::sample_step_of_three();
  panel.step();
  EXPECT_TRUE(panel.state.number.empty());
}

TEST_P(StepScreen, CorrectsAValueOnlyWithANewOneAndAReason) {
  StepView step = test::sample_step_of_three();
  EntryView& entry = step.entries[0];
  entry.state = EntryView::State::kFilled;
  entry.input = EntryView::Input::kCorrection;
  entry.raw = entry.value = "25.3";
  entry.values = 1;
  step.focus_entry.clear();
  ScreenPanel panel(display(), test::sample_app(step));
  ASSERT_OK(panel->tap("entry:temperature"));
  if (wide()) ASSERT_OK(panel->tap("correct"));
  EXPECT_FALSE(panel->tap("dialog:save").has_value());
  ASSERT_OK(panel->type("25.3"));
  ASSERT_OK(panel->tap("reason:0"));
  EXPECT_FALSE(panel->tap("dialog:save").has_value()) << "the same value is no correction";
  ASSERT_OK(panel->tap("key:backspace"));
  ASSERT_OK(panel->type("8"));
  ASSERT_OK(panel->tap("dialog:save"));
  const auto given = panel.given<SubmitCorrection>();
  ASSERT_EQ(given.size(), 1U);
  EXPECT_EQ(given[0].raw, "25.8");
  EXPECT_EQ(given[0].reason, "Typing mistake");
}

TEST_P(StepScreen, OpensSigningBeginningAndCompletingByTheSameButton) {
  using Label = NextView::Label;
  StepView step = test::sample_step_of_three();
  ScreenPanel panel(display(), test::sample_app(step));
  for (const Label label : {Label::kSign, Label::kBegin, Label::kComplete, Label::kNext}) {
    std::get<StepView>(panel.view.screen).next = {label, true, ""};
    panel.step();
    ASSERT_OK(panel->tap("next"));
  }
  EXPECT_EQ(panel.given<OpenSign>().size(), 1U);
  EXPECT_EQ(panel.given<BeginStep>().size(), 1U);
  EXPECT_EQ(panel.given<CompleteStep>().size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Layouts, StepScreen, ::testing::Bool(),
                         [](const auto& one) { return one.param ? "Wide" : "Compact"; });

}  // namespace
}  // namespace batchwright::ui
