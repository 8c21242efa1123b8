#include "vision/challenge/part_style.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace batchwright::vision::challenge {

namespace {

using Form = Mark::Form;

// Plastics, metals and lacquers.
constexpr std::array<std::array<int, 3>, 12> kColours{{{232, 234, 232},
                                                       {190, 188, 184},
                                                       {120, 120, 118},
                                                       {42, 40, 40},
                                                       {168, 92, 28},
                                                       {52, 44, 178},
                                                       {70, 140, 58},
                                                       {44, 188, 222},
                                                       {38, 108, 196},
                                                       {200, 170, 60},
                                                       {130, 60, 120},
                                                       {150, 200, 230}}};
constexpr std::array<const char*, 10> kPrints{"0.2", "50 L", "A7", "PES", "KX",
                                              "1/2", "316",  "V4", "DN8", "EZ"};

cv::Scalar colour_at(std::size_t i) {
  return {static_cast<double>(kColours[i][0]), static_cast<double>(kColours[i][1]),
          static_cast<double>(kColours[i][2])};
}

cv::Scalar colour_away_from(Dice& dice, const std::vector<cv::Scalar>& others, double distance) {
  cv::Scalar colour;
  for (int tries = 0; tries < 200; ++tries) {
    colour = any_colour(dice);
    bool away = true;
    for (const auto& other : others) away = away && lab_distance(colour, other) >= distance;
    if (away) break;
  }
  return colour;
}

Mark body(Form form, const cv::Scalar& bgr, cv::Point2d at, cv::Size2d size, double radius = 0) {
  return {form, bgr, at, size, true, radius, {}, {}};
}
Mark flat(Form form, const cv::Scalar& bgr, cv::Point2d at, cv::Size2d size, double radius = 0) {
  return {form, bgr, at, size, false, radius, {}, {}};
}
Mark print(const cv::Scalar& bgr, cv::Point2d at, double height, std::string text) {
  return {Form::kText, bgr, at, {1, height}, false, 0, std::move(text), {}};
}

cv::Scalar ink_on(const cv::Scalar& bgr) {
  return bgr[0] * 0.114 + bgr[1] * 0.587 + bgr[2] * 0.299 > 110 ? cv::Scalar(40, 36, 36)
                                                                : cv::Scalar(235, 235, 235);
}

}  // namespace

double lab_distance(const cv::Scalar& one, const cv::Scalar& other) {
  cv::Mat pair(1, 2, CV_32FC3), lab;
  for (int c = 0; c < 3; ++c) {
    pair.at<cv::Vec3f>(0, 0)[c] = static_cast<float>(one[c] / 255);
    pair.at<cv::Vec3f>(0, 1)[c] = static_cast<float>(other[c] / 255);
  }
  cv::cvtColor(pair, lab, cv::COLOR_BGR2Lab);
  return cv::norm(lab.at<cv::Vec3f>(0, 0) - lab.at<cv::Vec3f>(0, 1));
}

cv::Scalar any_colour(Dice& dice) {
  auto colour = colour_at(static_cast<std::size_t>(dice.whole(0, kColours.size() - 1)));
  for (int c = 0; c < 3; ++c)
    colour[c] = std::clamp(colour[c] + dice.between(-12, 12), 25.0, 240.0);
  return colour;
}

PartStyle tubing_style() {
  PartStyle style{"tubing", {104, 78}, {}, 0};
  const std::vector<cv::Point2d> path{{-44, 26}, {-44, -12}, {-36, -26}, {-24, -28}, {-14, -18},
                                      {-12, 14}, {-4, 26},   {8, 28},    {18, 18},   {18, -16},
                                      {26, -27}, {38, -26},  {44, -14},  {44, 20}};
  for (const auto& [bgr, thick] : {std::pair(cv::Scalar(176, 196, 204), 9.0),
                                   {cv::Scalar(206, 220, 226), 5.0},
                                   {cv::Scalar(236, 240, 242), 1.6}})
    style.marks.push_back({Form::kPath, bgr, {0, 0}, {1, thick}, thick > 8, 0, {}, path});
  style.marks.push_back(body(Form::kBox, {168, 92, 28}, {-44, 28}, {13, 14}, 2));
  style.marks.push_back(body(Form::kBox, {232, 234, 232}, {44, 26}, {15, 12}, 3));
  style.marks.push_back(flat(Form::kBox, {60, 60, 60}, {44, 26}, {11, 2}));
  return style;
}

