// A station with its tags as a camera sees it: pose, light, shadows, what lies around it.
#pragma once

#include <opencv2/core.hpp>

#include "vision/challenge/camera_model.h"
#include "vision/challenge/dice.h"
#include "vision/check.h"
#include "vision/frame.h"

namespace batchwright::vision::challenge {

// White paper with the tag's black square in its middle, `side_px` wide without the paper.
[[nodiscard]] cv::Mat draw_tag(std::string_view dictionary, int id, int side_px);
// All tags of the station on the board (kDraw_px_per_mm).
void stick_tags(cv::Mat& board, const Station& station);

struct Shot {
  cv::Size size{1280, 960};
  cv::Matx33d to_frame{cv::Matx33d::eye()};  // from pixels of the board's picture
  // Light: per colour, falling off over the picture, and one slow shadow.
  cv::Vec3d tint{1, 1, 1};
  cv::Point2d slope;        // change of light from the middle to the border, -0.25..0.25
  double shadow_depth = 0;  // 0..0.35
  double shadow_at = 0, shadow_deg = 0, shadow_soft_px = 40;
  double lamp_deg = 0;  // direction that part shadows fall to
  CameraModel camera;
  cv::Scalar table;  // what the station stands on

  // In front of this board: tilted up to 11, rolled up to 7 degrees, all of it in view; exposed so
  // that the board itself doesn't burn out.
  [[nodiscard]] static Shot any(Dice& dice, const cv::Mat& board);
};

// The light at every pixel of the frame, then the camera.
[[nodiscard]] cv::Mat take(const cv::Mat& board, const Shot& shot, Dice& dice);
// The same in two parts, for what is not on the board (a hand).
[[nodiscard]] cv::Mat in_view(const cv::Mat& board, const Shot& shot, Dice& dice);
[[nodiscard]] cv::Mat expose(const cv::Mat& view, const Shot& shot, Dice& dice);

// A gloved hand with its sleeve, reaching in from the border to `finger`.
void cover_by_hand(cv::Mat& view, cv::Point2d finger, Dice& dice);

[[nodiscard]] Frame frame_of(const cv::Mat& bgr);

}  // namespace batchwright::vision::challenge
