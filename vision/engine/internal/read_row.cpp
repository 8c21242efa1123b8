#include "vision/engine/internal/read_row.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "vision/engine/internal/place_levels.h"

namespace batchwright::vision {

namespace {

constexpr double kGroundOffMax = 0.35;  // of the display's light, in parts of the contrast
constexpr double kBurntOut = 251;       // grey levels: what is half lit looks lit from here on
// Single dots are small: the picture of each is blurred into its neighbours. What decides between
// two characters is the mean over the dots in which they differ.
constexpr double kDotMarginMin = 0.05;
constexpr double kPointShownMin = 0.45, kPointHiddenMax = 0.35;

struct Place {
  std::optional<char> character;
  std::string code = "ok";
  double margin = 0;
};

bool is_shown(const Glyph& glyph, std::size_t element) {
  return (glyph.shown >> element & 1) != 0;
}

// How far `glyph` is from being half replaced by `other`: 0.5 = not at all.
double distance(const std::vector<ElementLevel>& levels, const Glyph& glyph, const Glyph& other) {
  double sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (is_shown(glyph, i) == is_shown(other, i)) continue;
    sum += is_shown(glyph, i) ? levels[i].mean - 0.5 : 0.5 - levels[i].mean;
    ++count;
  }
  return count == 0 ? 0.5 : std::min(0.5, sum / count);
}

// Whether two characters in one exposure explain what is neither shown nor hidden.
bool is_mixture(const Typeface& face, Elements shown, Elements unclear) {
  for (const auto& one : face.glyphs)
    for (const auto& other : face.glyphs) {
      const Elements differ = one.shown ^ other.shown, both = one.shown & other.shown;
      if (differ != 0 && (unclear & ~differ) == 0 && (shown & ~differ) == both) return true;
    }
  return false;
}

Place read_place(const Typeface& face, const std::vector<ElementLevel>& levels,
                 const DisplayCheck& rule) {
  const bool dots = rule.style == DisplayStyle::kDotMatrix;
  const double element_margin = dots ? kDotMarginMin : rule.margin_min;
  Elements shown = 0, unclear = 0;
  Place place;
  place.margin = 0.5;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const double off = levels[i].mean - 0.5;
    if (off > 0) shown |= Elements{1} << i;
    if (std::abs(off) < element_margin) unclear |= Elements{1} << i;
    if (!dots) place.margin = std::min(place.margin, std::abs(off));
    // A segment that is half hidden is neither.
    if (off > 0 ? levels[i].low < 0.5 : levels[i].high > 0.5) unclear |= Elements{1} << i;
  }
  const auto glyph = std::ranges::find(face.glyphs, shown, &Glyph::shown);
  if (glyph != face.glyphs.end())
    for (const auto& other : face.glyphs)
      if (other.character != glyph->character)
        place.margin = std::min(place.margin, distance(levels, *glyph, other));
  if (unclear != 0 || (glyph != face.glyphs.end() && place.margin < rule.margin_min)) {
    place.code = is_mixture(face, shown & ~unclear, unclear) ? "changing" : "too_close_to_call";
    place.margin = std::min(place.margin, rule.margin_min * 0.999);
  } else if (glyph == face.glyphs.end()) {
    place.code = "not_a_digit";
  } else {
    place.character = glyph->character;
  }
  return place;
}

// Checks the points between segments and puts the one that belongs into the text.
std::string with_point(const std::string& digits, const RowLevels& levels,
                       const DisplayField& field, std::string& code) {
  const auto before = digits.size() - static_cast<std::size_t>(field.decimals);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const bool expected = field.decimals > 0 && i + 1 == before;
    const double level = levels.points[i];
    if (expected ? level < kPointShownMin : level > kPointHiddenMax) code = "point_elsewhere";
  }
  return field.decimals == 0 ? digits : digits.substr(0, before) + "." + digits.substr(before);
}

// Blanks, at most one minus, then digits and, of dots, the point where it was taught.
std::optional<std::string> number_in(const std::string& row, const DisplayField& field,
                                     std::string& code) {
  const auto first = row.find_first_not_of(' ');
  if (first == std::string::npos) {
    code = "blank";
    return std::nullopt;
  }
  std::string text = row.substr(first);
  const bool minus = text[0] == '-';
  if (minus) text.erase(0, 1);
  const auto point = text.find('.');
  const auto decimals = static_cast<std::size_t>(field.decimals);
  if (point != std::string::npos && (decimals == 0 || text.size() - point - 1 != decimals)) {
    code = "point_elsewhere";
    return std::nullopt;
  }
  const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
  const auto others = static_cast<std::ptrdiff_t>(text.size()) - digits;
  const bool point_counts = point != std::string::npos;
  if ((minus && !field.sign) || others != (point_counts ? 1 : 0) || digits < field.digits_min ||
      digits > field.digits) {
    code = "not_a_digit";
    return std::nullopt;
  }
  return (minus ? "-" : "") + text;
}

void read_text(const Typeface& face, const RowLevels& levels, const DisplayField& field,
               const DisplayCheck& rule, RowReading& reading) {
  std::string row;
  reading.score = 0.5;
  reading.code = "ok";
  for (const auto& one : levels.places) {
    const auto place = read_place(face, one, rule);
    reading.score = std::min(reading.score, place.margin);
    row += place.character.value_or('?');
    if (reading.code == "ok" || place.code == "changing") reading.code = place.code;
  }
  if (reading.code != "ok") return;
  if (!levels.points.empty()) row = with_point(row, levels, field, reading.code);
  if (reading.code != "ok") return;
  auto number = number_in(row, field, reading.code);
  if (!number) return;
  // A point that is a character must be there.
  if (field.decimals > 0 && number->find('.') == std::string::npos)
    reading.code = "point_elsewhere";
  else
    reading.text = std::move(*number);
}

}  // namespace

RowReading read_row(const cv::Mat& bgr, const cv::Rect& region, const DisplayField& field,
                    const DisplayCheck& rule) {
  const auto face = typeface_of(field.row, rule.style);
  const int places = places_of(field, rule.style);
  const int margin = static_cast<int>(std::ceil(kRowReach * 1.5 * field.row.height)) + 2;
  const cv::Rect around(region.x - margin, region.y - margin, region.width + 2 * margin,
                        region.height + 2 * margin);
  const auto part = around & cv::Rect({}, bgr.size());
  const auto picture = light_of(bgr, part, rule.light_on_dark, face.spot_px);
  RowReading reading;
  reading.fit = fit_row(picture, face, field.row, places, rule.light_on_dark);
  const auto levels = levels_of(picture, face, field.row, places, reading.fit, rule);
  const double lighter = rule.light_on_dark ? levels.ground_high : -levels.ground_low;
  const double darker = rule.light_on_dark ? -levels.ground_low : levels.ground_high;
  if (lighter > kGroundOffMax || (rule.light_on_dark && levels.lightest > kBurntOut))
    reading.code = "glare";
  else if (darker > kGroundOffMax)
    reading.code = "covered";
  else if (levels.contrast < rule.contrast_min)
    reading.code = "blank";
  else
    read_text(face, levels, field, rule, reading);
  return reading;
}

}  // namespace batchwright::vision
