#include <zbar.h>

#include <array>
#include <memory>
#include <utility>

#include "base/text.h"
#include "vision/engine/internal/decoders.h"

// Its C functions, too, are in this namespace; names of ours come first.
using namespace zbar;

namespace batchwright::vision {

namespace {

constexpr std::array kTypes{
    std::pair{Symbology::kQr, ZBAR_QRCODE}, std::pair{Symbology::kCode128, ZBAR_CODE128},
    std::pair{Symbology::kItf, ZBAR_I25},   std::pair{Symbology::kEan13, ZBAR_EAN13},
    std::pair{Symbology::kEan8, ZBAR_EAN8}, std::pair{Symbology::kUpcA, ZBAR_UPCA},
    std::pair{Symbology::kUpcE, ZBAR_UPCE},
};

struct Destroy {
  void operator()(zbar_image_scanner_t* scanner) const { zbar_image_scanner_destroy(scanner); }
  void operator()(zbar_image_t* image) const { zbar_image_destroy(image); }
};

Corners corners_of(const zbar_symbol_t* symbol) {
  const unsigned count = zbar_symbol_get_loc_size(symbol);
  if (count == 0) return {};
  int left = zbar_symbol_get_loc_x(symbol, 0), right = left;
  int top = zbar_symbol_get_loc_y(symbol, 0), bottom = top;
  for (unsigned i = 1; i < std::min(count, 10'000u); ++i) {
    left = std::min(left, zbar_symbol_get_loc_x(symbol, i));
    right = std::max(right, zbar_symbol_get_loc_x(symbol, i));
    top = std::min(top, zbar_symbol_get_loc_y(symbol, i));
    bottom = std::max(bottom, zbar_symbol_get_loc_y(symbol, i));
  }
  return {Point{left, top}, {right, top}, {right, bottom}, {left, bottom}};
}

void add(const zbar_symbol_t* symbol, Symbologies wanted, Candidates& found) {
  for (const auto& [symbology, type] : kTypes) {
    if (zbar_symbol_get_type(symbol) != type || !wanted.has(symbology)) continue;
    std::string text(zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
    if (text.empty() || text.size() > kSymbolTextBytesMax || !is_valid_utf8(text)) return;
    found.push_back({symbology, std::move(text), false, corners_of(symbol), Decoder::kZbar});
    return;
  }
}

}  // namespace

Candidates read_with_zbar(const cv::Mat& grey, Symbologies wanted) {
  Candidates found;
  const std::unique_ptr<zbar_image_scanner_t, Destroy> scanner(zbar_image_scanner_create());
  const std::unique_ptr<zbar_image_t, Destroy> image(zbar_image_create());
  if (!scanner || !image || grey.empty()) return found;
  zbar_image_scanner_set_config(scanner.get(), ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  for (const auto& [symbology, type] : kTypes)
    if (wanted.has(symbology))
      zbar_image_scanner_set_config(scanner.get(), type, ZBAR_CFG_ENABLE, 1);
  const cv::Mat whole = grey.isContinuous() ? grey : grey.clone();
  zbar_image_set_format(image.get(), zbar_fourcc('Y', '8', '0', '0'));
  zbar_image_set_size(image.get(), static_cast<unsigned>(whole.cols),
                      static_cast<unsigned>(whole.rows));
  zbar_image_set_data(image.get(), whole.data, whole.total(), nullptr);
  if (zbar_scan_image(scanner.get(), image.get()) <= 0) return found;
  for (const auto* symbol = zbar_image_first_symbol(image.get());
       symbol != nullptr && found.size() < kSymbolsMax; symbol = zbar_symbol_next(symbol))
    add(symbol, wanted, found);
  return found;
}

}  // namespace batchwright::vision
