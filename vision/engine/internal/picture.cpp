#include "vision/engine/internal/picture.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <opencv2/imgproc.hpp>

namespace batchwright::vision {

namespace {

// The frame's own bytes as a matrix. OpenCV has none of constant bytes; nothing here writes there.
cv::Mat view_of(const Frame& frame) {
  const int type = frame.format == PixelFormat::kGrey ? CV_8UC1 : CV_8UC3;
  auto* bytes = const_cast<std::uint8_t*>(frame.bytes.data());  // NOLINT(*-const-cast): as above
  return {frame.height, frame.width, type, bytes, frame.stride};
}

}  // namespace

cv::Mat grey_of(const Frame& frame) {
  const cv::Mat view = view_of(frame);
  if (frame.format == PixelFormat::kGrey) return view;
  cv::Mat grey;
  cv::cvtColor(view, grey, cv::COLOR_BGR2GRAY);
  return grey;
}

cv::Mat bgr_of(const Frame& frame) {
  const cv::Mat view = view_of(frame);
  if (frame.format == PixelFormat::kBgr) return view;
  cv::Mat bgr;
  cv::cvtColor(view, bgr, cv::COLOR_GRAY2BGR);
  return bgr;
}

Result<Frame> frame_of(const cv::Mat& picture) {
  if (picture.empty() || picture.depth() != CV_8U ||
      (picture.channels() != 1 && picture.channels() != 3))
    return fail(ErrorCode::kMalformed, "The picture is damaged: its pixels are of no known kind.");
  Frame frame;
  frame.format = picture.channels() == 1 ? PixelFormat::kGrey : PixelFormat::kBgr;
  frame.width = picture.cols;
  frame.height = picture.rows;
  frame.stride = static_cast<std::size_t>(picture.cols) * bytes_per_pixel(frame.format);
  frame.bytes.resize(frame.stride * static_cast<std::size_t>(picture.rows));
  for (int y = 0; y < picture.rows; ++y)
    std::memcpy(frame.bytes.data() + static_cast<std::size_t>(y) * frame.stride, picture.ptr(y),
                frame.stride);
  if (const auto checked = check_frame(frame); !checked) return std::unexpected(checked.error());
  return frame;
}

cv::Matx23d chain(const cv::Matx23d& outer, const cv::Matx23d& inner) {
  const cv::Matx33d a(outer(0, 0), outer(0, 1), outer(0, 2), outer(1, 0), outer(1, 1), outer(1, 2),
                      0, 0, 1);
  const cv::Matx33d b(inner(0, 0), inner(0, 1), inner(0, 2), inner(1, 0), inner(1, 1), inner(1, 2),
                      0, 0, 1);
  const cv::Matx33d both = a * b;
  return {both(0, 0), both(0, 1), both(0, 2), both(1, 0), both(1, 1), both(1, 2)};
}

Point mapped(const cv::Matx23d& map, Point at) {
  const auto whole = [](double value) {
    return static_cast<int>(std::lround(std::clamp(value, -2.0 * kSideMax, 2.0 * kSideMax)));
  };
  return {whole(map(0, 0) * at.x + map(0, 1) * at.y + map(0, 2)),
          whole(map(1, 0) * at.x + map(1, 1) * at.y + map(1, 2))};
}

Corners mapped(const cv::Matx23d& map, const Corners& corners) {
  Corners moved{};
  for (std::size_t i = 0; i < corners.size(); ++i) moved[i] = mapped(map, corners[i]);
  return moved;
}

}  // namespace batchwright::vision
