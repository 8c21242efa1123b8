// Parts of a kit as they are drawn: bodies with bevels and shading, print, bands, nozzles and
// arrows. One style is one article; two drawings of it differ as two pieces of one article do.
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "vision/challenge/dice.h"

namespace batchwright::vision::challenge {

inline constexpr double kDraw_px_per_mm = 3;

struct Mark {
  enum class Form { kBox, kEllipse, kPath, kText, kArrow, kRing };
  Form form = Form::kBox;
  cv::Scalar bgr;
  cv::Point2d at;                 // millimetres from the part's middle
  cv::Size2d size{1, 1};          // millimetres; of kPath: thickness in height
  bool solid = false;             // part of the body: has an edge and throws a shadow
  double radius_mm = 0;           // of a box's corners
  std::string text;               // kText
  std::vector<cv::Point2d> path;  // kPath, from `at`
};

struct PartStyle {
  std::string id;
  cv::Size2d size_mm;
  std::vector<Mark> marks;  // in the order of drawing
  int folds = 0;            // soft lines of a film, elsewhere on each piece
};

// One piece of a style: colours, print and folds as they fell out.
struct DrawnPart {
  cv::Mat bgr;     // 8 bits, kDraw_px_per_mm, the part's middle in the picture's
  cv::Mat cover;   // 0..255: how much of the ground it hides
  cv::Mat height;  // of the body, 0..255, for bevels and shadows
};
[[nodiscard]] DrawnPart draw_part(const PartStyle& style, Dice& dice);

// The shipped recipe's filter assembly (step 23): tubing, gauge, filter with its arrow, bag.
[[nodiscard]] PartStyle tubing_style();
[[nodiscard]] PartStyle gauge_style();
[[nodiscard]] PartStyle filter_style();
[[nodiscard]] PartStyle bag_style();

// Any other article that stands out from a board of this colour and has no symmetry.
[[nodiscard]] PartStyle any_style(Dice& dice, const cv::Scalar& board, const std::string& id);
// An article that is easily taken for `style`: same build, two differences of 8 mm or more in band,
// print, nozzle or size.
[[nodiscard]] PartStyle neighbour_of(const PartStyle& style, Dice& dice);
// The same article in a colour at least 30 away (CIE 1976 L*a*b*).
[[nodiscard]] PartStyle recoloured(const PartStyle& style, Dice& dice, const cv::Scalar& board);

[[nodiscard]] double lab_distance(const cv::Scalar& one, const cv::Scalar& other);
[[nodiscard]] cv::Scalar any_colour(Dice& dice);

}  // namespace batchwright::vision::challenge
