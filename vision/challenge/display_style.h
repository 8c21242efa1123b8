// Thirty displays: ten of LED segments, ten of LCD segments, ten of dots, each with sizes, slant,
// colours and ghosts of its own, always the same ones.
#pragma once

#include <string>

#include "vision/challenge/sheet.h"
#include "vision/checks/display.h"

namespace batchwright::vision::challenge {

inline constexpr int kDisplays = 30;

struct DisplayLook {
  std::string name;  // "led-3"
  DisplayStyle style = DisplayStyle::kSevenSegment;
  bool light_on_dark = false;
  DigitRow row;            // at the place (0, 0)
  double gap = 0;          // between segments, in parts of the stroke; of dots, of the dot
  bool pointed = true;     // ends of segments; of dots, round ones
  int shape = 0;           // which of the common shapes of 0, 3, 6, 7, 9
  Colour housing, window;  // reflected around and behind the digits
  Colour shown;            // emitted, or reflected by dark ones
  double ghost = 0;        // of hidden elements, in parts of shown
};
[[nodiscard]] DisplayLook display_number(int number);

// What a place shows, by element (segments a..g and the point, or 5 x 7 dots): 0 hidden, 1 shown.
using PlaceShown = std::vector<double>;
[[nodiscard]] PlaceShown place_showing(const DisplayLook& look, char character);

// Draws one place whose top left is `corner`.
void draw_place(Sheet& sheet, const DisplayLook& look, cv::Point2d corner, const PlaceShown& shown);

}  // namespace batchwright::vision::challenge
