#include "vision/challenge/display_scene.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "vision/engine/glyphs.h"

namespace batchwright::vision::challenge {

namespace {

constexpr double kAround = 0.12;  // of the region around the digits, in parts of their height

// Digits with leading blanks now and then, a minus where there is a sign, a point where it belongs.
std::string number_text(const DisplayField& field, Dice& dice) {
  const int shown = dice.chance(0.3) ? dice.whole(field.digits_min, field.digits) : field.digits;
  std::string text;
  for (int i = 0; i < shown; ++i)
    text += static_cast<char>('0' + dice.whole(i == 0 && shown > field.digits_min ? 1 : 0, 9));
  if (field.decimals > 0) text.insert(text.size() - static_cast<std::size_t>(field.decimals), ".");
  return field.sign && dice.chance(0.5) ? "-" + text : text;
}

struct Row {
  std::vector<PlaceShown> places;
};

Row row_showing(const DisplayLook& look, const DisplayField& field, const std::string& text) {
  return {places_showing(look, field, text)};
}

std::optional<char> character_of(const DisplayLook& look, const PlaceShown& shown) {
  const bool is_dots = look.style == DisplayStyle::kDotMatrix;
  Elements elements = 0;
  for (std::size_t i = 0; i < (is_dots ? 35 : 7); ++i)
    if (shown[i] > 0.5) elements |= Elements{1} << i;
  for (const auto& glyph : is_dots ? dot_matrix_glyphs() : seven_segment_glyphs())
    if (glyph.shown == elements) return glyph.character;
  return std::nullopt;
}

// Takes one segment that is shown, or one row of dots, out of one place.
std::size_t kill_segment(const DisplayLook& look, Row& row, Dice& dice) {
  std::vector<std::pair<std::size_t, std::size_t>> alive;
  const bool is_dots = look.style == DisplayStyle::kDotMatrix;
  for (std::size_t place = 0; place < row.places.size(); ++place)
    for (std::size_t i = 0; i < (is_dots ? 35 : 7); ++i)
      if (row.places[place][i] > 0.5) alive.emplace_back(place, i);
  const auto [place, element] = dice.one_of(alive);
  row.places[place][element] = 0;
  if (is_dots)
    for (std::size_t x = 0; x < 5; ++x) row.places[place][element / 5 * 5 + x] = 0;
  return place;
}

// The number that is left to see, when there is one.
void note_what_is_left(const DisplayLook& look, const Row& row, DisplayCase& truth) {
  std::string left;
  for (const auto& place : row.places) {
    const auto character = character_of(look, place);
    if (!character) return;
    if (*character != ' ') left += *character;
    if (look.style == DisplayStyle::kSevenSegment && place[7] > 0.5) left += '.';
  }
  truth.looks_legal = true;
  truth.looks_like = left;
}

// The taught check: the row in the middle of the frame.
Check taught_check(const DisplayLook& look, const DisplayCase& truth, DigitRow& row) {
  Check check;
  check.id = "display";
  check.version = "1";
  check.title["en"] = "Display";
  check.camera = "CAM-T";
  check.quality.contrast_min = 15;
  DisplayCheck rule;
  rule.style = look.style;
  rule.light_on_dark = look.light_on_dark;
  auto field = truth.field;
  const int places = places_of(field, look.style);
  row = look.row;
  const double lean = row.height * std::tan(row.slant_deg * std::numbers::pi / 180);
  const double length = (places - 1) * row.pitch + row.width + lean;
  row.x = (truth.frame.width - length) / 2;
  row.y = (truth.frame.height - row.height) / 2;
  field.row = row;
  rule.fields = {field};
  const int around = static_cast<int>(std::ceil(kAround * row.height));
  const int left = static_cast<int>(row.x) - around, top = static_cast<int>(row.y) - around;
  check.regions.push_back({"number",
                           {{"en", "Number"}},
                           {left, top, static_cast<int>(std::ceil(length)) + 2 * around + 1,
                            static_cast<int>(std::ceil(row.height)) + 2 * around + 1}});
  check.rule = std::move(rule);
  return check;
}

void cover(Sheet& sheet, const DigitRow& row, int places, Dice& dice) {
  const double half = row.height * dice.between(0.35, 0.55);
  const cv::Point2d tip(row.x + dice.between(0, (places - 1) * row.pitch + row.width),
                        row.y + row.height * dice.between(0.1, 0.75));
  const cv::Point2d root(tip.x + dice.between(-1, 1) * row.height, row.y + 4 * row.height);
  const Colour skin = Colour(0.45, 0.55, 0.75) * dice.between(0.6, 1.1);
  sheet.paint(bar(root, tip, 2 * half), skin);
  sheet.paint(ellipse(tip, half, half), skin);
}

Glare glare_at(cv::Point2d at, double size, Dice& dice) {
  return {at.x, at.y, size * dice.between(0.3, 0.6), size * dice.between(0.3, 0.6),
          dice.between(0, 180)};
}

void shine_on(cv::Mat& picture, const Sheet& sheet, const DigitRow& row, int places,
              const DisplayCase& truth, Dice& dice) {
  if (truth.trouble == DisplayTrouble::kGlare) {
    const cv::Point2d at(row.x + dice.between(0, (places - 1) * row.pitch + row.width),
                         row.y + row.height * dice.between(0.1, 0.9));
    shine(picture, glare_at(sheet.in_frame(at), row.height, dice));
  } else if (light_number(truth.light).lamp) {
    const cv::Point2d at(row.x + dice.between(-1, 5) * row.height,
                         row.y + row.height * (dice.chance(0.5) ? 2.6 : -1.6));
    shine(picture, glare_at(sheet.in_frame(at), row.height, dice));
  }
}

void blend(Row& row, const Row& after, Dice& dice) {
  const double share = dice.between(0.3, 0.7);
  for (std::size_t i = 0; i < row.places.size(); ++i)
    for (std::size_t e = 0; e < row.places[i].size(); ++e)
      row.places[i][e] += share * (after.places[i][e] - row.places[i][e]);
}

// The row as it is shown, troubles included. Takes the same dice for truth and drawing.
Row shown_row(DisplayCase& truth, Dice& dice) {
  const auto look = display_number(truth.display);
  auto row = row_showing(look, truth.field, truth.text);
  if (truth.trouble == DisplayTrouble::kHalfChanged)
    blend(row, row_showing(look, truth.field, truth.after), dice);
  if (truth.trouble == DisplayTrouble::kBlank)
    for (auto& place : row.places) std::ranges::fill(place, 0);
  if (truth.trouble == DisplayTrouble::kPointElsewhere) {
    auto moved = truth.field;
    moved.decimals = truth.field.decimals == 1 ? 2 : 1;
    auto text = truth.text;
    std::erase(text, '.');
    text.insert(text.size() - static_cast<std::size_t>(moved.decimals), ".");
    row = row_showing(look, truth.field, text);
  }
  if (truth.trouble == DisplayTrouble::kDeadSegment) {
    kill_segment(look, row, dice);
    note_what_is_left(look, row, truth);
  }
  // No two segments are equally strong.
  for (auto& place : row.places)
    for (auto& element : place) element *= dice.between(0.92, 1);
  return row;
}

}  // namespace

const char* to_string(DisplayTrouble trouble) {
  constexpr std::array kNames{"none",    "blank", "half_changed",   "dead_segment",
                              "covered", "glare", "point_elsewhere"};
  return kNames[static_cast<std::size_t>(trouble)];
}

std::vector<PlaceShown> places_showing(const DisplayLook& look, const DisplayField& field,
                                       const std::string& text) {
  std::string characters;
  std::vector<bool> points;
  for (const char c : text) {
    if (c == '.' && look.style == DisplayStyle::kSevenSegment) {
      points.back() = true;
      continue;
    }
    characters += c;
    points.push_back(false);
  }
  const auto places = static_cast<std::size_t>(places_of(field, look.style));
  std::vector<PlaceShown> row;
  for (std::size_t i = 0; i < places; ++i) {
    const auto blanks = places - characters.size();
    // A minus stands in the first place.
    char c = i < blanks ? ' ' : characters[i - blanks];
    if (characters[0] == '-') c = i == 0 ? '-' : (i <= blanks ? ' ' : c);
    auto shown = place_showing(look, c);
    if (look.style == DisplayStyle::kSevenSegment)
      shown[7] = i >= blanks && points[i - blanks] ? 1 : 0;
    row.push_back(std::move(shown));
  }
  return row;
}

DisplayCase display_case(std::uint64_t seed, std::uint64_t number) {
  auto dice = Dice::of_case(seed, number);
  DisplayCase truth;
  truth.seed = seed;
  truth.number = number;
  truth.display = static_cast<int>(number % kDisplays);
  truth.light = dice.whole(0, kLights - 1);
  const auto turn = number / kDisplays + number;
  if (turn % 2 == 1)
    truth.trouble = static_cast<DisplayTrouble>(1 + dice.whole(0, kDisplayTroubles - 2));
  if (number % 50 == 49) truth.frame = {1920, 1080};
  truth.field.name = "value";
  truth.field.region = "number";
  truth.field.digits = dice.whole(3, 4);
  truth.field.decimals = dice.whole(truth.trouble == DisplayTrouble::kPointElsewhere ? 1 : 0, 2);
  truth.field.digits_min = truth.field.decimals + 1;
  // A point that moves needs digits to move between.
  if (truth.trouble == DisplayTrouble::kPointElsewhere) truth.field.digits_min = truth.field.digits;
  truth.field.sign = dice.chance(0.25);
  truth.text = number_text(truth.field, dice);
  do truth.after = number_text(truth.field, dice);
  while (truth.after == truth.text);
  // Most often only the last digit is on its way.
  if (dice.chance(0.5)) {
    truth.after = truth.text;
    truth.after.back() = static_cast<char>('0' + (truth.text.back() - '0' + dice.whole(1, 9)) % 10);
  }
  auto drawing = Dice::of_case(seed ^ 0x5eed, number);
  shown_row(truth, drawing);
  return truth;
}

DisplayScene draw_display(const DisplayCase& truth) {
  auto dice = Dice::of_case(truth.seed ^ 0x5eed, truth.number);
  DisplayScene scene{truth, {}, {}};
  const auto shown = shown_row(scene.truth, dice);
  const auto look = display_number(truth.display);
  DigitRow row;
  scene.check = taught_check(look, truth, row);
  Sheet sheet(truth.frame, nudged(truth.frame, dice), look.housing);
  const double h = row.height;
  const int places = places_of(truth.field, look.style);
  sheet.paint(rectangle(row.x - 0.7 * h, row.y - 0.5 * h,
                        (places - 1) * row.pitch + row.width + 1.4 * h, 2 * h),
              look.window);
  // A maker's name, a row of keys.
  for (int i = 0; i < 4; ++i)
    sheet.paint(rectangle(row.x + 1.3 * i * h, row.y + 2.2 * h, 0.9 * h, 0.5 * h),
                look.housing * (i == 0 ? 1.4 : 0.6));
  for (std::size_t i = 0; i < shown.places.size(); ++i)
    draw_place(sheet, look, {row.x + static_cast<double>(i) * row.pitch, row.y}, shown.places[i]);
  if (truth.trouble == DisplayTrouble::kCovered) cover(sheet, row, places, dice);
  auto picture = sheet.under(light_number(truth.light));
  shine_on(picture, sheet, row, places, truth, dice);
  auto camera = CameraModel::inside_the_gate(dice);
  scene.frame = frame_of_picture(photograph(picture, camera, dice));
  return scene;
}

}  // namespace batchwright::vision::challenge
