#include "vision/challenge/label_scene.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace batchwright::vision::challenge {

namespace {

constexpr int kWidth = 1920, kHeight = 1080;

std::string digits(Dice& dice, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += static_cast<char>('0' + dice.whole(0, 9));
  return text;
}

std::string letters_and_digits(Dice& dice, int count) {
  constexpr std::string_view kFrom = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  std::string text;
  for (int i = 0; i < count; ++i)
    text += kFrom[static_cast<std::size_t>(dice.whole(0, static_cast<int>(kFrom.size()) - 1))];
  return text;
}

// GTIN-14 with the check digit of GS1 General Specifications, section 7.9.
std::string gtin(Dice& dice) {
  std::string text = "0" + digits(dice, 12);
  int sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) sum += (text[i] - '0') * (i % 2 == 0 ? 3 : 1);
  return text + static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::string expiry(Dice& dice) {
  const auto two = [](int value) {
    return std::string{static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
  };
  const int year = dice.whole(25, 39), month = dice.whole(1, 12);
  return two(year) + two(month) + two(dice.whole(1, 28));
}

const char* identifier_of(const std::string& name) {
  if (name == "gtin") return "01";
  if (name == "lot") return "10";
  if (name == "expiry") return "17";
  return "21";
}

// What the label says. Bars grow with every character, so large modules carry fewer.
void choose_content(LabelScene& scene, Dice& dice) {
  auto& values = scene.on_label;
  const bool bars = scene.symbology == Symbology::kCode128;
  scene.gs1 = scene.symbology == Symbology::kDataMatrix || !dice.chance(0.3);
  if (!scene.gs1) {
    scene.text = scene.source = letters_and_digits(dice, bars ? 8 : dice.whole(8, 24));
    values.emplace_back("text", scene.text);
    return;
  }
  if (!bars || scene.pose.module_px < 5) values.emplace_back("gtin", gtin(dice));
  if (!bars || scene.pose.module_px >= 5) values.emplace_back("expiry", expiry(dice));
  // An even number of digits is half as long in bars.
  values.emplace_back("lot", bars ? digits(dice, 2 * dice.whole(3, 4))
                                  : letters_and_digits(dice, dice.whole(4, 8)));
  if (!bars && dice.chance(0.5))
    values.emplace_back("serial", letters_and_digits(dice, dice.whole(4, 10)));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& [name, value] = values[i];
    const bool variable = name == "lot" || name == "serial";
    scene.source += std::string("[") + identifier_of(name) + "]" + value;
    scene.text += identifier_of(name) + value;
    if (variable && i + 1 < values.size()) scene.text += '\x1d';
  }
}

// One digit of the lot or the expiry date, or one character of a plain text, is another one.
void choose_expected(LabelScene& scene, Dice& dice) {
  scene.expected = scene.on_label;
  scene.wrong = dice.chance(0.5);
  if (!scene.wrong) return;
  std::vector<std::string*> may_change;
  for (auto& [name, value] : scene.expected)
    if (name != "gtin" && name != "serial") may_change.push_back(&value);
  auto& value = *dice.one_of(may_change);
  auto& c = value[static_cast<std::size_t>(dice.whole(0, static_cast<int>(value.size()) - 1))];
  if (c >= '0' && c <= '9')
    c = static_cast<char>('0' + (c - '0' + dice.whole(1, 9)) % 10);
  else
    c = static_cast<char>('A' + (c - 'A' + dice.whole(1, 25)) % 26);
}

void choose_print(LabelScene& scene, Dice& dice) {
  auto& print = scene.print;
  print.dot_gain_modules = dice.between(-0.08, 0.12);
  print.paper = dice.whole(170, 245);
  print.ink = dice.chance(0.25) ? print.paper - dice.whole(70, 110) : dice.whole(20, 70);
  print.missing_rows = dice.chance(0.3) ? dice.whole(1, 2) : 0;
}

void choose_pose(LabelScene& scene, Dice& dice) {
  auto& pose = scene.pose;
  pose.rotation_deg = dice.between(0, 360);
  pose.tilt_deg = dice.between(0, 15);
  pose.tilt_axis_deg = dice.between(0, 180);
  const bool bars = scene.symbology == Symbology::kCode128;
  // Bars of 3 to 6 pixels a module are up to some 950 pixels long: those lie near the middle.
  pose.x = kWidth / 2.0 + dice.between(-1, 1) * (bars ? 350 : 700);
  pose.y = kHeight / 2.0 + dice.between(-1, 1) * (bars ? 20 : 330);
}

void choose_camera(LabelScene& scene, Dice& dice) {
  scene.camera = CameraModel::inside_the_gate(dice);
  const bool bars = scene.symbology == Symbology::kCode128;
  const double module_px = scene.pose.module_px;
  switch (scene.gate) {
    case Gate::kInside: break;
    case Gate::kBlurred:
      scene.camera.defocus_px = module_px * dice.between(bars ? 1.5 : 1.2, 3);
      break;
    case Gate::kDark: scene.camera.exposure_ev = dice.between(-8, -5); break;
    case Gate::kGlaring: {
      const double side = bars ? 110 * module_px : 26 * module_px;
      scene.glare = {scene.pose.x, scene.pose.y, side * dice.between(0.6, 1),
                     side * dice.between(0.6, 1), dice.between(0, 180)};
      break;
    }
    case Gate::kSmall:
      scene.pose.module_px = bars ? dice.between(0.4, 0.8) : dice.between(0.7, 1.5);
  }
}

}  // namespace

