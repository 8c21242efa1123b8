#include "vision/engine/camera/preview.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "vision/engine/internal/picture.h"

namespace batchwright::vision {

Frame preview_of(const Frame& frame, int width) {
  if (width <= 0) return {};
  const double scale =
      std::min({1.0, static_cast<double>(width) / frame.width, 2.0 * width / frame.height});
  const cv::Size size(std::max(1, static_cast<int>(frame.width * scale)),
                      std::max(1, static_cast<int>(frame.height * scale)));
  cv::Mat small = bgr_of(frame);
  if (size != small.size()) cv::resize(small, small, size, 0, 0, cv::INTER_AREA);
  auto preview = frame_of(small);
  return preview ? std::move(*preview) : Frame{};
}

}  // namespace batchwright::vision
