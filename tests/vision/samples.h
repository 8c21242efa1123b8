// Photographed and drawn barcodes with the text they hold, kept beside the checkout
// (../shared/vision-samples). Tests that need them say so when they are not there.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "vision/label.h"

namespace batchwright::vision::samples {

// $BATCHWRIGHT_SHARED/vision-samples, else ../shared/vision-samples of the sources; empty when
// there is none.
[[nodiscard]] std::filesystem::path folder();

struct Sample {
  std::filesystem::path file;
  std::string truth;  // as its author wrote it down
};

struct Family {
  const char* name;
  std::vector<const char*> folders;
  Symbologies symbologies;
};

[[nodiscard]] const std::vector<Family>& families();
// Pictures that have a text beside them, by name. Those with bytes only are left out, and
// qrcode-7, where one text is spread over several pictures.
[[nodiscard]] std::vector<Sample> of(const Family& family);
// Pictures without any symbol.
[[nodiscard]] std::vector<std::filesystem::path> without_symbols();

// FNC1, parentheses and blanks at the end don't count; leading zeros of EAN-13 and UPC-A and the
// short form of UPC-E mean the same number.
[[nodiscard]] bool same_content(const Family& family, std::string_view read,
                                std::string_view truth);

// Other symbols that a picture really shows beside the one its text tells of, found by looking at
// it: the outer one of a double QR, and the book whose number is printed under the bars.
[[nodiscard]] bool also_there(const std::filesystem::path& file, std::string_view read);

}  // namespace batchwright::vision::samples
