// The driver that tests and the simulated operator tap with: what it does, and what it refuses to
// pretend.
#include "ui/backend/headless.h"

#include <gtest/gtest.h>

#include "tests/ui/demo_screen.h"
#include "tests/ui/panel_fixture.h"

namespace batchwright::ui {
namespace {

using test::DemoScreen;

class HeadlessPanel : public ::testing::Test {
 protected:
  Headless& panel() {
    if (!panel_) {
      panel_ = std::make_unique<Headless>(test::compact_panel(), test::shipped_theme(),
                                          test::fonts_for(test::compact_panel()),
                                          [this](Frame& frame) { screen.draw(frame); });
    }
    return *panel_;
  }

  static std::uint32_t shipped_well() { return test::shipped_theme().colours.well.pixel(); }

  DemoScreen screen;

 private:
  std::unique_ptr<Headless> panel_;
};

TEST_F(HeadlessPanel, TapsByIdAndByLabel) {
  screen.buttons = {{"next", {100, 200, 400, 400}}, {"back", {600, 200, 900, 400}}};
  ASSERT_OK(panel().tap("next"));
  ASSERT_OK(panel().tap_label("back"));
  ASSERT_OK(panel().tap("next"));
  EXPECT_EQ(screen.order, (std::vector<std::string>{"next", "back", "next"}));
}

TEST_F(HeadlessPanel, WaitsOutTheDebounceAndTheNewScreenLikeAPerson) {
  screen.buttons = {{"next", {100, 200, 400, 400}}};
  int number = 0;
  screen.on_tap = [&](const std::string&) { screen.name = "screen " + std::to_string(++number); };
  for (int i = 0; i < 5; ++i) ASSERT_OK(panel().tap("next"));
  EXPECT_EQ(screen.taps["next"], 5);
}

TEST_F(HeadlessPanel, RefusesWhatAPersonCouldNotTap) {
  screen.buttons = {{"next", {100, 200, 400, 400}, WidgetKind::kPrimary, "Temperature is missing"},
                    {"covered", {600, 200, 900, 400}}};
  const auto disabled = panel().tap("next");
  ASSERT_FALSE(disabled.has_value());
  EXPECT_EQ(disabled.error().code, ErrorCode::kRefused);
  EXPECT_NE(disabled.error().message.find("Temperature is missing"), std::string::npos);

  const auto absent = panel().tap("sign");
  ASSERT_FALSE(absent.has_value());
  EXPECT_EQ(absent.error().code, ErrorCode::kNotFound);
  EXPECT_NE(absent.error().message.find("covered"), std::string::npos) << "lists what is there";
  EXPECT_FALSE(panel().tap("text").has_value()) << "text is no target";
  EXPECT_FALSE(panel().tap_label("Sign").has_value());

  screen.buttons.push_back({"ok", {100, 500, 400, 700}, WidgetKind::kPrimary, "", true});
  const auto covered = panel().tap("covered");
  ASSERT_FALSE(covered.has_value());
  EXPECT_EQ(covered.error().code, ErrorCode::kRefused);
  ASSERT_OK(panel().tap("ok"));
  EXPECT_EQ(screen.order, (std::vector<std::string>{"ok"}));
}

TEST_F(HeadlessPanel, HoldsForAsLongAsAsked) {
  screen.buttons = {{"abort", {100, 200, 500, 400}, WidgetKind::kDestructive}};
  const std::int64_t before_ms = panel().now_ms();
  ASSERT_OK(panel().press_hold("abort", 1200));
  EXPECT_GE(panel().now_ms() - before_ms, 1200);
  EXPECT_EQ(screen.taps["abort"], 1);
}

TEST_F(HeadlessPanel, DragThatLeavesTheButtonDoesNotTapIt) {
  screen.buttons = {{"next", {100, 200, 400, 400}}};
  ASSERT_OK(panel().drag("next", 400, 0));
  ASSERT_OK(panel().drag("next", 140, 0));  // still inside, but more than 10 mm
  EXPECT_EQ(screen.taps["next"], 0);
  ASSERT_OK(panel().drag("next", 20, 0));
  EXPECT_EQ(screen.taps["next"], 1);
}

TEST_F(HeadlessPanel, TypesOnTheKeysOfTheScreenThroughShiftAndSymbols) {
  std::string typed;
  const auto lay_out = [this](const std::vector<std::string>& keys) {
    screen.buttons.clear();
    float x = 40;
    for (const std::string& key : keys) {
      screen.buttons.push_back({"key:" + key, {x, 300, x + 110, 420}, WidgetKind::kKey});
      x += 130;
    }
  };
  const std::vector<std::string> lower = {"a", "b", "space", "shift", "symbols"};
  const std::vector<std::string> upper = {"A", "B", "space", "shift", "symbols"};
  const std::vector<std::string> symbols = {"1", "°", "space", "shift", "symbols"};
  lay_out(lower);
  screen.on_tap = [&](const std::string& id) {
    const std::string key = id.substr(4);
    const bool letters = screen.buttons[0].id != "key:1";
    if (key == "shift") {
      if (letters) lay_out(screen.buttons[0].id == "key:a" ? upper : lower);
    } else if (key == "symbols") {
      lay_out(letters ? symbols : lower);
    } else {
      typed += key == "space" ? " " : key;
    }
  };
  ASSERT_OK(panel().type("ab 1°aB"));
  EXPECT_EQ(typed, "ab 1°aB");
  EXPECT_FALSE(panel().type("€").has_value());
}

TEST_F(HeadlessPanel, ReadsTheScreenAsAPersonDoes) {
  screen.text = "27.3 °C is above the limit";
  ASSERT_OK(panel().expect("above the limit"));
  const auto absent = panel().expect("below the limit");
  ASSERT_FALSE(absent.has_value());
  EXPECT_NE(absent.error().message.find("27.3 °C"), std::string::npos);
}

TEST_F(HeadlessPanel, ScannerTypesItsBarcodeWithoutATap) {
  panel().scan(
      "]d201034531200000111719112510ABCD\x1d"
      "21");
  EXPECT_EQ(screen.scanned,
            "]d201034531200000111719112510ABCD\x1d"
            "21");
}

TEST_F(HeadlessPanel, WaitsForSomethingWithAnEnd) {
  const std::int64_t before_ms = panel().now_ms();
  EXPECT_FALSE(panel().step_until([] { return false; }, 200));
  EXPECT_GE(panel().now_ms(), before_ms + 200);
  int turns = 0;
  EXPECT_TRUE(panel().step_until([&] { return turns == 3; }, 1000, [&] { ++turns; }));
}

TEST_F(HeadlessPanel, NewCharactersAppearWithoutAFrameOfSubstitutes) {
  screen.text = "plain";
  panel().step();
  screen.text = "Žluťoučký kůň";
  panel().step();
  Fonts& fonts = test::fonts_for(test::compact_panel());
  EXPECT_TRUE(fonts.covers(screen.text));
  EXPECT_FALSE(fonts.needs_rebuild());
}

TEST_F(HeadlessPanel, PictureIsThatOfTheScreen) {
  screen.buttons = {{"next", {100, 200, 400, 400}}};
  const Picture idle = panel().picture();
  EXPECT_EQ(idle.at(250, 300), shipped_well());
  panel().step(1000);
  panel().touch_at(250, 300);
  panel().step();
  EXPECT_NE(panel().picture().at(250, 300), shipped_well()) << "the finger shows at once (R10)";
  panel().lift();
  panel().step();
  EXPECT_EQ(panel().picture(), idle) << "and leaves no trace";
}

}  // namespace
}  // namespace batchwright::ui