PartStyle gauge_style() {
  PartStyle style{"gauge", {66, 84}, {}, 0};
  auto& marks = style.marks;
  marks.push_back(body(Form::kBox, {150, 168, 176}, {0, 33}, {13, 16}, 1));
  marks.push_back(body(Form::kEllipse, {44, 42, 42}, {0, -6}, {64, 64}));
  marks.push_back(flat(Form::kEllipse, {236, 238, 238}, {0, -6}, {54, 54}));
  for (int i = 0; i <= 10; ++i) {
    const double turn = (135 + 27.0 * i) * CV_PI / 180;
    const cv::Point2d way(std::cos(turn), std::sin(turn));
    marks.push_back({Form::kPath,
                     cv::Scalar(40, 40, 40),
                     {0, -6},
                     {1, i % 5 == 0 ? 1.4 : 0.8},
                     false,
                     0,
                     {},
                     {way * 20, way * 24.5}});
  }
  marks.push_back(print({40, 40, 40}, {0, 8}, 6, "bar"));
  const double turn = 140 * CV_PI / 180;
  marks.push_back({Form::kPath,
                   cv::Scalar(40, 40, 190),
                   {0, -6},
                   {1, 1.8},
                   false,
                   0,
                   {},
                   {cv::Point2d(0, 0), cv::Point2d(20 * std::cos(turn), 20 * std::sin(turn))}});
  marks.push_back(flat(Form::kEllipse, {44, 42, 42}, {0, -6}, {7, 7}));
  return style;
}

PartStyle filter_style() {
  PartStyle style{"filter", {118, 56}, {}, 0};
  auto& marks = style.marks;
  marks.push_back(body(Form::kBox, {214, 216, 212}, {-47, 0}, {22, 14}, 2));
  marks.push_back(body(Form::kBox, {214, 216, 212}, {47, 0}, {22, 14}, 2));
  marks.push_back(body(Form::kBox, {234, 236, 234}, {0, 0}, {78, 50}, 14));
  marks.push_back(body(Form::kBox, {200, 204, 200}, {-31, 0}, {6, 54}, 2));
  marks.push_back(body(Form::kBox, {200, 204, 200}, {31, 0}, {6, 54}, 2));
  marks.push_back(flat(Form::kArrow, {168, 92, 28}, {0, -10}, {42, 16}));
  marks.push_back(print({60, 50, 50}, {0, 12}, 7, "0.2um PES"));
  marks.push_back(flat(Form::kBox, {60, 120, 60}, {0, 20}, {40, 2.5}));
  return style;
}

PartStyle bag_style() {
  PartStyle style{"bag", {160, 92}, {}, 9};
  auto& marks = style.marks;
  marks.push_back(body(Form::kBox, {232, 226, 218}, {-74, -20}, {14, 9}, 1));
  marks.push_back(body(Form::kBox, {232, 226, 218}, {-74, 20}, {14, 9}, 1));
  marks.push_back(body(Form::kBox, {222, 216, 206}, {6, 0}, {146, 88}, 8));
  marks.push_back(flat(Form::kBox, {204, 196, 186}, {6, 0}, {134, 76}, 6));
  marks.push_back(flat(Form::kBox, {236, 236, 236}, {36, -8}, {54, 38}, 1));
  marks.push_back(print({50, 40, 40}, {36, -16}, 8, "50 L"));
  marks.push_back(flat(Form::kBox, {70, 60, 60}, {36, -2}, {44, 2}));
  marks.push_back(flat(Form::kBox, {70, 60, 60}, {30, 4}, {32, 2}));
  for (int i = 0; i < 5; ++i)
    marks.push_back(flat(Form::kBox, {120, 100, 80}, {-34.0 + 12 * i, 32}, {1.4, 7}));
  marks.push_back(body(Form::kBox, {168, 92, 28}, {-80, -20}, {6, 11}, 1));
  return style;
}

