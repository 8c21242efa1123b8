#include "tests/vision/two_field_display.h"

#include <algorithm>

#include "vision/challenge/display_scene.h"

namespace batchwright::vision {

using namespace challenge;

namespace {

const cv::Size kFrame{1280, 720};

DisplayLook ph_look(const DigitRow& row) {
  DisplayLook look;
  look.name = "PH-07";
  look.row = row;
  look.gap = 0.12;
  look.housing = {0.45, 0.42, 0.4};
  look.window = {0.6, 0.7, 0.66};
  look.shown = {0.1, 0.12, 0.11};
  look.ghost = 0.04;
  return look;
}

DisplayField ph_field() {
  return {"ph", "ph", 4, 2, 3, false, {420, 190, 76, 136, 104, 6, 17}};
}
DisplayField temperature_field() {
  return {"temperature", "temperature", 3, 1, 2, false, {600, 390, 46, 80, 64, 6, 10}};
}

Region region_around(const DisplayField& field, Words title) {
  const auto& row = field.row;
  const int around = static_cast<int>(row.height * 0.15);
  const double lean = row.height * 0.12;
  return {field.region,
          std::move(title),
          {static_cast<int>(row.x) - around, static_cast<int>(row.y) - around,
           static_cast<int>((field.digits - 1) * row.pitch + row.width + lean) + 2 * around,
           static_cast<int>(row.height) + 2 * around}};
}

bool fits(const DisplayField& field, const std::string& text) {
  const auto point = text.find('.');
  const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
  return point != std::string::npos && point > 0 &&
         text.size() - point - 1 == static_cast<std::size_t>(field.decimals) &&
         digits + 1 == static_cast<std::ptrdiff_t>(text.size()) && digits <= field.digits;
}

std::vector<PlaceShown> shown(const DisplayLook& look, const DisplayField& field,
                              const std::string& text) {
  if (fits(field, text)) return places_showing(look, field, text);
  return std::vector<PlaceShown>(static_cast<std::size_t>(field.digits), PlaceShown(8));
}

void draw_field(Sheet& sheet, const DisplayField& field, const std::string& text,
                const std::string& next) {
  const auto look = ph_look(field.row);
  auto places = shown(look, field, text);
  const auto after = shown(look, field, next);
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (std::size_t e = 0; e < places[i].size(); ++e)
      places[i][e] = (places[i][e] + after[i][e]) / 2;
    draw_place(sheet, look, {field.row.x + static_cast<double>(i) * field.row.pitch, field.row.y},
               places[i]);
  }
}

Frame drawn(const std::string& ph, const std::string& next_ph, const std::string& temperature,
            std::uint64_t seed) {
  auto dice = Dice::of_case(seed, 7);
  const auto look = ph_look({});
  Sheet sheet(kFrame, nudged(kFrame, dice), {0.62, 0.63, 0.64});
  sheet.paint(rectangle(330, 100, 620, 520), look.housing);
  sheet.paint(rectangle(380, 150, 520, 350), look.window);
  for (int i = 0; i < 4; ++i)
    sheet.paint(ellipse({450.0 + 127 * i, 560}, 36, 24), look.housing * 0.55);
  draw_field(sheet, ph_field(), ph, next_ph);
  draw_field(sheet, temperature_field(), temperature, temperature);
  Light light;
  light.colour = {0.66, 0.68, 0.7};
  light.slope_x = 0.12;
  CameraModel camera;
  camera.defocus_px = 0.5;
  camera.vignetting = 0.1;
  camera.read_noise = 1.5;
  camera.photon_noise = 2;
  return frame_of_picture(photograph(sheet.under(light), camera, dice));
}

}  // namespace

Check ph_display_check() {
  Check check;
  check.id = "ph-display";
  check.version = "1";
  check.title = {{"en", "Display of the pH meter"}, {"de", "Anzeige des pH-Meters"}};
  check.camera = "CAM-A";
  check.regions = {
      region_around(ph_field(), {{"en", "pH"}, {"de", "pH"}}),
      region_around(temperature_field(), {{"en", "Temperature"}, {"de", "Temperatur"}})};
  DisplayCheck rule;
  rule.fields = {ph_field(), temperature_field()};
  check.rule = rule;
  return check;
}

Frame ph_display_frame(const std::string& ph, const std::string& temperature, std::uint64_t seed) {
  return drawn(ph, ph, temperature, seed);
}

Frame ph_display_changing_frame(const std::string& ph, const std::string& next_ph,
                                const std::string& temperature, std::uint64_t seed) {
  return drawn(ph, next_ph, temperature, seed);
}

}  // namespace batchwright::vision
