// The decoders, each behind one function: a grey picture in, candidates out, no exception leaves.
// A library's assertion still ends the process: only the worker calls these.
#pragma once

#include <opencv2/core.hpp>

#include "vision/engine/internal/candidate.h"

namespace batchwright::vision {

enum class Binarizer : std::uint8_t { kLocal, kGlobal, kFixed };

struct ZxingOptions {
  Binarizer binarizer = Binarizer::kLocal;
  bool thorough = true;  // more scan lines
  bool rotated = true;   // bars also from top to bottom
  bool pure = false;     // the picture is the symbol and nothing else
};

// zxing-cpp. Matrix symbologies: every symbol it finds, kSymbolsMax at most. Linear ones: the
// first it finds, because this version ends the process when asked for more.
[[nodiscard]] Candidates read_with_zxing(const cv::Mat& grey, Symbologies wanted,
                                         const ZxingOptions& options = {});

// zbar. Its cost grows with the picture, so it is for crops; its reads of retail codes are wrong
// too often to stand alone.
[[nodiscard]] Candidates read_with_zbar(const cv::Mat& grey, Symbologies wanted);

// libdmtx, Data Matrix only, within `budget_ms`. Misreads; never stands alone.
[[nodiscard]] Candidates read_with_dmtx(const cv::Mat& grey, int budget_ms);

// OpenCV's WeChat reader without its neural networks, QR only. Texts that are not UTF-8 are left
// out: it does no conversion of character sets.
[[nodiscard]] Candidates read_with_wechat(const cv::Mat& grey);

}  // namespace batchwright::vision
