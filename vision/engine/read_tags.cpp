#include "vision/engine/read_tags.h"

#include "vision/engine/internal/find_tags.h"
#include "vision/engine/internal/picture.h"

namespace batchwright::vision {

std::vector<Tag> read_tags(const Frame& frame, std::string_view dictionary,
                           std::span<const int> wanted) {
  if (!check_frame(frame)) return {};
  try {
    return find_tags(grey_of(frame), dictionary, wanted);
  } catch (const cv::Exception&) {
    return {};  // nothing was read
  }
}

}  // namespace batchwright::vision
