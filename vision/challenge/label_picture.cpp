// Draws label scenes: table, print, geometry, then the camera. Grey throughout, since labels are
// read from grey levels.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "base/ensure.h"
#include "vision/challenge/label_scene.h"
#include "vision/challenge/zint_encoder.h"

namespace batchwright::vision::challenge {

namespace {

constexpr int kWidth = 1920, kHeight = 1080;
constexpr int kOnPrint = 8;  // pixels of the print for one module
constexpr int kFiner = 2;    // drawn this many times finer than the camera sees, then averaged
constexpr int kQuietMatrix = 4, kQuietBars = 10;  // modules
constexpr int kBarsHeight = 40;                   // modules

using Point2 = cv::Point2d;

// Soft patches of light and dark: the table under uneven lamps.
cv::Mat bare_table(Dice& dice) {
  cv::Mat patches(5, 9, CV_8U);
  const int level = dice.whole(70, 190);
  for (int y = 0; y < patches.rows; ++y)
    for (int x = 0; x < patches.cols; ++x)
      patches.at<std::uint8_t>(y, x) = cv::saturate_cast<std::uint8_t>(level + dice.whole(-25, 25));
  cv::Mat table;
  cv::resize(patches, table, {kWidth, kHeight}, 0, 0, cv::INTER_LINEAR);
  return table;
}

cv::Point somewhere(Dice& dice) {
  const int x = dice.whole(0, kWidth - 1);
  return {x, dice.whole(0, kHeight - 1)};
}

// Things that lie about: sheets, round lids, print, rulers, tools.
void draw_thing(cv::Mat& table, Dice& dice) {
  const auto at = somewhere(dice);
  const cv::Scalar tone(dice.whole(15, 245));
  switch (dice.whole(0, 4)) {
    case 0: {
      const cv::RotatedRect box(cv::Point2f(at),
                                cv::Size2f(static_cast<float>(dice.whole(60, 400)),
                                           static_cast<float>(dice.whole(40, 300))),
                                static_cast<float>(dice.between(0, 180)));
      std::array<cv::Point2f, 4> corners;
      box.points(corners.data());
      std::vector<cv::Point> outline(corners.begin(), corners.end());
      cv::fillConvexPoly(table, outline, tone);
      break;
    }
    case 1: {
      const int radius = dice.whole(10, 120);
      cv::circle(table, at, radius, tone, dice.chance(0.5) ? cv::FILLED : dice.whole(2, 8));
      break;
    }
    case 2: {
      constexpr std::array kWords{"KEEP DRY", "0123456789", "Rinse water", "pH 7.00", "LOT", "EXP"};
      const double size = dice.between(0.5, 1.6);
      for (int i = 0, lines = dice.whole(1, 4); i < lines; ++i)
        cv::putText(table, dice.one_of(kWords), at + cv::Point(0, static_cast<int>(30 * size) * i),
                    cv::FONT_HERSHEY_SIMPLEX, size, tone, size > 1 ? 2 : 1);
      break;
    }
    case 3: {  // a ruler: bars that say nothing
      const int step = dice.whole(4, 14);
      for (int i = 0, marks = dice.whole(10, 60); i < marks; ++i)
        cv::line(table, at + cv::Point(i * step, 0), at + cv::Point(i * step, i % 5 == 0 ? 40 : 22),
                 tone, std::max(1, step / 4));
      break;
    }
    default: {
      const int thickness = dice.whole(2, 24);
      cv::line(table, at, somewhere(dice), tone, thickness);
    }
  }
}

cv::Mat cluttered_table(Dice& dice) {
  cv::Mat table = bare_table(dice);
  for (int i = 0, things = dice.whole(15, 40); i < things; ++i) draw_thing(table, dice);
  return table;
}

// The printed label, kOnPrint pixels a module, and where the symbol is on it.
struct Print {
  cv::Mat grey;
  cv::Rect symbol;
};

void spread_ink(cv::Mat& symbol, double dot_gain_modules, bool bars) {
  const int by = static_cast<int>(std::lround(std::abs(dot_gain_modules) * kOnPrint));
  if (by == 0) return;
  const cv::Size size(2 * by + 1, bars ? 1 : 2 * by + 1);
  const auto around = cv::getStructuringElement(cv::MORPH_RECT, size);
  // Ink is dark: it grows where the lightest neighbour is taken away.
  cv::morphologyEx(symbol, symbol, dot_gain_modules > 0 ? cv::MORPH_ERODE : cv::MORPH_DILATE,
                   around);
}

Print print_label(const LabelScene& scene, Dice& dice) {
  const auto modules = encode({scene.symbology, scene.gs1}, scene.source);
  ensure(modules.has_value(), "scenes hold only what can be encoded");
  const bool bars = scene.symbology == Symbology::kCode128;
  const int quiet = bars ? kQuietBars : kQuietMatrix;
  cv::Mat symbol;
  cv::resize(*modules, symbol,
             {modules->cols * kOnPrint, (bars ? kBarsHeight : modules->rows) * kOnPrint}, 0, 0,
             cv::INTER_NEAREST);
  spread_ink(symbol, scene.print.dot_gain_modules, bars);
  for (int i = 0; i < scene.print.missing_rows; ++i)
    symbol.row(dice.whole(0, symbol.rows - 3)).setTo(255);
  const int words = bars ? 12 : 8;  // modules of height for text under it
  Print print;
  print.symbol = {quiet * kOnPrint, quiet * kOnPrint, symbol.cols, symbol.rows};
  print.grey = cv::Mat(symbol.rows + (2 * quiet + words) * kOnPrint,
                       symbol.cols + 2 * quiet * kOnPrint, CV_8U, cv::Scalar(255));
  symbol.copyTo(print.grey(print.symbol));
  cv::putText(print.grey, scene.on_label.back().second,
              {print.symbol.x, print.grey.rows - quiet * kOnPrint / 2}, cv::FONT_HERSHEY_SIMPLEX,
              bars ? 2.0 : 1.2, cv::Scalar(0), 3);
  const double scale = (scene.print.paper - scene.print.ink) / 255.0;
  print.grey.convertTo(print.grey, CV_8U, scale, scene.print.ink);
  return print;
}

// From the print's pixels to the frame's: turned, tilted about an axis in its plane, seen by a
// camera whose distance is a few times the label's size.
cv::Matx33d view_of(const LabelPose& pose, const Print& print) {
  const double per_pixel = pose.module_px / kOnPrint;
  const double turn = pose.rotation_deg * std::numbers::pi / 180;
  const double axis = pose.tilt_axis_deg * std::numbers::pi / 180;
  const double tilt = pose.tilt_deg * std::numbers::pi / 180;
  const Point2 middle(print.symbol.x + print.symbol.width / 2.0 - 0.5,
                      print.symbol.y + print.symbol.height / 2.0 - 0.5);
  const double distance = 4.0 * std::max(print.grey.cols, print.grey.rows) * per_pixel;
  const auto seen = [&](Point2 at) {
    const double x0 = (at.x - middle.x) * per_pixel, y0 = (at.y - middle.y) * per_pixel;
    const double x = x0 * std::cos(turn) - y0 * std::sin(turn);
    const double y = x0 * std::sin(turn) + y0 * std::cos(turn);
    const double along = x * std::cos(axis) + y * std::sin(axis);
    const double across = -x * std::sin(axis) + y * std::cos(axis);
    const double near = distance / (distance + across * std::sin(tilt));
    const double a = along * near, b = across * std::cos(tilt) * near;
    return cv::Point2f(static_cast<float>(pose.x + a * std::cos(axis) - b * std::sin(axis)),
                       static_cast<float>(pose.y + a * std::sin(axis) + b * std::cos(axis)));
  };
  const auto right = static_cast<float>(print.grey.cols - 1);
  const auto bottom = static_cast<float>(print.grey.rows - 1);
  const std::array<cv::Point2f, 4> from{
      cv::Point2f(0, 0), {right, 0}, {right, bottom}, {0, bottom}};
  std::array<cv::Point2f, 4> to;
  for (std::size_t i = 0; i < from.size(); ++i) to[i] = seen(from[i]);
  return cv::getPerspectiveTransform(from.data(), to.data());
}

Point2 mapped(const cv::Matx33d& map, double x, double y) {
  const cv::Vec3d at = map * cv::Vec3d(x, y, 1);
  return {at[0] / at[2], at[1] / at[2]};
}

// Lays the print on the table, each pixel the mean of kFiner x kFiner.
void lay_down(const Print& print, const cv::Matx33d& to_frame, cv::Mat& table) {
  const int right = print.grey.cols - 1, bottom = print.grey.rows - 1;
  std::vector<cv::Point> outline;
  for (const auto& [x, y] : {std::pair(0, 0), {right, 0}, {right, bottom}, {0, bottom}}) {
    const auto at = mapped(to_frame, x, y);
    outline.emplace_back(static_cast<int>(at.x), static_cast<int>(at.y));
  }
  const cv::Rect box = (cv::boundingRect(outline) + cv::Size(4, 4) - cv::Point(2, 2)) &
                       cv::Rect(0, 0, kWidth, kHeight);
  if (box.empty()) return;
  // Pixel centres: x in the frame is ((x - box.x) + 0.5) * kFiner - 0.5 in the finer picture.
  const double half = kFiner / 2.0 - 0.5;
  const cv::Matx33d finer(kFiner, 0, half - kFiner * box.x, 0, kFiner, half - kFiner * box.y, 0, 0,
                          1);
  cv::Mat soft, fine, fine_mask, mask, laid;
  // Eight pixels a module become six to twelve; below that an average over more is due.
  const double module_px = kOnPrint * std::hypot(to_frame(0, 0), to_frame(1, 0));
  const int reach = std::max(1, static_cast<int>(kOnPrint / (kFiner * module_px)));
  cv::blur(print.grey, soft, {reach, reach});
  const cv::Size size = box.size() * kFiner;
  cv::warpPerspective(soft, fine, finer * to_frame, size, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  cv::warpPerspective(cv::Mat(print.grey.size(), CV_8U, cv::Scalar(255)), fine_mask,
                      finer * to_frame, size, cv::INTER_NEAREST, cv::BORDER_CONSTANT);
  cv::resize(fine, laid, box.size(), 0, 0, cv::INTER_AREA);
  cv::resize(fine_mask, mask, box.size(), 0, 0, cv::INTER_AREA);
  laid.copyTo(table(box), mask > 127);
}

Frame frame_of(const cv::Mat& grey) {
  Frame frame{PixelFormat::kGrey, grey.cols, grey.rows, static_cast<std::size_t>(grey.cols), {}};
  frame.bytes.assign(grey.data, grey.data + grey.total());
  return frame;
}

}  // namespace

RenderedLabel render(const LabelScene& scene, int which_frame) {
  const auto number = static_cast<std::uint64_t>(scene.number);
  auto dice = Dice::of_case(scene.seed ^ 0x7461626c65, number);  // the same for all frames
  auto frame_dice = Dice::of_case(scene.seed + number, static_cast<std::uint64_t>(which_frame));
  cv::Mat table = cluttered_table(dice);
  const auto print = print_label(scene, dice);
  LabelPose pose = scene.pose;
  if (which_frame > 0) {
    pose.x += frame_dice.between(-12, 12);
    pose.y += frame_dice.between(-6, 6);
    pose.rotation_deg += frame_dice.between(-2, 2);
    pose.tilt_deg = std::clamp(pose.tilt_deg + frame_dice.between(-2, 2), 0.0, 15.0);
  }
  const auto to_frame = view_of(pose, print);
  lay_down(print, to_frame, table);
  if (scene.glare.radius_x_px > 0) shine(table, scene.glare);
  RenderedLabel rendered{frame_of(photograph(table, scene.camera, frame_dice)), {}};
  const auto& box = print.symbol;
  const std::array<cv::Point, 4> corners{box.tl(), cv::Point(box.x + box.width, box.y), box.br(),
                                         cv::Point(box.x, box.y + box.height)};
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const auto at = mapped(to_frame, corners[i].x - 0.5, corners[i].y - 0.5);
    rendered.corners[i] = {static_cast<int>(std::lround(at.x)),
                           static_cast<int>(std::lround(at.y))};
  }
  return rendered;
}

Frame render_empty_table(std::uint64_t seed, int number) {
  auto dice = Dice::of_case(seed, static_cast<std::uint64_t>(number));
  cv::Mat table = cluttered_table(dice);
  return frame_of(photograph(table, CameraModel::inside_the_gate(dice), dice));
}

}  // namespace batchwright::vision::challenge
