// Symbols of rendered labels come from zint, an encoder that shares no code with the decoders under
// test.
#pragma once

#include <opencv2/core.hpp>
#include <string_view>

#include "base/error.h"
#include "vision/label.h"

namespace batchwright::vision::challenge {

struct Encoding {
  Symbology symbology = Symbology::kDataMatrix;  // Data Matrix, QR or Code 128
  bool gs1 = false;  // `text` is then written with its AIs in brackets: "[01]...[10]..."
};

// One pixel a module, 0 is ink and 255 is paper, no quiet zone; of bars a single row.
[[nodiscard]] Result<cv::Mat> encode(const Encoding& encoding, std::string_view text);

}  // namespace batchwright::vision::challenge
