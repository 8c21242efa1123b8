// A drawn front of an instrument: what it reflects and what it emits, put before a camera and under
// a light.
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "vision/challenge/camera_model.h"
#include "vision/frame.h"

namespace batchwright::vision::challenge {

using Colour = cv::Vec3d;  // blue, green, red; 0..1 of white
using Outline = std::vector<cv::Point2d>;

// One of thirty: six families of five, always the same ones.
inline constexpr int kLights = 30;
struct Light {
  std::string family;               // "even", "dark_room", "bright", "side", "cast", "glare"
  Colour colour{1, 1, 1};           // of white paper in the middle
  double slope_x = 0, slope_y = 0;  // change from the middle to the edge, in parts
  bool lamp = false;                // its reflection is somewhere beside what is looked at
};
[[nodiscard]] Light light_number(int number);

// Where a camera that was put back to its place sees the taught plane: some pixels off, a little
// turned and tilted.
[[nodiscard]] cv::Matx33d nudged(cv::Size frame, Dice& dice);

class Sheet {
 public:
  Sheet(cv::Size frame, const cv::Matx33d& to_frame, const Colour& reflects);

  void paint(const Outline& outline, const Colour& reflects);
  void light(const Outline& outline, const Colour& emits);
  // Darkens or tints what is there: a shadow, a tinted pane.
  void tint(const Outline& outline, const Colour& share);
  void soften_last(double px) { soft_px_ = px; }  // of tints that come: a shadow's edge

  // 8 bits, in colour.
  [[nodiscard]] cv::Mat under(const Light& light) const;
  [[nodiscard]] cv::Point2d in_frame(cv::Point2d plane) const;

 private:
  [[nodiscard]] std::vector<cv::Point> drawn(const Outline& outline) const;
  cv::Size frame_;
  cv::Matx33d to_frame_;
  double soft_px_ = 0;
  cv::Mat reflects_, emits_;  // twice as large as the frame
};

[[nodiscard]] Outline bar(cv::Point2d from, cv::Point2d to, double width);
[[nodiscard]] Outline ellipse(cv::Point2d centre, double radius_x, double radius_y);
[[nodiscard]] Outline rectangle(double x, double y, double width, double height);

// The same pixels as a frame of the program.
[[nodiscard]] Frame frame_of_picture(const cv::Mat& bgr);

}  // namespace batchwright::vision::challenge
