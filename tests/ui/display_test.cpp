// Proves the pixel table of R1..R5 on the reference panels, and the choice of layout by
// millimetres.
#include "ui/display.h"

#include <gtest/gtest.h>

#include "tests/ui/panel_fixture.h"

namespace batchwright::ui {
namespace {

using test::reference_panels;

struct Row {
  double mm;
  int px[4];
};

TEST(Display, MillimetresBecomePixelsRoundedUpOnAllReferencePanels) {
  const Row rows[] = {
      {15, {84, 61, 89, 74}},      // R1
      {20, {112, 81, 118, 99}},    // R2
      {25, {139, 101, 148, 123}},  // R3
      {40, {223, 162, 236, 197}},  // R3
      {3, {17, 13, 18, 15}},       // R4
      {6, {34, 25, 36, 30}},       // R4
      {5, {28, 21, 30, 25}},       // R5
  };
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(reference_panels()[i].display.px(row.mm), row.px[i])
          << row.mm << " mm on " << reference_panels()[i].name;
    }
  }
}

TEST(Display, SizeThatIsWholeInPixelsStaysAsItIs) {
  const Display inch{1000, 1000, 254.0};
  EXPECT_EQ(inch.px(1.0), 10);
  EXPECT_EQ(inch.px(25.4), 254);
  EXPECT_EQ(inch.px(1.01), 11);
}

TEST(Display, LayoutIsChosenByWidthInMillimetresNotByPixels) {
  EXPECT_EQ(reference_panels()[0].display.layout(), LayoutClass::kWide);
  EXPECT_EQ(reference_panels()[1].display.layout(), LayoutClass::kWide);
  EXPECT_EQ(reference_panels()[2].display.layout(), LayoutClass::kCompact);
  EXPECT_EQ(reference_panels()[3].display.layout(), LayoutClass::kCompact);
  EXPECT_EQ(Display::from_diagonal(3840, 2160, 10.1).layout(), LayoutClass::kCompact);
  EXPECT_EQ(Display::from_diagonal(800, 600, 21.0).layout(), LayoutClass::kWide);
}

TEST(Display, TooLargeForTheDesktopIsDrawnSmallerAsAWhole) {
  const Display panel = Display::from_diagonal(1600, 900, 15.6);
  const Display small = panel.fitted(1280, 760);
  EXPECT_EQ(small.width_px, 1280);
  EXPECT_EQ(small.height_px, 720);
  EXPECT_NEAR(small.width_mm(), panel.width_mm(), 0.5);
  EXPECT_EQ(small.layout(), panel.layout());
  EXPECT_EQ(panel.fitted(1920, 1080), panel);
  EXPECT_EQ(panel.fitted(0, 0), panel);  // a desktop that says nothing of its size
}

TEST(Display, PanelOfTheDrawingsMeasuresAsPrinted) {
  EXPECT_NEAR(test::wide_panel().width_mm(), 345, 1);
  EXPECT_NEAR(test::wide_panel().height_mm(), 194, 1);
  EXPECT_NEAR(test::compact_panel().width_mm(), 218, 1);
}

}  // namespace
}  // namespace batchwright::ui
