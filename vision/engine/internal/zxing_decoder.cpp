#include <ZXing/ReadBarcode.h>

#include <array>
#include <exception>
#include <utility>

#include "base/text.h"
#include "vision/engine/internal/decoders.h"

namespace batchwright::vision {

namespace {

using ZXing::BarcodeFormat;

constexpr std::array kFormats{
    std::pair{Symbology::kDataMatrix, BarcodeFormat::DataMatrix},
    std::pair{Symbology::kQr, BarcodeFormat::QRCode},
    std::pair{Symbology::kMicroQr, BarcodeFormat::MicroQRCode},
    std::pair{Symbology::kCode128, BarcodeFormat::Code128},
    std::pair{Symbology::kItf, BarcodeFormat::ITF},
    std::pair{Symbology::kEan13, BarcodeFormat::EAN13},
    std::pair{Symbology::kEan8, BarcodeFormat::EAN8},
    std::pair{Symbology::kUpcA, BarcodeFormat::UPCA},
    std::pair{Symbology::kUpcE, BarcodeFormat::UPCE},
};

ZXing::Binarizer binarizer_of(Binarizer binarizer) {
  switch (binarizer) {
    case Binarizer::kLocal: return ZXing::Binarizer::LocalAverage;
    case Binarizer::kGlobal: return ZXing::Binarizer::GlobalHistogram;
    case Binarizer::kFixed: break;
  }
  return ZXing::Binarizer::FixedThreshold;
}

void add(const ZXing::Result& result, Candidates& found) {
  // One part of a text that is spread over several symbols is not what the label says.
  if (!result.isValid() || result.isPartOfSequence()) return;
  for (const auto& [symbology, format] : kFormats) {
    if (result.format() != format) continue;
    std::string text = result.text();
    if (text.empty() || text.size() > kSymbolTextBytesMax || !is_valid_utf8(text)) return;
    Corners corners{};
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const auto at = result.position()[static_cast<int>(i)];
      corners[i] = {at.x, at.y};
    }
    const bool gs1 = result.contentType() == ZXing::ContentType::GS1;
    found.push_back({symbology, std::move(text), gs1, corners, Decoder::kZxing});
    return;
  }
}

// Asked for more than one linear symbol in one call, version 1.4 ends the process on some pictures.
void read(const cv::Mat& grey, Symbologies wanted, const ZxingOptions& options, int symbols_max,
          Candidates& found) {
  ZXing::BarcodeFormats formats;
  for (const auto& [symbology, format] : kFormats)
    if (wanted.has(symbology)) formats |= format;
  if (formats.empty()) return;  // to the library, none means all
  ZXing::DecodeHints hints;
  hints.setFormats(formats)
      .setTryHarder(options.thorough)
      .setTryRotate(options.thorough && options.rotated)
      .setTryDownscale(true)
      .setIsPure(options.pure)
      .setBinarizer(binarizer_of(options.binarizer))
      .setMaxNumberOfSymbols(static_cast<std::uint8_t>(symbols_max));
  const ZXing::ImageView view(grey.data, grey.cols, grey.rows, ZXing::ImageFormat::Lum,
                              static_cast<int>(grey.step[0]));
  for (const auto& result : ZXing::ReadBarcodes(view, hints)) add(result, found);
}

}  // namespace

Candidates read_with_zxing(const cv::Mat& grey, Symbologies wanted, const ZxingOptions& options) {
  Candidates found;
  if (grey.empty()) return found;
  try {
    read(grey, wanted & kMatrixSymbologies, options, kSymbolsMax, found);
    read(grey, wanted & kLinearSymbologies, options, 1, found);
  } catch (const std::exception&) {
    return found;  // what it throws about is a picture it can't read
  }
  return found;
}

}  // namespace batchwright::vision
