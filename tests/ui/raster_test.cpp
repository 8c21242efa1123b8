// The primitives, exactly: coverage against the definition, blending against real division.
#include "ui/backend/raster.h"

#include <gtest/gtest.h>
#include <imgui.h>

#include <limits>
#include <random>
#include <vector>

#include "ui/backend/blend.h"
#include "ui/backend/picture.h"

namespace batchwright::ui {
namespace {

constexpr std::uint32_t kBlack = 0, kWhite = 0xffffff;
constexpr std::uint32_t kOpaqueWhite = IM_COL32(255, 255, 255, 255);

const Texture& white() {
  static const Texture texture = [] {
    Texture t;
    t.width_px = t.height_px = 1;
    t.alpha = {255};
    return t;
  }();
  return texture;
}

class Sheet {
 public:
  Sheet(int width, int height, std::uint32_t ground = kBlack)
      : pixels_(static_cast<std::size_t>(width * height), ground),
        canvas_{pixels_.data(), width, height, width} {}

  void triangle(const RasterVertex (&v)[3], const Texture& texture = white()) {
    fill_triangle(canvas_, all(), texture, v);
  }
  [[nodiscard]] PixelRect all() const { return {0, 0, canvas_.width_px, canvas_.height_px}; }
  [[nodiscard]] const Canvas& canvas() const { return canvas_; }
  [[nodiscard]] std::uint32_t at(int x, int y) const { return canvas_.row(y)[x]; }

