// Proves that the checker of R1..R5 and R20 accepts what just fits and names what doesn't, on every
// reference panel.
#include "ui/layout_rules.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/ui/panel_fixture.h"

namespace batchwright::ui {
namespace {

using test::reference_panels;

class Layout {
 public:
  explicit Layout(const Display& display) : display_(display) {}

  // Place and size in millimetres, rounded as widgets do.
  Widget& add(const char* id, WidgetKind kind, double x, double y, double width, double height) {
    const auto left = static_cast<float>(display_.px(x)), top = static_cast<float>(display_.px(y));
    widgets_.push_back({.id = id,
                        .rect = {left, top, left + static_cast<float>(display_.px(width)),
                                 top + static_cast<float>(display_.px(height))},
                        .label = id,
                        .kind = kind});
    return widgets_.back();
  }

  // "R1 next", sorted by appearance.
  [[nodiscard]] std::vector<std::string> breaches() const {
    WidgetList list;
    for (const Widget& widget : widgets_) list.add(widget);
    std::vector<std::string> names;
    for (const Finding& finding : check_layout(list, display_)) {
      names.push_back(finding.code + " " + finding.place);
    }
    return names;
  }

 private:
  Display display_;
  std::vector<Widget> widgets_;
};

using Names = std::vector<std::string>;

TEST(LayoutRules, TargetsOfExactlyTheRequiredSizePassOnEveryPanel) {
  for (const auto& panel : reference_panels()) {
    Layout layout(panel.display);
    layout.add("small", WidgetKind::kButton, 5.5, 20, 15, 15);
    layout.add("frequent", WidgetKind::kPrimary, 30, 20, 20, 20);
    layout.add("key", WidgetKind::kKey, 60, 20, 20, 20);
    layout.add("sign", WidgetKind::kConfirm, 90, 20, 40, 25);
    layout.add("narrow sign", WidgetKind::kConfirm, 140, 20, 25, 40);
    EXPECT_EQ(layout.breaches(), Names{}) << panel.name;
  }
}

TEST(LayoutRules, TargetsSmallerByHalfAMillimetreAreNamedWithTheirRule) {
  for (const auto& panel : reference_panels()) {
    Layout layout(panel.display);
    layout.add("small", WidgetKind::kButton, 6, 20, 14.5, 30);
    layout.add("frequent", WidgetKind::kPrimary, 40, 20, 30, 19.5);
    layout.add("key", WidgetKind::kKey, 80, 20, 19.5, 20);
    layout.add("sign", WidgetKind::kConfirm, 110, 20, 40, 24.5);
    layout.add("abort", WidgetKind::kDestructive, 110, 90, 39.5, 25);
    EXPECT_EQ(layout.breaches(),
              (Names{"R1 small", "R2 frequent", "R2 key", "R3 sign", "R3 abort"}))
        << panel.name;
  }
}

TEST(LayoutRules, TextAndStatusMayHaveAnySizeAndPlace) {
  Layout layout(test::wide_panel());
  layout.add("clock", WidgetKind::kText, 0, 0, 5, 3);
  layout.add("sync", WidgetKind::kStatus, 1, 0, 5, 3);
  EXPECT_EQ(layout.breaches(), Names{});
}

TEST(LayoutRules, NeighboursOfOneGroupMayBeThreeMillimetresApartOthersSix) {
  for (const auto& panel : reference_panels()) {
    Layout layout(panel.display);
    layout.add("key:1", WidgetKind::kKey, 10, 20, 20, 20).group = "pad";
    layout.add("key:2", WidgetKind::kKey, 33.5, 20, 20, 20).group = "pad";
    layout.add("clear", WidgetKind::kButton, 57.5, 20, 20, 20);
    EXPECT_EQ(layout.breaches(), (Names{"R4 key:2 | clear"})) << panel.name;
  }
}

TEST(LayoutRules, TwoTargetsWithoutAGroupAreTakenToDiffer) {
  Layout layout(test::wide_panel());
  layout.add("map", WidgetKind::kButton, 10, 20, 20, 20);
  layout.add("deviation", WidgetKind::kButton, 35, 20, 20, 20);
  EXPECT_EQ(layout.breaches(), (Names{"R4 map | deviation"}));
}

TEST(LayoutRules, OverlappingTargetsAreNamed) {
  Layout layout(test::wide_panel());
  layout.add("a", WidgetKind::kButton, 10, 20, 20, 20).group = "g";
  layout.add("b", WidgetKind::kButton, 20, 30, 20, 20).group = "g";
  EXPECT_EQ(layout.breaches(), (Names{"R4 a | b"}));
}

TEST(LayoutRules, ConfirmAndDestructiveStandTwentyMillimetresApartOrInDifferentHalves) {
  Layout near(test::wide_panel());
  near.add("sign", WidgetKind::kConfirm, 20, 20, 40, 25);
  near.add("abort", WidgetKind::kDestructive, 75, 20, 40, 25);
  EXPECT_EQ(near.breaches(), (Names{"R4 sign | abort"}));

  Layout far(test::wide_panel());
  far.add("sign", WidgetKind::kConfirm, 20, 20, 40, 25);
  far.add("abort", WidgetKind::kDestructive, 80.5, 20, 40, 25);
  EXPECT_EQ(far.breaches(), Names{});

  Layout halves(test::wide_panel());  // 345 mm wide: the middle is at 172.7
  halves.add("abort", WidgetKind::kDestructive, 125, 20, 40, 25);
  halves.add("sign", WidgetKind::kConfirm, 176, 20, 40, 25);
  EXPECT_EQ(halves.breaches(), Names{});
}

TEST(LayoutRules, TargetsStayFiveMillimetresFromEveryEdge) {
  const Display& display = test::wide_panel();
  const double right = display.width_mm(), bottom = display.height_mm();
  Layout layout(display);
  layout.add("left", WidgetKind::kButton, 4, 50, 20, 20);
  layout.add("top", WidgetKind::kButton, 50, 4, 20, 20);
  layout.add("right", WidgetKind::kButton, right - 24, 50, 20, 20);
  layout.add("bottom", WidgetKind::kButton, 50, bottom - 24, 20, 20);
  layout.add("fine", WidgetKind::kButton, right - 25.5, bottom - 25.5, 20, 20);
  EXPECT_EQ(layout.breaches(), (Names{"R5 left", "R5 top", "R5 right", "R5 bottom"}));
}

TEST(LayoutRules, TextKeysAreNineteenMillimetresWhereTenOfThemFit) {
  Layout wide(test::wide_panel());
  wide.add("key:a", WidgetKind::kKeySmall, 20, 20, 15, 15);
  EXPECT_EQ(wide.breaches(), (Names{"R20 key:a"}));
  Layout narrow(test::compact_panel());
  narrow.add("key:a", WidgetKind::kKeySmall, 20, 20, 15, 15);
  EXPECT_EQ(narrow.breaches(), Names{});
}

TEST(LayoutRules, DisabledWithoutAReasonAndDoubledOrMissingIdsAreNamed) {
  Layout layout(test::wide_panel());
  layout.add("next", WidgetKind::kPrimary, 20, 20, 20, 20).enabled = false;
  layout.add("", WidgetKind::kButton, 60, 20, 20, 20).label = "nameless";
  layout.add("twice", WidgetKind::kButton, 100, 20, 20, 20);
  layout.add("twice", WidgetKind::kButton, 140, 20, 20, 20);
  layout.add("flat", WidgetKind::kText, 180, 20, 0, 20);
  EXPECT_EQ(layout.breaches(), (Names{"list next", "list nameless", "list twice", "list flat"}));
}

TEST(LayoutRules, WhatLiesUnderADialogIsNotMeasured) {
  const Display& display = test::wide_panel();
  WidgetList list;
  list.add({.id = "tiny", .rect = {0, 0, 5, 5}, .label = "x", .kind = WidgetKind::kButton});
  EXPECT_FALSE(check_layout(list, display).empty());
  list.raise_layer();
  EXPECT_TRUE(check_layout(list, display).empty());
}

}  // namespace
}  // namespace batchwright::ui
