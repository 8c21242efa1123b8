// The colour of a lamp and of the panel around it.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace batchwright::vision {

// Medians: a highlight on the lens is not its colour. Blue, green, red; 0..255.
struct LampColour {
  cv::Vec3d core, around;
  // How far the four sides differ from the whole, in parts of the light.
  double uneven_core = 0, uneven_around = 0;
};
[[nodiscard]] LampColour lamp_colour(const cv::Mat& bgr);

// What a state adds: an unlit lens gives back a share of the light that falls on the panel, a lit
// one gives light of its own besides. So a state taught in one light is known in another.
class LampModel {
 public:
  LampModel(const LampColour& unlit, const LampColour& taught, bool lit);
  // CIE76 distance in CIELAB between what is seen and what this state looks like in that light.
  [[nodiscard]] double distance(const LampColour& seen) const;

 private:
  cv::Vec3d share_, emits_;
  bool lit_;
};

}  // namespace batchwright::vision