const char* to_string(Gate gate) {
  switch (gate) {
    case Gate::kInside: return "inside";
    case Gate::kBlurred: return "blurred";
    case Gate::kDark: return "dark";
    case Gate::kGlaring: return "glaring";
    case Gate::kSmall: return "small";
  }
  return "";
}

LabelScene label_scene(std::uint64_t seed, int number, Gate gate) {
  LabelScene scene;
  scene.seed = seed;
  scene.number = number;
  scene.gate = gate;
  auto dice = Dice::of_case(seed, static_cast<std::uint64_t>(number));
  constexpr std::array kSymbologiesHere{Symbology::kDataMatrix, Symbology::kQr,
                                        Symbology::kCode128};
  constexpr std::array kModulesPx{3.0, 4.0, 6.0};
  scene.symbology = dice.one_of(kSymbologiesHere);
  scene.pose.module_px = dice.one_of(kModulesPx);
  choose_content(scene, dice);
  choose_expected(scene, dice);
  choose_print(scene, dice);
  choose_pose(scene, dice);
  choose_camera(scene, dice);
  return scene;
}

LabelScene label_scene(std::uint64_t seed, int number) {
  if (number % 3 != 2) return label_scene(seed, number, Gate::kInside);
  return label_scene(seed, number, kOutside[static_cast<std::size_t>(number / 3 % 4)]);
}

Json to_json(const LabelScene& scene) {
  const auto values = [](const auto& pairs) {
    Json json = Json::object();
    for (const auto& [name, value] : pairs) json[name] = value;
    return json;
  };
  const auto& [seed, number, gate, symbology, gs1, source, text, on_label, expected, wrong, print,
               pose, camera, glare] = scene;
  return {{"seed", seed},
          {"number", number},
          {"gate", to_string(gate)},
          {"symbology", to_string(symbology)},
          {"gs1", gs1},
          {"text", text},
          {"on_label", values(on_label)},
          {"expected", values(expected)},
          {"wrong", wrong},
          {"print",
           {{"dot_gain_modules", print.dot_gain_modules},
            {"ink", print.ink},
            {"paper", print.paper},
            {"missing_rows", print.missing_rows}}},
          {"pose",
           {{"x", pose.x},
            {"y", pose.y},
            {"module_px", pose.module_px},
            {"rotation_deg", pose.rotation_deg},
            {"tilt_deg", pose.tilt_deg},
            {"tilt_axis_deg", pose.tilt_axis_deg}}},
          {"camera",
           {{"defocus_px", camera.defocus_px},
            {"motion_px", camera.motion_px},
            {"motion_deg", camera.motion_deg},
            {"vignetting", camera.vignetting},
            {"exposure_ev", camera.exposure_ev},
            {"read_noise", camera.read_noise},
            {"photon_noise", camera.photon_noise},
            {"jpeg_quality", camera.jpeg_quality}}},
          {"glare", {glare.x, glare.y, glare.radius_x_px, glare.radius_y_px, glare.deg}}};
}

}  // namespace batchwright::vision::challenge
