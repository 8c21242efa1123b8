#include "vision/challenge/gauge_scene.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "vision/challenge/display_style.h"

namespace batchwright::vision::challenge {

namespace {

constexpr std::uint64_t kDialSeed = 30'003;

cv::Point2d at(cv::Point2d centre, double radius, double deg) {
  const double turn = deg * std::numbers::pi / 180;
  return {centre.x + radius * std::sin(turn), centre.y - radius * std::cos(turn)};
}

// A number in strokes, upright, around `middle`.
void write(Sheet& sheet, const std::string& text, cv::Point2d middle, double height,
           const DialLook& dial) {
  DisplayLook font;
  font.row = {0, 0, height * 0.55, height, height * 0.75, 0, height * 0.13};
  font.window = dial.face;
  font.shown = dial.ink;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto shown = place_showing(font, text[i]);
    const double x =
        middle.x + (static_cast<double>(i) - static_cast<double>(text.size()) / 2) * font.row.pitch;
    // Only what is printed: hidden segments would be painted in the face's colour, the same.
    draw_place(sheet, font, {x, middle.y - height / 2}, shown);
  }
}

void draw_scale(Sheet& sheet, const DialLook& dial, cv::Point2d centre) {
  const double r = dial.radius_px;
  const int ticks = dial.major * dial.minor;
  for (int i = 0; i <= ticks; ++i) {
    const double deg = dial.low_deg + (dial.high_deg - dial.low_deg) * i / ticks;
    const bool major = i % dial.minor == 0;
    sheet.paint(bar(at(centre, r * (major ? 0.86 : 0.92), deg), at(centre, r, deg),
                    major ? r * 0.03 : r * 0.015),
                dial.ink);
    if (major && dial.numbers)
      write(sheet, std::to_string(static_cast<int>(std::lround(dial.high * i / ticks))),
            at(centre, r * 0.73, deg), r * 0.12, dial);
  }
}

Outline needle(const DialLook& dial, cv::Point2d centre, double deg) {
  const double r = dial.radius_px, half = dial.width * r / 2;
  const double tail = dial.shape == NeedleShape::kWithTail ? dial.tail : dial.tail * 0.4;
  const double tip = dial.shape == NeedleShape::kBar ? half : half * 0.25;
  const auto side = [&](cv::Point2d point, double width) {
    const auto across = at({0, 0}, 1, deg + 90);
    return point + across * width;
  };
  const auto end = at(centre, r * dial.length, deg), back = at(centre, -r * tail, deg);
  return {side(back, -half), side(end, -tip), side(end, tip), side(back, half)};
}

void draw_needle(Sheet& sheet, const DialLook& dial, cv::Point2d centre, const GaugeCase& truth,
                 Dice& dice) {
  const cv::Point2d away(dice.between(-0.09, 0.09) * dial.radius_px,
                         dice.between(0.01, 0.09) * dial.radius_px);
  sheet.soften_last(dial.radius_px * 0.015);
  // Where there is no needle there is no shadow; that of a moving one is too faint to see.
  const bool stands =
      truth.trouble != GaugeTrouble::kNoNeedle && truth.trouble != GaugeTrouble::kMoving;
  if (dial.shadow > 0 && stands)
    sheet.tint(needle(dial, centre + away, truth.deg), Colour::all(1 - dial.shadow));
  if (truth.trouble == GaugeTrouble::kMoving) {
    // A fan as dense as the time it was in each place allows.
    constexpr int kSteps = 12;
    const double sweep = dice.between(15, 40);
    for (int i = 0; i < kSteps; ++i)
      sheet.paint(needle(dial, centre, truth.deg + sweep * (i / (kSteps - 1.0) - 0.5)),
                  dial.face * 0.65 + dial.hand * 0.35);
  } else if (truth.trouble != GaugeTrouble::kNoNeedle) {
    sheet.paint(needle(dial, centre, truth.deg), dial.hand);
  }
  sheet.paint(ellipse(centre, dial.radius_px * 0.1, dial.radius_px * 0.1), dial.ink);
}

Check taught_check(const DialLook& dial, cv::Point2d centre) {
  Check check;
  check.id = "gauge";
  check.version = "1";
  check.title["en"] = "Gauge";
  check.camera = "CAM-T";
  check.quality.contrast_min = 15;
  const int half = static_cast<int>(std::ceil(dial.radius_px * 1.05));
  check.regions.push_back(
      {"dial",
       {{"en", "Dial"}},
       {static_cast<int>(centre.x) - half, static_cast<int>(centre.y) - half, 2 * half, 2 * half}});
  GaugeCheck rule;
  rule.name = "value";
  rule.region = "dial";
  rule.centre_x = centre.x;
  rule.centre_y = centre.y;
  rule.radius_px = dial.radius_px;
  rule.low_deg = dial.low_deg;
  rule.high_deg = dial.high_deg;
  rule.low = "0";
  rule.high = fmt::format("{:.0f}", dial.high);
  rule.decimals = dial.decimals;
  rule.needle = dial.needle;
  check.rule = rule;
  return check;
}

void cover(Sheet& sheet, const DialLook& dial, cv::Point2d centre, Dice& dice) {
  const double r = dial.radius_px, half = r * dice.between(0.15, 0.3);
  const auto tip = at(centre, r * dice.between(0, 0.8), dice.between(-180, 180));
  const cv::Point2d root(tip.x + dice.between(-0.8, 0.8) * r, tip.y + 4 * r);
  const Colour skin = Colour(0.45, 0.55, 0.75) * dice.between(0.6, 1.1);
  sheet.paint(bar(root, tip, 2 * half), skin);
  sheet.paint(ellipse(tip, half, half), skin);
}

void shine_on(cv::Mat& picture, const Sheet& sheet, const DialLook& dial, cv::Point2d centre,
              const GaugeCase& truth, Dice& dice) {
  const double r = dial.radius_px, deg = dice.between(-180, 180);
  Glare glare{0, 0, r * dice.between(0.1, 0.3), r * dice.between(0.1, 0.3), dice.between(0, 180)};
  const bool over = truth.trouble == GaugeTrouble::kGlare;
  if (!over && !light_number(truth.light).lamp) return;
  const auto where = sheet.in_frame(
      over ? at(centre, r * dice.between(0.3, 0.7), truth.deg + dice.between(-15, 15))
           : at(centre, r * 1.35, deg));
  glare.x = where.x;
  glare.y = where.y;
  shine(picture, glare);
}

}  // namespace

