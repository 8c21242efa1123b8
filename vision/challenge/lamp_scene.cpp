#include "vision/challenge/lamp_scene.h"

#include <fmt/format.h>

#include <algorithm>
#include <opencv2/imgcodecs.hpp>

namespace batchwright::vision::challenge {

namespace {

const cv::Size kFrame{640, 480};
constexpr int kPitch = 140, kSide = 96, kLeft = 62, kTop = 192;
constexpr double kRadius = 30;

// Blue, green, red of what a lens gives off when lit.
const std::array<Colour, 5> kColours{
    {{0.1, 0.12, 0.9}, {0.2, 0.85, 0.15}, {0.1, 0.65, 0.9}, {0.9, 0.45, 0.15}, {0.8, 0.8, 0.8}}};

cv::Point2d centre_of(int lamp) {
  return {kLeft + lamp * kPitch + kSide / 2.0, kTop + kSide / 2.0};
}

// What a state of a lens gives off: the third one is another colour behind the same lens.
Colour emitted(int lens, int state) {
  if (state == 0) return {};
  const auto at = static_cast<std::size_t>(lens + (state == 2 ? 2 : 0)) % kColours.size();
  return kColours[at] * 0.8;
}

Colour lens_colour(int lens) {
  return kColours[static_cast<std::size_t>(lens)] * 0.22 + Colour::all(0.05);
}

void draw_lamp(Sheet& sheet, int lamp, int lens, int state, double strength) {
  const auto centre = centre_of(lamp);
  sheet.paint(ellipse(centre, kRadius * 1.2, kRadius * 1.2), Colour::all(0.5));
  sheet.paint(ellipse(centre, kRadius, kRadius), lens_colour(lens));
  if (state == 0) return;
  const auto light = emitted(lens, state) * strength;
  // The glow on the panel around it.
  sheet.light(ellipse(centre, kSide * 0.68, kSide * 0.68), light * 0.04);
  sheet.light(ellipse(centre, kRadius, kRadius), light * 0.8);
  sheet.light(ellipse(centre, kRadius * 0.6, kRadius * 0.6), light);
}

const Colour kPanel{0.52, 0.54, 0.55};

// The pictures a trainer takes, by even light: all lamps in one state, then in the next.
cv::Mat taught_panel(const LampCase& truth, int state) {
  Sheet sheet(kFrame, cv::Matx33d::eye(), kPanel);
  for (int i = 0; i < kLamps; ++i)
    draw_lamp(sheet, i, truth.lens[static_cast<std::size_t>(i)], state, 1);
  return sheet.under(light_number(0));
}

std::string png_of(const cv::Mat& panel, int lamp) {
  std::vector<std::uint8_t> png;
  cv::imencode(".png", panel(cv::Rect(kLeft + lamp * kPitch, kTop, kSide, kSide)), png);
  return {png.begin(), png.end()};
}

Check taught_check(const LampCase& truth) {
  Check check;
  check.id = "lamps";
  check.version = "1";
  check.title["en"] = "Lamps";
  check.camera = "CAM-T";
  check.quality.contrast_min = 10;
  const std::array panels{taught_panel(truth, 0), taught_panel(truth, 1), taught_panel(truth, 2)};
  LampsCheck rule;
  for (int i = 0; i < kLamps; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const auto region = fmt::format("lamp-{}", i);
    check.regions.push_back({region, {{"en", "Lamp"}}, {kLeft + i * kPitch, kTop, kSide, kSide}});
    Lamp lamp{region, fmt::format("state-{}", truth.expected[at]), {}};
    for (int state = 0; state < truth.states[at]; ++state) {
      const auto reference = fmt::format("{}-{}", region, state);
      check.references.push_back({reference, png_of(panels[static_cast<std::size_t>(state)], i)});
      lamp.states.push_back({fmt::format("state-{}", state), reference, state != 0});
    }
    rule.lamps.push_back(std::move(lamp));
  }
  check.rule = std::move(rule);
  return check;
}

void shine_on(cv::Mat& picture, const Sheet& sheet, const LampCase& truth, Dice& dice) {
  const bool over = truth.trouble == LampTrouble::kGlare;
  if (!over && !light_number(truth.light).lamp) return;
  auto at = centre_of(truth.troubled);
  if (over)
    at += cv::Point2d(dice.between(-0.7, 0.7), dice.between(-0.7, 0.7)) * kRadius;
  else
    at.y += dice.chance(0.5) ? 130 : -130;
  at = sheet.in_frame(at);
  shine(picture, {at.x, at.y, dice.between(8, 30), dice.between(8, 30), dice.between(0, 180)});
}

}  // namespace

const char* to_string(LampTrouble trouble) {
  constexpr std::array kNames{"none", "other_state", "covered", "glare"};
  return kNames[static_cast<std::size_t>(trouble)];
}

LampCase lamp_case(std::uint64_t seed, std::uint64_t number) {
  auto dice = Dice::of_case(seed, number);
  LampCase truth;
  truth.seed = seed;
  truth.number = number;
  truth.light = static_cast<int>(number % kLights);
  const auto turn = (number / kLights) % 5;
  // As many wrong states as right ones: what must be shown is what a false pass is counted on.
  truth.trouble = turn < 2   ? LampTrouble::kNone
                  : turn < 4 ? LampTrouble::kOtherState
                             : (dice.chance(0.5) ? LampTrouble::kCovered : LampTrouble::kGlare);
  truth.troubled = dice.whole(0, kLamps - 1);
  for (std::size_t i = 0; i < kLamps; ++i) {
    truth.lens[i] = dice.whole(0, static_cast<int>(kColours.size()) - 1);
    truth.states[i] = dice.whole(2, 3);
    truth.shown[i] = dice.whole(0, truth.states[i] - 1);
    truth.expected[i] = truth.shown[i];
    const int other = dice.whole(1, truth.states[i] - 1);
    if (truth.trouble == LampTrouble::kOtherState && static_cast<int>(i) == truth.troubled)
      truth.expected[i] = (truth.shown[i] + other) % truth.states[i];
  }
  return truth;
}

LampScene draw_lamps(const LampCase& truth) {
  auto dice = Dice::of_case(truth.seed ^ 0x5eed, truth.number);
  LampScene scene{truth, {}, taught_check(truth)};
  Sheet sheet(kFrame, nudged(kFrame, dice), kPanel);
  for (int i = 0; i < kLamps; ++i) {
    const auto at = static_cast<std::size_t>(i);
    draw_lamp(sheet, i, truth.lens[at], truth.shown[at], dice.between(0.75, 1.1));
    // The label under each lamp.
    const auto centre = centre_of(i);
    sheet.paint(rectangle(centre.x - 35, centre.y + 62, 70, 16), Colour::all(0.08));
  }
  if (truth.trouble == LampTrouble::kCovered) {
    const auto tip = centre_of(truth.troubled) +
                     cv::Point2d(dice.between(-0.5, 0.5), dice.between(-0.8, 0.3)) * kRadius;
    const double half = kRadius * dice.between(0.6, 1.1);
    const Colour skin = Colour(0.45, 0.55, 0.75) * dice.between(0.6, 1.1);
    sheet.paint(bar({tip.x + dice.between(-90, 90), tip.y + 300}, tip, 2 * half), skin);
    sheet.paint(ellipse(tip, half, half), skin);
  }
  auto picture = sheet.under(light_number(truth.light));
  shine_on(picture, sheet, truth, dice);
  auto camera = CameraModel::inside_the_gate(dice);
  camera.exposure_ev = dice.between(-0.25, 0.25);  // held, but for the lens and the lamp's age
  scene.frame = frame_of_picture(photograph(picture, camera, dice));
  return scene;
}

}  // namespace batchwright::vision::challenge