 private:
  std::vector<std::uint32_t> pixels_;
  Canvas canvas_;
};

RasterVertex corner(double x, double y, std::uint32_t colour = kOpaqueWhite) {
  return {static_cast<std::int32_t>(x * kSubpixels), static_cast<std::int32_t>(y * kSubpixels), 0,
          0, colour};
}

// The definition: a centre on an edge belongs to the shape on its right, or below it when the edge
// is level.
bool covers(const RasterVertex (&v)[3], int px, int py) {
  const std::int64_t x = px * kSubpixels + kSubpixels / 2, y = py * kSubpixels + kSubpixels / 2;
  const auto cross = [](const RasterVertex& a, const RasterVertex& b, std::int64_t cx,
                        std::int64_t cy) {
    return (static_cast<std::int64_t>(b.x) - a.x) * (cy - a.y) -
           (static_cast<std::int64_t>(b.y) - a.y) * (cx - a.x);
  };
  const std::int64_t turn = cross(v[0], v[1], v[2].x, v[2].y);
  if (turn == 0) return false;
  for (int i = 0; i < 3; ++i) {
    const RasterVertex& a = turn > 0 ? v[i] : v[2 - i];
    const RasterVertex& b = turn > 0 ? v[(i + 1) % 3] : v[(4 - i) % 3];
    const std::int64_t side = cross(a, b, x, y);
    const bool is_top = a.y == b.y && b.x > a.x;
    const bool is_left = b.y < a.y;
    if (side < 0 || (side == 0 && !is_top && !is_left)) return false;
  }
  return true;
}

TEST(Raster, BlendIsCorrectlyRoundedForEveryValue) {
  for (std::uint32_t alpha = 0; alpha < 256; ++alpha) {
    for (std::uint32_t over = 0; over < 256; over += 3) {
      for (std::uint32_t under = 0; under < 256; ++under) {
        const std::uint32_t exact = (2 * (over * alpha + under * (255 - alpha)) + 255) / 510;
        const std::uint32_t all = exact | (exact << 8) | (exact << 16);
        ASSERT_EQ(blend(under * 0x10101, over * 0x10101, alpha), all)
            << under << " " << over << " " << alpha;
      }
    }
  }
}

TEST(Raster, ColoursAreTakenApartInImguisOrder) {
  const Paint paint = paint_of(IM_COL32(0x12, 0x34, 0x56, 0x78));
  EXPECT_EQ(paint.rgb, 0x123456u);
  EXPECT_EQ(paint.alpha, 0x78u);
  EXPECT_EQ(times(255, 255), 255u);
  EXPECT_EQ(times(255, 7), 7u);
  EXPECT_EQ(times_rgb(0xffffff, 0x123456), 0x123456u);
}

TEST(Raster, RectangleCoversThePixelsWhoseCentresItHolds) {
  Sheet sheet(8, 8);
  fill_rectangle(sheet.canvas(), sheet.all(), white(), corner(1.5, 2.25), corner(4.5, 5.75));
  for (int y = 0; y < 8; ++y) {
    for (int x = 0; x < 8; ++x) {
      const bool inside = x >= 1 && x < 4 && y >= 2 && y < 6;
      EXPECT_EQ(sheet.at(x, y), inside ? kWhite : kBlack) << x << "," << y;
    }
  }
}

TEST(Raster, TriangleCoversExactlyThePixelsOfItsDefinition) {
  const unsigned seed = 20260122;
  RecordProperty("seed", static_cast<int>(seed));
  std::mt19937 random(seed);
  // A coarse grid makes centres fall on edges and corners often.
  for (int round = 0; round < 4000; ++round) {
    const int grid = round % 2 == 0 ? kSubpixels / 2 : 1;
    std::uniform_int_distribution<int> coordinate(-4 * kSubpixels / grid, 28 * kSubpixels / grid);
    RasterVertex v[3];
    for (RasterVertex& vertex : v) {
      vertex = {coordinate(random) * grid, coordinate(random) * grid, 0, 0, kOpaqueWhite};
    }
    Sheet sheet(24, 24);
    sheet.triangle(v);
    for (int y = 0; y < 24; ++y) {
      for (int x = 0; x < 24; ++x) {
        ASSERT_EQ(sheet.at(x, y) == kWhite, covers(v, x, y))
            << "round " << round << " at " << x << "," << y;
      }
    }
  }
}

TEST(Raster, TrianglesOfAFanMeetWithoutGapOrOverlap) {
  const unsigned seed = 7;
  RecordProperty("seed", static_cast<int>(seed));
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> offset(0, 40 * kSubpixels);
  const std::uint32_t half = IM_COL32(255, 255, 255, 128);
  for (int round = 0; round < 500; ++round) {
    const RasterVertex middle{offset(random) / 2 + 10 * kSubpixels,
                              offset(random) / 2 + 10 * kSubpixels, 0, 0, half};
    const RasterVertex ring[4] = {corner(0, 0, half), corner(40, 0, half), corner(40, 40, half),
                                  corner(0, 40, half)};
    Sheet sheet(40, 40);
    for (int i = 0; i < 4; ++i) {
      const RasterVertex v[3] = {middle, ring[i], ring[(i + 1) % 4]};
      sheet.triangle(v);
    }
    const std::uint32_t once = blend(kBlack, kWhite, 128);
    for (int y = 0; y < 40; ++y) {
      for (int x = 0; x < 40; ++x)
        ASSERT_EQ(sheet.at(x, y), once) << round << ": " << x << "," << y;
    }
  }
}

TEST(Raster, NothingIsDrawnOutsideTheClip) {
  std::mt19937 random(3);
  std::uniform_int_distribution<int> coordinate(-100 * kSubpixels, 150 * kSubpixels);
  const PixelRect clip{10, 12, 30, 25};
  for (int round = 0; round < 300; ++round) {
    Sheet sheet(48, 40);
    RasterVertex v[3];
    for (RasterVertex& vertex : v) {
      vertex = {coordinate(random), coordinate(random), 0, 0, IM_COL32(255, round % 256, 0, 255)};
    }
    v[0].colour = kOpaqueWhite;
    fill_triangle(sheet.canvas(), clip, white(), v);
    for (int y = 0; y < 40; ++y) {
      for (int x = 0; x < 48; ++x) {
        const bool inside = x >= clip.x0 && x < clip.x1 && y >= clip.y0 && y < clip.y1;
        if (!inside) {
          ASSERT_EQ(sheet.at(x, y), kBlack);
        }
      }
    }
  }
}

TEST(Raster, SoftFringeFallsEvenlyFromFullToNothing) {
  // Two triangles from alpha 255 at x = 0 to alpha 0 at x = 256: the value at a centre is 255 * (1
  // - (x + 0.5) / 256).
  Sheet sheet(256, 4);
  const std::uint32_t clear = IM_COL32(255, 255, 255, 0);
  const RasterVertex upper[3] = {corner(0, 0), corner(256, 0, clear), corner(256, 4, clear)};
  const RasterVertex lower[3] = {corner(0, 0), corner(256, 4, clear), corner(0, 4)};
  sheet.triangle(upper);
  sheet.triangle(lower);
  for (int x = 0; x < 256; ++x) {
    const double exact = 255.0 * (1 - (x + 0.5) / 256);
    for (int y = 0; y < 4; ++y) {
      EXPECT_NEAR(static_cast<double>(sheet.at(x, y) & 0xff), exact, 0.51) << x << "," << y;
    }
  }
}

TEST(Raster, ColoursAreInterpolatedChannelByChannel) {
  Sheet sheet(64, 64);
  const RasterVertex v[3] = {corner(0, 0, IM_COL32(255, 0, 0, 255)),
                             corner(64, 0, IM_COL32(0, 255, 0, 255)),
                             corner(0, 64, IM_COL32(0, 0, 255, 255))};
  sheet.triangle(v);
  const std::uint32_t near_red = sheet.at(0, 0), near_green = sheet.at(61, 0),
                      near_blue = sheet.at(0, 61);
  EXPECT_GT(near_red >> 16, 250u);
  EXPECT_GT((near_green >> 8) & 0xff, 240u);
  EXPECT_GT(near_blue & 0xff, 240u);
}

TEST(Raster, SliversAndHugeOrBrokenCoordinatesAreHarmless) {
  Sheet sheet(32, 32);
  const float huge = std::numeric_limits<float>::infinity();
  const float broken = std::numeric_limits<float>::quiet_NaN();
  const float values[] = {0, -1e30f, 1e30f, huge, -huge, broken, 15.5f, 16.001f};
  for (const float a : values) {
    for (const float b : values) {
      for (const float c : values) {
        const ImDrawVert raw[3] = {{{a, b}, {c, a}, IM_COL32(255, 0, 0, 255)},
                                   {{b, c}, {a, b}, IM_COL32(0, 255, 0, 9)},
                                   {{c, a}, {b, c}, IM_COL32(0, 0, 255, 77)}};
        const RasterVertex v[3] = {raster_vertex(raw[0], white()), raster_vertex(raw[1], white()),
                                   raster_vertex(raw[2], white())};
        sheet.triangle(v);
        fill_rectangle(sheet.canvas(), sheet.all(), white(), v[0], v[1]);
      }
    }
  }
  for (int i = 0; i < 1000; ++i) {
    const RasterVertex thin[3] = {{i, 0, 0, 0, kOpaqueWhite},
                                  {i + 1, 32 * kSubpixels, 0, 0, IM_COL32(0, 0, 0, 0)},
                                  {i + 2, 32 * kSubpixels, 0, 0, IM_COL32(9, 9, 9, 9)}};
    sheet.triangle(thin);
  }
}

TEST(Raster, TextureOfItsOwnSizeIsCopiedTexelByTexel) {
  Texture glyphs;
  glyphs.width_px = 16;
  glyphs.height_px = 16;
  for (int i = 0; i < 256; ++i) glyphs.alpha.push_back(static_cast<std::uint8_t>(i));
  Sheet sheet(16, 16);
  const ImDrawVert raw[2] = {{{2, 3}, {4.0f / 16, 5.0f / 16}, kOpaqueWhite},
                             {{9, 10}, {11.0f / 16, 12.0f / 16}, kOpaqueWhite}};
  fill_rectangle(sheet.canvas(), sheet.all(), glyphs, raster_vertex(raw[0], glyphs),
                 raster_vertex(raw[1], glyphs));
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 16; ++x) {
      const bool inside = x >= 2 && x < 9 && y >= 3 && y < 10;
      const auto value = static_cast<std::uint32_t>(inside ? (y + 2) * 16 + x + 2 : 0);
      EXPECT_EQ(sheet.at(x, y), value * 0x10101) << x << "," << y;
    }
  }
}

TEST(Raster, ColouredTextureScaledByTwoRepeatsTexels) {
  Texture picture;
  picture.width_px = picture.height_px = 2;
  picture.rgba = {IM_COL32(255, 0, 0, 255), IM_COL32(0, 255, 0, 255), IM_COL32(0, 0, 255, 255),
                  IM_COL32(255, 255, 255, 0)};
  Sheet sheet(4, 4, 0x102030);
  const ImDrawVert raw[2] = {{{0, 0}, {0, 0}, kOpaqueWhite}, {{4, 4}, {1, 1}, kOpaqueWhite}};
  fill_rectangle(sheet.canvas(), sheet.all(), picture, raster_vertex(raw[0], picture),
                 raster_vertex(raw[1], picture));
  EXPECT_EQ(sheet.at(1, 1), 0xff0000u);
  EXPECT_EQ(sheet.at(2, 0), 0x00ff00u);
  EXPECT_EQ(sheet.at(0, 3), 0x0000ffu);
  EXPECT_EQ(sheet.at(3, 3), 0x102030u);
}

}  // namespace
}  // namespace batchwright::ui
