#include "vision/challenge/zint_encoder.h"

#include <zint.h>

#include <memory>
#include <string>

namespace batchwright::vision::challenge {

namespace {

struct Delete {
  void operator()(zint_symbol* symbol) const { ZBarcode_Delete(symbol); }
};

int zint_name(const Encoding& encoding) {
  switch (encoding.symbology) {
    case Symbology::kDataMatrix: return BARCODE_DATAMATRIX;
    case Symbology::kQr: return BARCODE_QRCODE;
    case Symbology::kCode128: return encoding.gs1 ? BARCODE_GS1_128 : BARCODE_CODE128;
    default: return 0;
  }
}

// zint packs eight modules to a byte, the leftmost in the lowest bit.
bool inked(const zint_symbol& symbol, int row, int column) {
  return (symbol.encoded_data[row][column >> 3] >> (column & 7) & 1) != 0;
}

}  // namespace

Result<cv::Mat> encode(const Encoding& encoding, std::string_view text) {
  const std::unique_ptr<zint_symbol, Delete> symbol(ZBarcode_Create());
  if (!symbol || zint_name(encoding) == 0)
    return fail(ErrorCode::kUnsupported, "This symbology is not encoded.");
  symbol->symbology = zint_name(encoding);
  symbol->input_mode = encoding.gs1 ? GS1_MODE : UNICODE_MODE;
  if (encoding.symbology == Symbology::kDataMatrix) symbol->option_3 = DM_SQUARE;
  const std::string source(text);
  if (ZBarcode_Encode(symbol.get(), reinterpret_cast<const unsigned char*>(source.data()),
                      static_cast<int>(source.size())) >= ZINT_ERROR)
    return fail(ErrorCode::kRefused, symbol->errtxt);
  cv::Mat modules(symbol->rows, symbol->width, CV_8U, cv::Scalar(255));
  for (int y = 0; y < modules.rows; ++y)
    for (int x = 0; x < modules.cols; ++x)
      if (inked(*symbol, y, x)) modules.at<std::uint8_t>(y, x) = 0;
  return modules;
}

}  // namespace batchwright::vision::challenge
