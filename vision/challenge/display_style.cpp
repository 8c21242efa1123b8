#include "vision/challenge/display_style.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "vision/engine/glyphs.h"

namespace batchwright::vision::challenge {

namespace {

constexpr std::uint64_t kStyleSeed = 30'002;

const std::array<Colour, 5> kLedColours{
    {{0.05, 0.08, 0.85}, {0.15, 0.8, 0.1}, {0.05, 0.5, 0.85}, {0.85, 0.45, 0.15}, {0.8, 0.8, 0.8}}};
const std::array<Colour, 4> kLcdColours{
    {{0.55, 0.66, 0.6}, {0.7, 0.75, 0.74}, {0.35, 0.7, 0.62}, {0.8, 0.8, 0.8}}};

void led(DisplayLook& look, Dice& dice) {
  look.light_on_dark = true;
  look.window = Colour::all(dice.between(0.02, 0.08));
  look.shown = dice.one_of(kLedColours) * dice.between(0.75, 1.05);
  look.ghost = dice.between(0, 0.12);
}

void lcd(DisplayLook& look, Dice& dice) {
  look.window = dice.one_of(kLcdColours);
  look.shown = look.window * dice.between(0.1, 0.45);
  look.ghost = dice.between(0, 0.14);
}

void segments(DisplayLook& look, Dice& dice) {
  auto& row = look.row;
  row.height = dice.between(48, 105);
  row.width = row.height * dice.between(0.5, 0.62);
  row.stroke = row.height * dice.between(0.09, 0.15);
  row.pitch = row.width + row.stroke * dice.between(1.9, 2.8);
  row.slant_deg = dice.chance(0.6) ? dice.between(3, 11) : 0;
  look.gap = dice.between(0.05, 0.3);
}

void dots(DisplayLook& look, Dice& dice) {
  auto& row = look.row;
  const double pitch_px = dice.between(5.5, 12);
  row.width = 5 * pitch_px;
  row.height = 7 * pitch_px * dice.between(1, 1.12);
  row.pitch = 6 * pitch_px;
  look.gap = dice.between(0.06, 0.25);
  row.stroke = pitch_px * (1 - look.gap);
  look.style = DisplayStyle::kDotMatrix;
}

// A segment's outline: pointed ends as in most displays, or blunt ones.
Outline segment(const DisplayLook& look, cv::Point2d from, cv::Point2d to) {
  const double t = look.row.stroke / 2, gap = look.gap * look.row.stroke;
  const cv::Point2d along = (to - from) / std::max(1e-9, cv::norm(to - from));
  const cv::Point2d across(-along.y, along.x);
  from += along * gap;
  to -= along * gap;
  if (!look.pointed) return bar(from + along * t, to - along * t, look.row.stroke);
  return {from, from + (along + across) * t, to + (across - along) * t,
          to,   to - (along + across) * t,   from + (along - across) * t};
}

// What is seen of an element that is shown by `level`.
void draw(Sheet& sheet, const DisplayLook& look, const Outline& outline, double level) {
  const double seen = look.ghost + (1 - look.ghost) * level;
  if (look.light_on_dark)
    sheet.light(outline, look.shown * seen);
  else
    sheet.paint(outline, look.window * (1 - seen) + look.shown * seen);
}

}  // namespace

DisplayLook display_number(int number) {
  auto dice = Dice::of_case(kStyleSeed, static_cast<std::uint64_t>(number));
  DisplayLook look;
  const int kind = number / 10;
  look.pointed = dice.chance(0.6);
  look.shape = dice.whole(0, 1);
  look.housing = Colour(1, 1, 1) * dice.between(0.15, 0.8);
  if (kind == 2)
    dots(look, dice);
  else
    segments(look, dice);
  if (kind == 0 || (kind == 2 && number % 2 == 0))
    led(look, dice);
  else
    lcd(look, dice);
  look.name = fmt::format("{}-{}", kind == 0 ? "led" : (kind == 1 ? "lcd" : "dots"), number % 10);
  return look;
}

PlaceShown place_showing(const DisplayLook& look, char character) {
  const bool is_dots = look.style == DisplayStyle::kDotMatrix;
  const auto glyphs = is_dots ? dot_matrix_glyphs() : seven_segment_glyphs();
  Elements shown = 0;
  int shape = 0;
  for (const auto& glyph : glyphs)
    if (glyph.character == character && shape++ <= look.shape) shown = glyph.shown;
  PlaceShown levels(is_dots ? 35 : 8);
  for (std::size_t i = 0; i < levels.size(); ++i) levels[i] = (shown >> i & 1) != 0 ? 1 : 0;
  return levels;
}

void draw_place(Sheet& sheet, const DisplayLook& look, cv::Point2d corner,
                const PlaceShown& shown) {
  const auto& row = look.row;
  if (look.style == DisplayStyle::kDotMatrix) {
    for (int i = 0; i < 35; ++i) {
      const cv::Point2d at(corner.x + (i % 5 + 0.5) * row.width / 5,
                           corner.y + (i / 5 + 0.5) * row.height / 7);
      const double half = row.stroke / 2, tall = half * row.height / row.width * 5 / 7;
      draw(sheet, look,
           look.pointed ? ellipse(at, half, tall)
                        : rectangle(at.x - half, at.y - tall, 2 * half, 2 * tall),
           shown[static_cast<std::size_t>(i)]);
    }
    return;
  }
  const double t = row.stroke / 2, l = t, r = row.width - t, m = row.height / 2, b = row.height - t;
  const std::array<std::array<cv::Point2d, 2>, 7> lines{{{{{l, t}, {r, t}}},
                                                         {{{r, t}, {r, m}}},
                                                         {{{r, m}, {r, b}}},
                                                         {{{l, b}, {r, b}}},
                                                         {{{l, m}, {l, b}}},
                                                         {{{l, t}, {l, m}}},
                                                         {{{l, m}, {r, m}}}}};
  const double lean = std::tan(row.slant_deg * std::numbers::pi / 180);
  const auto put = [&](Outline outline, double level) {
    for (auto& at : outline) at = corner + cv::Point2d(at.x + (row.height - at.y) * lean, at.y);
    draw(sheet, look, outline, level);
  };
  for (std::size_t i = 0; i < lines.size(); ++i)
    put(segment(look, lines[i][0], lines[i][1]), shown[i]);
  const cv::Point2d point((row.width + row.pitch) / 2, b);
  put(look.pointed ? ellipse(point, t, t)
                   : rectangle(point.x - t, point.y - t, row.stroke, row.stroke),
      shown[7]);
}

}  // namespace batchwright::vision::challenge
