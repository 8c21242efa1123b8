#include "vision/engine/internal/crop.h"

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace batchwright::vision {

Picture crop(const cv::Mat& grey, const cv::Rect& box) {
  const cv::Rect inside = box & cv::Rect(0, 0, grey.cols, grey.rows);
  Picture out{grey(inside),
              {1, 0, static_cast<double>(inside.x), 0, 1, static_cast<double>(inside.y)}};
  return out;
}

Picture turned_crop(const cv::Mat& grey, const cv::RotatedRect& box, double direction) {
  const double c = std::cos(direction), s = std::sin(direction);
  const double w = box.size.width, h = box.size.height;
  const double inner = box.angle * CV_PI / 180 - direction;
  const double ic = std::abs(std::cos(inner)), is = std::abs(std::sin(inner));
  const cv::Size size(static_cast<int>(w * ic + h * is) + 2 * kMarginPx,
                      static_cast<int>(w * is + h * ic) + kMarginPx / 2);
  Picture out;
  out.to_frame = {c, -s, box.center.x - c * size.width / 2 + s * size.height / 2,
                  s, c,  box.center.y - s * size.width / 2 - c * size.height / 2};
  cv::warpAffine(grey, out.grey, out.to_frame, size, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                 cv::BORDER_REPLICATE);
  return out;
}

}  // namespace batchwright::vision
