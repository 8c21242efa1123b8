#include "vision/label.h"

#include <utility>

namespace batchwright::vision {

namespace {

constexpr std::array kSymbologyNames{
    std::pair{Symbology::kDataMatrix, "data_matrix"},
    std::pair{Symbology::kQr, "qr"},
    std::pair{Symbology::kMicroQr, "micro_qr"},
    std::pair{Symbology::kCode128, "code_128"},
    std::pair{Symbology::kItf, "itf"},
    std::pair{Symbology::kEan13, "ean_13"},
    std::pair{Symbology::kEan8, "ean_8"},
    std::pair{Symbology::kUpcA, "upc_a"},
    std::pair{Symbology::kUpcE, "upc_e"},
};
constexpr std::array kVerdictNames{
    std::pair{LabelVerdict::kRead, "read"},
    std::pair{LabelVerdict::kNone, "none"},
    std::pair{LabelVerdict::kBadImage, "bad_image"},
    std::pair{LabelVerdict::kNotPerformed, "not_performed"},
};
constexpr std::array kAdviceNames{
    std::pair{Advice::kNone, "none"},
    std::pair{Advice::kHoldStill, "hold_still"},
    std::pair{Advice::kCloser, "closer"},
    std::pair{Advice::kLessGlare, "less_glare"},
    std::pair{Advice::kMoreLight, "more_light"},
    std::pair{Advice::kLessLight, "less_light"},
    std::pair{Advice::kShowLabel, "show_label"},
};

template <typename Names, typename Value>
const char* name_of(const Names& names, Value value) {
  for (const auto& [one, name] : names)
    if (one == value) return name;
  return "";
}

template <typename Value, std::size_t N>
std::optional<Value> named(const std::array<std::pair<Value, const char*>, N>& names,
                           std::string_view text) {
  for (const auto& [one, name] : names)
    if (text == name) return one;
  return std::nullopt;
}

}  // namespace

const char* to_string(Symbology symbology) {
  return name_of(kSymbologyNames, symbology);
}

std::optional<Symbology> symbology_from_text(std::string_view name) {
  return named(kSymbologyNames, name);
}

const char* to_string(LabelVerdict verdict) {
  return name_of(kVerdictNames, verdict);
}

std::optional<LabelVerdict> label_verdict_from_text(std::string_view name) {
  return named(kVerdictNames, name);
}

const char* to_string(Advice advice) {
  return name_of(kAdviceNames, advice);
}

std::optional<Advice> advice_from_text(std::string_view name) {
  return named(kAdviceNames, name);
}

}  // namespace batchwright::vision
