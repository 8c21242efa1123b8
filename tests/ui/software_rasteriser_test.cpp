// Whole frames: what is skipped, what is drawn again, and that the picture never depends on what
// was there before.
#include "ui/backend/software_rasteriser.h"

#include <gtest/gtest.h>
#include <imgui.h>

#include <random>
#include <string>

#include "tests/ui/panel_fixture.h"
#include "tests/ui/picture_check.h"
#include "ui/backend/frame_loop.h"

namespace batchwright::ui {
namespace {

using test::compact_panel;
using test::fonts_for;
using test::shipped_theme;

constexpr std::uint32_t kGround = 0xd5d9db;

// Draws with ImGui through the frame loop, as screens do.
class Drawing {
 public:
  explicit Drawing(std::function<void(ImDrawList&, Frame&)> draw)
      : loop_(compact_panel(), shipped_theme(), fonts_for(compact_panel()), [draw](Frame& frame) {
          frame.show("drawing");
          draw(*ImGui::GetBackgroundDrawList(), frame);
        }) {}

  FrameLoop::Shown run(Renderer& renderer) { return loop_.run(now_ms_ += 16, renderer); }

 private:
  FrameLoop loop_;
  std::int64_t now_ms_ = 1000;
};

void put_text(ImDrawList& list, Frame& frame, TextRole role, float x, float y, const char* text,
              Rgb colour) {
  ImFont* font = frame.fonts.font(role);
  list.AddText(font, font->FontSize, {x, y}, colour.imgui(), text);
}

void draw_shapes(ImDrawList& list, Frame& frame) {
  const Colours& c = frame.theme.colours;
  list.AddRectFilled({0, 0}, {640, 60}, c.bar.imgui());
  put_text(list, frame, TextRole::kSmallBold, 20, 14, "Tris-saline buffer 100 L  ● ○", c.on_bar);
  list.AddRectFilled({20.5f, 80.25f}, {300, 250}, c.card.imgui(), 14);
  list.AddRect({20, 80}, {300, 250}, c.edge.imgui(), 14, 0, 2);
  put_text(list, frame, TextRole::kTitle, 40, 90, "25.3 °C", c.ink);
  put_text(list, frame, TextRole::kBody, 40, 150, "✓ ✗ ▲ ▼ ⌫ ⇧ ≤ ≥ −", c.muted);
  put_text(list, frame, TextRole::kBodyBold, 40, 200, "⚠ ← → ↑ ↓ – … ‹ ›", c.warning_ink);
  list.AddCircle({400, 160}, 60, c.focus.imgui(), 48, 8);
  list.AddCircleFilled({400, 160}, 40, c.alarm.imgui(160), 48);
  list.AddLine({330, 90}, {620, 250}, c.edge.imgui(), 5);
  list.AddTriangleFilled({550, 100}, {620, 240}, {480, 230}, c.warning.imgui(128));
  list.AddRectFilledMultiColor({20, 270}, {620, 300}, c.action.imgui(), c.alarm.imgui(),
                               c.warning.imgui(0), c.focus.imgui());
  list.PushClipRect({100, 310}, {200, 350});
  list.AddRectFilled({50, 300}, {150.5f, 400}, c.training.imgui());
  list.PopClipRect();
}

TEST(SoftwareRasteriser, ShapesTextAndGradientsAreTheSamePictureEverywhere) {
  Drawing drawing(draw_shapes);
  SoftwareRasteriser renderer(640, 360, kGround);
  drawing.run(renderer);
  EXPECT_TRUE(test::matches_snapshot(copy_of(renderer.canvas()), "rasteriser_shapes"));
}

TEST(SoftwareRasteriser, UnchangedFrameIsSkipped) {
  Drawing drawing(draw_shapes);
  SoftwareRasteriser renderer(640, 360, kGround);
  EXPECT_EQ(drawing.run(renderer).damage.size(), 1u);
  // Spoil the picture: a skipped frame must not touch it.
  renderer.canvas().row(0)[0] = 0x123456;
  EXPECT_TRUE(drawing.run(renderer).damage.empty());
  EXPECT_EQ(renderer.canvas().row(0)[0], 0x123456u);
  renderer.invalidate();
  const auto damage = drawing.run(renderer).damage;
  ASSERT_EQ(damage.size(), 1u);
  EXPECT_EQ(damage[0], (PixelRect{0, 0, 640, 360}));
  EXPECT_NE(renderer.canvas().row(0)[0], 0x123456u);
}

TEST(SoftwareRasteriser, OnlyTilesUnderAChangeAreDrawnAgain) {
  int value = 0;
  Drawing drawing([&value](ImDrawList& list, Frame& frame) {
    draw_shapes(list, frame);
    const std::string text = std::to_string(value);
    put_text(list, frame, TextRole::kValue, 330, 270, text.c_str(), frame.theme.colours.ink);
  });
  SoftwareRasteriser renderer(640, 360, kGround);
  drawing.run(renderer);
  value = 7;
  const auto damage = drawing.run(renderer).damage;
  ASSERT_FALSE(damage.empty());
  for (const PixelRect& rect : damage) {
    EXPECT_GE(rect.x0, 256);
    EXPECT_LE(rect.x1, 448);
    EXPECT_GE(rect.y0, 256);
  }
}

TEST(SoftwareRasteriser, PictureDrawnBitByBitEqualsThePictureDrawnAtOnce) {
  const unsigned seed = 99;
  RecordProperty("seed", static_cast<int>(seed));
  std::mt19937 random(seed);
  struct Box {
    float x, y, width, height, corner;
    std::uint32_t colour;
  };
  std::vector<Box> boxes;
  const auto number = [&random](int from, int to) {
    return static_cast<float>(std::uniform_int_distribution<int>(from * 4, to * 4)(random)) / 4;
  };
  const auto any_box = [&] {
    return Box{number(-40, 600), number(-40, 340), number(1, 200),
               number(1, 120),   number(0, 20),    static_cast<std::uint32_t>(random())};
  };
  for (int i = 0; i < 25; ++i) boxes.push_back(any_box());
  Drawing drawing([&boxes](ImDrawList& list, Frame& frame) {
    for (const Box& box : boxes) {
      list.AddRectFilled({box.x, box.y}, {box.x + box.width, box.y + box.height}, box.colour,
                         box.corner);
      put_text(list, frame, TextRole::kSmall, box.x, box.y, "Ag7", frame.theme.colours.ink);
    }
  });
  SoftwareRasteriser steady(640, 360, kGround);
  for (int round = 0; round < 150; ++round) {
    boxes[random() % boxes.size()] = any_box();
    if (round % 10 == 0) std::swap(boxes.front(), boxes.back());
    drawing.run(steady);
    SoftwareRasteriser fresh(640, 360, kGround);
    drawing.run(fresh);
    const auto difference = compare(copy_of(fresh.canvas()), copy_of(steady.canvas()));
    ASSERT_FALSE(difference.has_value()) << "round " << round << ": " << difference->summary;
  }
}

TEST(SoftwareRasteriser, TextureThatChangedItsContentsIsDrawnAgain) {
  Texture picture;
  picture.width_px = picture.height_px = 1;
  picture.rgba = {IM_COL32(255, 0, 0, 255)};
  Drawing drawing(
      [&picture](ImDrawList& list, Frame&) { list.AddImage(&picture, {10, 10}, {50, 50}); });
  SoftwareRasteriser renderer(64, 64, kGround);
  drawing.run(renderer);
  EXPECT_EQ(renderer.canvas().row(20)[20], 0xff0000u);
  picture.rgba = {IM_COL32(0, 255, 0, 255)};
  ++picture.version;
  EXPECT_FALSE(drawing.run(renderer).damage.empty());
  EXPECT_EQ(renderer.canvas().row(20)[20], 0x00ff00u);
}

TEST(SoftwareRasteriser, DrawsIntoTheCallersMemoryWithItsStride) {
  std::vector<std::uint32_t> memory(100 * 64, 0xabcdef);
  SoftwareRasteriser renderer(Canvas{memory.data(), 64, 64, 100}, kGround);
  Drawing drawing(
      [](ImDrawList& list, Frame&) { list.AddRectFilled({0, 0}, {900, 900}, IM_COL32_BLACK); });
  drawing.run(renderer);
  for (std::size_t y = 0; y < 64; ++y) {
    EXPECT_EQ(memory[y * 100 + 63], 0u);
    EXPECT_EQ(memory[y * 100 + 64], 0xabcdefu);
  }
}

}  // namespace
}  // namespace batchwright::ui
