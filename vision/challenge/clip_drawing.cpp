// How a board looks: steel, a valve on its pipe, a clamp on its tube, a lever in its slot.
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "vision/challenge/clip_scene.h"

namespace batchwright::vision::challenge {

namespace {

const cv::Scalar kSteel(150, 152, 148), kDark(70, 72, 70), kTube(190, 205, 205);

// Draws in parts of a device's box: (0, 0) is its middle, 1 half its shorter side.
class Pen {
 public:
  Pen(cv::Mat& picture, const cv::Rect& box)
      : picture_(picture),
        middle_(box.x + box.width / 2.0, box.y + box.height / 2.0),
        unit_(std::min(box.width, box.height) / 2.0) {}

  void bar(double x, double y, double deg, double length, double width, const cv::Scalar& colour) {
    const double turn = deg * std::numbers::pi / 180;
    const double dx = std::cos(turn), dy = std::sin(turn), half = length / 2, thick = width / 2;
    const std::vector<cv::Point> corners{
        at(x - dx * half - dy * thick, y - dy * half + dx * thick),
        at(x + dx * half - dy * thick, y + dy * half + dx * thick),
        at(x + dx * half + dy * thick, y + dy * half - dx * thick),
        at(x - dx * half + dy * thick, y - dy * half - dx * thick)};
    cv::fillConvexPoly(picture_, corners, colour, cv::LINE_AA, kShift);
    cv::polylines(picture_, corners, true, kDark, 1, cv::LINE_AA, kShift);
  }
  void disc(double x, double y, double radius, const cv::Scalar& colour) {
    cv::circle(picture_, at(x, y), fixed(radius * unit_), colour, cv::FILLED, cv::LINE_AA, kShift);
    cv::circle(picture_, at(x, y), fixed(radius * unit_), kDark, 1, cv::LINE_AA, kShift);
  }

 private:
  static constexpr int kShift = 4;  // sixteenths of a pixel
  static int fixed(double value) { return static_cast<int>(std::lround(value * 16)); }
  [[nodiscard]] cv::Point at(double x, double y) const {
    return {fixed(middle_.x + x * unit_), fixed(middle_.y + y * unit_)};
  }

  cv::Mat& picture_;
  cv::Point2d middle_;
  double unit_;
};

void draw_device(cv::Mat& picture, const Device& device, bool open) {
  Pen pen(picture, device.box);
  switch (device.kind) {
    case DeviceKind::kValve:  // the handle lies along the pipe when it is open
      pen.bar(0, 0, 0, 1.9, 0.5, kSteel);
      pen.disc(0, 0, 0.5, kSteel);
      pen.bar(0, 0, open ? 0 : 90, 1.5, 0.26, device.colour);
      pen.disc(0, 0, 0.14, kDark);
      break;
    case DeviceKind::kClamp:  // the arm lies across the tube when it is closed
      pen.bar(0, 0, 90, 1.9, 0.34, kTube);
      pen.bar(-0.1, 0.35, 0, 1.1, 0.22, kDark);
      pen.bar(open ? -0.5 : 0, open ? -0.25 : 0.05, open ? -70 : 0, 1.15, 0.24, device.colour);
      break;
    case DeviceKind::kLever:  // right is open
      pen.bar(0, 0.3, 0, 1.7, 0.3, kDark);
      pen.bar(open ? 0.35 : -0.35, -0.1, open ? -55 : -125, 1.1, 0.2, device.colour);
      pen.disc(open ? 0.66 : -0.66, -0.55, 0.2, device.colour);
      break;
  }
}

void draw_plate(cv::Mat& picture, const Board& board) {
  const int step = std::max(8, board.size.height / 15);
  for (int y = step / 2; y < board.size.height; y += step)
    cv::line(picture, {0, y}, {board.size.width, y}, board.plate * 0.93, 1);
  for (const auto& device : board.devices) {
    cv::rectangle(picture, device.box, board.plate * 0.6, 1);
    const double scale = device.box.height / 160.0;
    cv::putText(picture, device.id, {device.box.x, device.box.y - 3}, cv::FONT_HERSHEY_SIMPLEX,
                std::max(0.25, scale), kDark, std::max(1, static_cast<int>(scale * 2)),
                cv::LINE_AA);
  }
}

}  // namespace

cv::Mat draw_board(const Board& board, const std::vector<bool>& open) {
  cv::Mat picture(board.size, CV_8UC3, board.plate);
  draw_plate(picture, board);
  for (std::size_t i = 0; i < board.devices.size(); ++i)
    draw_device(picture, board.devices[i], open[i]);
  return picture;
}

}  // namespace batchwright::vision::challenge
