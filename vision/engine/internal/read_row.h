// Reads one number of a display, or says why not.
#pragma once

#include <opencv2/core.hpp>
#include <string>

#include "vision/checks/display.h"
#include "vision/engine/internal/row_fit.h"

namespace batchwright::vision {

struct RowReading {
  std::string code = "too_close_to_call";  // as DisplayCheck lists them
  std::string text;                        // "7.40", only when the code is ok
  double score = 0;                        // 0..0.5
  RowFit fit;                              // where the row was found
};

// `region` lies inside the picture.
[[nodiscard]] RowReading read_row(const cv::Mat& bgr, const cv::Rect& region,
                                  const DisplayField& field, const DisplayCheck& rule);

}  // namespace batchwright::vision
