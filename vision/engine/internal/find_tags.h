// read_tags on OpenCV's own picture.
#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <string_view>
#include <vector>

#include "vision/tags.h"

namespace batchwright::vision {

[[nodiscard]] std::vector<Tag> find_tags(const cv::Mat& grey, std::string_view dictionary,
                                         std::span<const int> wanted);

}  // namespace batchwright::vision
