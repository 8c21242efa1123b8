// How good a picture is for reading, in numbers, with a verdict and advice for the person who holds
// the label.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace batchwright::vision {

enum class Advice : std::uint8_t {
  kNone,
  kHoldStill,  // blurred
  kCloser,     // modules too small
  kLessGlare,  // a shining spot hides part of it
  kMoreLight,  // nearly black
  kLessLight,  // nearly white
  kShowLabel,  // nothing in the picture that could be a label
};

// "none", "hold_still", "closer", "less_glare", "more_light", "less_light", "show_label".
[[nodiscard]] const char* to_string(Advice advice);
[[nodiscard]] std::optional<Advice> advice_from_text(std::string_view name);

struct Quality {
  bool good = false;  // false: what is not read here says nothing about the label
  Advice advice = Advice::kNone;
  double contrast = 0;      // grey levels between the 2nd and 98th percentile, 0..255
  double sharpness = 0;     // steepest edges in parts of the contrast per pixel, 0..1
  double dark_share = 0;    // of pixels at 5 or below, 0..1
  double bright_share = 0;  // of pixels at 250 or above, 0..1
  double glare_share = 0;   // of the area in burnt-out spots, 0..1
  // Pixels per module of the smallest symbol found, when one was.
  std::optional<double> module_px;

  bool operator==(const Quality&) const = default;
};

}  // namespace batchwright::vision
