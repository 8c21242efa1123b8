#include <cmath>
#include <opencv2/imgproc.hpp>
#include <opencv2/wechat_qrcode.hpp>

#include "base/text.h"
#include "vision/engine/internal/decoders.h"

namespace batchwright::vision {

namespace {

Corners corners_of(const cv::Mat& points) {
  Corners corners{};
  if (points.rows != 4 || points.cols != 2 || points.type() != CV_32F) return corners;
  for (int i = 0; i < 4; ++i)
    corners[static_cast<std::size_t>(i)] = {static_cast<int>(std::lround(points.at<float>(i, 0))),
                                            static_cast<int>(std::lround(points.at<float>(i, 1)))};
  return corners;
}

}  // namespace

Candidates read_with_wechat(const cv::Mat& grey) {
  Candidates found;
  if (grey.cols < 20 || grey.rows < 20) return found;
  try {
    // Made anew for each picture: what it saw before must not change what it reads now.
    cv::wechat_qrcode::WeChatQRCode reader;
    std::vector<cv::Mat> points;
    const auto texts = reader.detectAndDecode(grey, points);
    for (std::size_t i = 0; i < texts.size() && found.size() < kSymbolsMax; ++i) {
      const auto& text = texts[i];
      if (text.empty() || text.size() > kSymbolTextBytesMax || !is_valid_utf8(text)) continue;
      found.push_back({Symbology::kQr, text, false,
                       i < points.size() ? corners_of(points[i]) : Corners{}, Decoder::kWeChat});
    }
  } catch (const cv::Exception&) {
    return {};
  }
  return found;
}

}  // namespace batchwright::vision
