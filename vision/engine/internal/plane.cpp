#include "vision/engine/internal/plane.h"

namespace batchwright::vision {

Result<Plane> put_on_plane(const cv::Mat&, const Station&) {
  return fail(ErrorCode::kUnsupported, "Stations are not built yet.");
}

}  // namespace batchwright::vision
