// What was read on a label: symbols with their texts, or why nothing was.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vision/quality.h"

namespace batchwright::vision {

enum class Symbology : std::uint8_t {
  kDataMatrix,
  kQr,
  kMicroQr,
  kCode128,
  kItf,
  kEan13,
  kEan8,
  kUpcA,
  kUpcE,
};

inline constexpr std::array kSymbologies{
    Symbology::kDataMatrix, Symbology::kQr,   Symbology::kMicroQr,
    Symbology::kCode128,    Symbology::kItf,  Symbology::kEan13,
    Symbology::kEan8,       Symbology::kUpcA, Symbology::kUpcE,
};

// A set of symbologies; one bit each.
class Symbologies {
 public:
  constexpr Symbologies() = default;
  constexpr Symbologies(std::initializer_list<Symbology> list) {
    for (const auto one : list) add(one);
  }
  constexpr void add(Symbology one) { bits_ |= bit(one); }
  [[nodiscard]] constexpr bool has(Symbology one) const { return (bits_ & bit(one)) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  // Those in both sets.
  [[nodiscard]] constexpr Symbologies operator&(Symbologies other) const {
    Symbologies both;
    both.bits_ = bits_ & other.bits_;
    return both;
  }
  [[nodiscard]] static constexpr Symbologies all() {
    Symbologies set;
    for (const auto one : kSymbologies) set.add(one);
    return set;
  }
  [[nodiscard]] constexpr Symbologies operator|(Symbologies other) const {
    Symbologies either;
    either.bits_ = bits_ | other.bits_;
    return either;
  }
  bool operator==(const Symbologies&) const = default;

 private:
  static constexpr std::uint32_t bit(Symbology one) { return 1u << static_cast<unsigned>(one); }
  std::uint32_t bits_ = 0;
};

// Grids of modules, read by their corners.
inline constexpr Symbologies kMatrixSymbologies{Symbology::kDataMatrix, Symbology::kQr,
                                                Symbology::kMicroQr};
// Bars side by side.
inline constexpr Symbologies kLinearSymbologies{Symbology::kCode128, Symbology::kItf,
                                                Symbology::kEan13,   Symbology::kEan8,
                                                Symbology::kUpcA,    Symbology::kUpcE};
// One check digit lets a tenth of wrong digits through: one decoder is never enough for these.
inline constexpr Symbologies kRetailSymbologies{Symbology::kEan13, Symbology::kEan8,
                                                Symbology::kUpcA, Symbology::kUpcE};

// "data_matrix", "qr", "micro_qr", "code_128", "itf", "ean_13", "ean_8", "upc_a", "upc_e".
[[nodiscard]] const char* to_string(Symbology symbology);
[[nodiscard]] std::optional<Symbology> symbology_from_text(std::string_view name);

struct Point {
  int x = 0, y = 0;  // pixels of the frame, from its top left
  bool operator==(const Point&) const = default;
};

// Around the symbol, beginning at its own top left, clockwise as it is printed. Of a linear symbol
// two of the corners may coincide with the others: one scan line tells no height.
using Corners = std::array<Point, 4>;

struct Symbol {
  Symbology symbology = Symbology::kDataMatrix;
  // UTF-8. FNC1 between element strings is U+001D; the FNC1 in front, which only says that the
  // content is GS1's, is `gs1` instead. EAN-13, EAN-8, UPC-A (12) and UPC-E (8) with check digit.
  std::string text;
  bool gs1 = false;
  Corners corners{};
  std::vector<std::string> confirmed_by;  // what agreed on it: decoder and picture treatment

  bool operator==(const Symbol&) const = default;
};

enum class LabelVerdict : std::uint8_t {
  kRead,          // at least one symbol, each confirmed as its symbology demands
  kNone,          // the picture is good enough, and nothing was read
  kBadImage,      // too poor to say anything; `quality.advice` says what would help
  kNotPerformed,  // nobody looked: the decoders ended, hung or could not be started
};

// "read", "none", "bad_image", "not_performed".
[[nodiscard]] const char* to_string(LabelVerdict verdict);
[[nodiscard]] std::optional<LabelVerdict> label_verdict_from_text(std::string_view name);

struct LabelReading {
  LabelVerdict verdict = LabelVerdict::kNotPerformed;
  std::vector<Symbol> symbols;  // from top to bottom, then left to right
  Quality quality;
  bool complete = false;     // false: time ran out before everything was tried
  std::int64_t took_ms = 0;  // inside the worker, decoding the picture included
  std::string reason;        // of kNotPerformed and kBadImage, for people

  bool operator==(const LabelReading&) const = default;
};

struct LabelRequest {
  Symbologies symbologies = Symbologies::all();
  int budget_ms = 1000;  // 1..10'000; what is found is returned when it is spent
  bool operator==(const LabelRequest&) const = default;
};

inline constexpr int kSymbolsMax = 16;  // of one frame
inline constexpr int kBudgetMsMax = 10'000;
inline constexpr std::size_t kSymbolTextBytesMax = 8192;  // more than any symbol holds

}  // namespace batchwright::vision
