#include "vision/engine/load_image.h"

#include <cstring>
#include <opencv2/imgcodecs.hpp>

#include "vision/picture_header.h"

namespace batchwright::vision {

namespace {

Frame frame_of(const cv::Mat& picture) {
  Frame frame;
  frame.format = picture.channels() == 1 ? PixelFormat::kGrey : PixelFormat::kBgr;
  frame.width = picture.cols;
  frame.height = picture.rows;
  frame.stride = static_cast<std::size_t>(picture.cols) * bytes_per_pixel(frame.format);
  frame.bytes.resize(frame.stride * static_cast<std::size_t>(picture.rows));
  for (int y = 0; y < picture.rows; ++y)
    std::memcpy(frame.bytes.data() + static_cast<std::size_t>(y) * frame.stride, picture.ptr(y),
                frame.stride);
  return frame;
}

}  // namespace

Result<Frame> load_image(std::span<const std::uint8_t> bytes) {
  // The size is known before a codec may allocate for it.
  const auto header = read_picture_header(bytes);
  if (!header) return std::unexpected(header.error());
  cv::Mat picture;
  try {
    const cv::Mat view(1, static_cast<int>(bytes.size()), CV_8U,
                       const_cast<std::uint8_t*>(bytes.data()));  // NOLINT(*-const-cast): read only
    picture = cv::imdecode(view, cv::IMREAD_ANYCOLOR);
  } catch (const cv::Exception&) {
    picture.release();
  }
  if (picture.empty() || picture.depth() != CV_8U ||
      (picture.channels() != 1 && picture.channels() != 3))
    return fail(ErrorCode::kMalformed, "The picture is damaged: it can't be decoded.");
  auto frame = frame_of(picture);
  if (const auto checked = check_frame(frame); !checked) return std::unexpected(checked.error());
  return frame;
}

}  // namespace batchwright::vision