const char* to_string(GaugeTrouble trouble) {
  constexpr std::array kNames{"none", "no_needle", "off_scale", "covered", "glare", "moving"};
  return kNames[static_cast<std::size_t>(trouble)];
}

DialLook dial_number(int number) {
  auto dice = Dice::of_case(kDialSeed, static_cast<std::uint64_t>(number));
  DialLook dial;
  dial.needle = static_cast<NeedleColour>(number % 3);
  constexpr std::array kNames{"dark", "light", "red"};
  dial.name = fmt::format("{}-{}", kNames[static_cast<std::size_t>(number % 3)], number / 3);
  dial.shape = static_cast<NeedleShape>(dice.whole(0, 2));
  dial.radius_px = dice.between(85, 170);
  const double span = dice.one_of(std::array{90.0, 180.0, 240.0, 270.0, 270.0, 300.0});
  const double turn = dice.one_of(std::array{0.0, 0.0, 0.0, -45.0, 90.0});
  dial.low_deg = turn - span / 2;
  dial.high_deg = turn + span / 2;
  dial.high = dice.one_of(std::array{1.0, 4.0, 6.0, 10.0, 16.0, 60.0, 100.0, 250.0});
  dial.decimals = dial.high < 5 ? 2 : (dial.high < 50 ? 1 : 0);
  dial.major = dice.one_of(std::array{4, 5, 6, 10});
  dial.minor = dice.one_of(std::array{2, 5, 10});
  dial.numbers = dice.chance(0.8);
  dial.width = dice.between(0.03, 0.08);
  dial.length = dice.between(0.78, 0.95);
  dial.tail = dice.between(0.1, 0.28);
  dial.shadow = dice.chance(0.6) ? dice.between(0.15, 0.45) : 0;
  const double grey = dice.between(0.65, 0.9), black = dice.between(0.03, 0.12);
  const bool dark_face = dial.needle == NeedleColour::kLight;
  dial.face = Colour::all(dark_face ? black : grey);
  dial.ink = Colour::all(dark_face ? grey : black);
  dial.hand = dial.ink;
  if (dial.needle == NeedleColour::kRed) dial.hand = {0.08, 0.1, dice.between(0.6, 0.85)};
  return dial;
}

GaugeCase gauge_case(std::uint64_t seed, std::uint64_t number) {
  auto dice = Dice::of_case(seed, number);
  GaugeCase truth;
  truth.seed = seed;
  truth.number = number;
  truth.dial = static_cast<int>(number % kDials);
  truth.light = dice.whole(0, kLights - 1);
  if ((number / kDials + number) % 2 == 1)
    truth.trouble = static_cast<GaugeTrouble>(dice.whole(1, 5));
  if (number % 50 == 49) truth.frame = {1920, 1080};
  const auto dial = dial_number(truth.dial);
  const double span = dial.high_deg - dial.low_deg;
  truth.deg = dial.low_deg + span * dice.share();
  // Beyond the marks, but not so far that it comes in again from the other side.
  const double beyond = dice.between(0.05, 0.9) * (360 - span) / 2 + 0.03 * span;
  if (truth.trouble == GaugeTrouble::kOffScale)
    truth.deg = dice.chance(0.5) ? dial.low_deg - beyond : dial.high_deg + beyond;
  truth.value = (truth.deg - dial.low_deg) / span * dial.high;
  truth.allowed = 0.02 * dial.high + 0.5 * std::pow(10.0, -dial.decimals) + 1e-9;
  return truth;
}

GaugeScene draw_gauge(const GaugeCase& truth) {
  auto dice = Dice::of_case(truth.seed ^ 0x5eed, truth.number);
  const auto dial = dial_number(truth.dial);
  const cv::Point2d centre(truth.frame.width / 2.0, truth.frame.height / 2.0);
  GaugeScene scene{truth, {}, taught_check(dial, centre)};
  Sheet sheet(truth.frame, nudged(truth.frame, dice), Colour::all(dice.between(0.2, 0.7)));
  const double r = dial.radius_px;
  sheet.paint(ellipse(centre, r * 1.18, r * 1.18), Colour::all(dice.between(0.1, 0.5)));
  sheet.paint(ellipse(centre, r * 1.08, r * 1.08), dial.face);
  draw_scale(sheet, dial, centre);
  draw_needle(sheet, dial, centre, truth, dice);
  if (truth.trouble == GaugeTrouble::kCovered) cover(sheet, dial, centre, dice);
  auto picture = sheet.under(light_number(truth.light));
  shine_on(picture, sheet, dial, centre, truth, dice);
  const auto camera = CameraModel::inside_the_gate(dice);
  scene.frame = frame_of_picture(photograph(picture, camera, dice));
  return scene;
}

}  // namespace batchwright::vision::challenge