PartStyle any_style(Dice& dice, const cv::Scalar& board, const std::string& id) {
  PartStyle style{id, {dice.between(56, 84), dice.between(40, 58)}, {}, 0};
  const double w = style.size_mm.width - 14, h = style.size_mm.height;
  const auto colour = colour_away_from(dice, {board}, 28);
  const auto band = colour_away_from(dice, {colour, board}, 35);
  const Form form = dice.chance(0.35) ? Form::kEllipse : Form::kBox;
  auto& marks = style.marks;
  marks.push_back(body(form, colour, {-7, 0}, {w, h}, dice.between(2, 14)));
  // A nozzle at one end, and nothing of its kind at the other.
  marks.push_back(body(Form::kBox, colour_away_from(dice, {board}, 28),
                       {w / 2 - 2, dice.between(-0.2, 0.2) * h}, {20, dice.between(9, 16)}, 2));
  marks.push_back(flat(Form::kBox, band, {-7 - w * dice.between(0.2, 0.28), 0},
                       {dice.between(8, 11), h * 0.72}));
  marks.push_back(flat(Form::kArrow, ink_on(colour), {-7 + w * 0.14, -h * dice.between(0.14, 0.2)},
                       {dice.between(20, 26), dice.between(9, 12)}));
  marks.push_back(print(ink_on(colour), {-7 + w * 0.12, h * dice.between(0.14, 0.2)},
                        dice.between(7, 9), dice.one_of(kPrints)));
  const double pad = dice.between(8, 11);
  marks.push_back(flat(Form::kEllipse, colour_away_from(dice, {colour}, 35),
                       {-7 - w * 0.05, h * dice.between(-0.15, 0.15)}, {pad, pad}));
  return style;
}

PartStyle neighbour_of(const PartStyle& style, Dice& dice) {
  PartStyle other = style;
  other.id = style.id + "-other";
  std::vector<int> ways{0, 1, 2, 3};
  dice.shuffle(ways);
  for (int i = 0; i < 2; ++i) {
    const int way = ways[static_cast<std::size_t>(i)];
    std::vector<std::size_t> prints, solids;
    for (std::size_t j = 0; j < other.marks.size(); ++j) {
      const auto& mark = other.marks[j];
      const bool large = mark.form == Form::kText || mark.form == Form::kArrow ||
                         std::min(mark.size.width, mark.size.height) >= 5;
      if (!mark.solid && large && mark.form != Form::kPath) prints.push_back(j);
      if (mark.solid && j > 0) solids.push_back(j);
    }
    if (way == 0) {  // another size
      const double scale = dice.chance(0.5) ? 0.82 : 1.2;
      for (auto& mark : other.marks) {
        mark.at *= scale;
        mark.size *= scale;
        mark.radius_mm *= scale;
        for (auto& point : mark.path) point *= scale;
      }
      other.size_mm *= scale;
    } else if (way == 1 && !prints.empty()) {  // another colour of band, pad or print
      auto& mark = other.marks[dice.one_of(prints)];
      mark.bgr = colour_away_from(dice, {mark.bgr}, 45);
    } else if (way == 2 && !prints.empty()) {  // a mark at another place
      auto& mark = other.marks[dice.one_of(prints)];
      mark.at.x += (dice.chance(0.5) ? 1 : -1) * dice.between(10, 14);
    } else if (!solids.empty()) {  // another fitting
      auto& mark = other.marks[dice.one_of(solids)];
      mark.bgr = colour_away_from(dice, {mark.bgr}, 40);
      mark.size.height += 6;
    }
  }
  return other;
}

PartStyle recoloured(const PartStyle& style, Dice& dice, const cv::Scalar& board) {
  PartStyle other = style;
  std::size_t largest = 0;
  double area = 0;
  for (std::size_t i = 0; i < other.marks.size(); ++i)
    if (other.marks[i].solid && other.marks[i].size.area() > area) {
      area = other.marks[i].size.area();
      largest = i;
    }
  const auto colour = colour_away_from(dice, {other.marks[largest].bgr, board}, 30);
  const auto change = colour - other.marks[largest].bgr;
  for (auto& mark : other.marks)
    if (mark.solid || mark.form == Form::kPath || mark.size.area() > 0.5 * area)
      for (int c = 0; c < 3; ++c) mark.bgr[c] = std::clamp(mark.bgr[c] + change[c], 20.0, 242.0);
  return other;
}

}  // namespace batchwright::vision::challenge
