#include <dmtx.h>

#include <cmath>
#include <memory>
#include <vector>

#include "base/text.h"
#include "vision/engine/internal/decoders.h"

namespace batchwright::vision {

namespace {

constexpr unsigned char kFnc1 = 29;
constexpr int kRegionsMax = 40;

struct Destroy {
  void operator()(DmtxImage* image) const { dmtxImageDestroy(&image); }
  void operator()(DmtxDecode* decode) const { dmtxDecodeDestroy(&decode); }
  void operator()(DmtxRegion* region) const { dmtxRegionDestroy(&region); }
  void operator()(DmtxMessage* message) const { dmtxMessageDestroy(&message); }
};

// libdmtx counts rows from the bottom.
Corners corners_of(DmtxRegion& region, int height) {
  Corners corners{};
  constexpr std::array<std::array<double, 2>, 4> kUnit{{{0, 1}, {1, 1}, {1, 0}, {0, 0}}};
  for (std::size_t i = 0; i < corners.size(); ++i) {
    DmtxVector2 at{kUnit[i][0], kUnit[i][1]};
    dmtxMatrix3VMultiplyBy(&at, region.fit2raw);
    corners[i] = {static_cast<int>(std::lround(at.X)),
                  static_cast<int>(std::lround(height - 1 - at.Y))};
  }
  return corners;
}

}  // namespace

Candidates read_with_dmtx(const cv::Mat& grey, int budget_ms) {
  Candidates found;
  if (grey.cols < 8 || grey.rows < 8) return found;
  cv::Mat whole = grey.isContinuous() ? grey : grey.clone();
  const std::unique_ptr<DmtxImage, Destroy> image(
      dmtxImageCreate(whole.data, whole.cols, whole.rows, DmtxPack8bppK));
  if (!image) return found;
  const std::unique_ptr<DmtxDecode, Destroy> decode(dmtxDecodeCreate(image.get(), 1));
  if (!decode) return found;
  DmtxTime ends = dmtxTimeAdd(dmtxTimeNow(), std::max(1, budget_ms));
  for (int i = 0; i < kRegionsMax && found.empty(); ++i) {
    const std::unique_ptr<DmtxRegion, Destroy> region(dmtxRegionFindNext(decode.get(), &ends));
    if (!region) break;
    const std::unique_ptr<DmtxMessage, Destroy> message(
        dmtxDecodeMatrixRegion(decode.get(), region.get(), DmtxUndefined));
    if (!message) continue;
    std::string text(reinterpret_cast<const char*>(message->output),
                     static_cast<std::size_t>(std::max(0, message->outputIdx)));
    bool gs1 = false;
    if (!text.empty() && static_cast<unsigned char>(text.front()) == kFnc1) {
      gs1 = true;
      text.erase(0, 1);
    }
    if (text.empty() || text.size() > kSymbolTextBytesMax || !is_valid_utf8(text)) continue;
    found.push_back({Symbology::kDataMatrix, std::move(text), gs1, corners_of(*region, whole.rows),
                     Decoder::kDmtx});
  }
  return found;
}

}  // namespace batchwright::vision
