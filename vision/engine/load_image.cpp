#include "vision/engine/load_image.h"

#include <opencv2/imgcodecs.hpp>

#include "vision/engine/internal/picture.h"
#include "vision/picture_header.h"

namespace batchwright::vision {

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
  if (picture.empty())
    return fail(ErrorCode::kMalformed, "The picture is damaged: it can't be decoded.");
  return frame_of(picture);
}

}  // namespace batchwright::vision
