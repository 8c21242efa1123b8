// What a camera makes of an ideal picture: optics first, then the sensor. The order and the ranges
// are those of the challenge sets (docs/challenge-sets.md).
#pragma once

#include <opencv2/core.hpp>

#include "vision/challenge/dice.h"

namespace batchwright::vision::challenge {

struct CameraModel {
  double defocus_px = 0;  // radius of the blur disc
  double motion_px = 0;   // length of the line the picture moved along
  double motion_deg = 0;
  double vignetting = 0;    // loss of light at the corners, 0..1
  double exposure_ev = 0;   // stops
  double read_noise = 0;    // deviation, grey levels
  double photon_noise = 0;  // deviation at white, grey levels; grows with the root of the light
  int jpeg_quality = 0;     // 0 = not compressed
  bool bayer = false;       // colour from a mosaic of one colour per pixel

  [[nodiscard]] static CameraModel inside_the_gate(Dice& dice);  // what the quality gate lets pass
  [[nodiscard]] static CameraModel any(Dice& dice);              // also what it must not
};

// A reflection of a lamp: saturated in the middle, soft at its edge.
struct Glare {
  double x = 0, y = 0, radius_x_px = 0, radius_y_px = 0, deg = 0;
};
void shine(cv::Mat& picture, const Glare& glare);

// `ideal` of 8 bits, grey or BGR; a picture of the same size and type. The same dice give the same
// bytes.
[[nodiscard]] cv::Mat photograph(const cv::Mat& ideal, const CameraModel& camera, Dice& dice);

}  // namespace batchwright::vision::challenge
