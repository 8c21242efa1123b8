#include "vision/engine/internal/label_content.h"

#include <algorithm>
#include <optional>

#include "vision/checks/label.h"
#include "vision/gs1_table.h"

namespace batchwright::vision {

namespace {

constexpr std::size_t kSeenMax = 120;  // bytes
constexpr double kGapMax = 1.5;  // of the smaller symbol's longest side, between two of one label

using Values = std::map<std::string, std::string>;

// Nothing when it is no valid element string, or says one of the values twice.
std::optional<Values> values_of(const Symbol& symbol) {
  const auto reading = read_gs1(gs1_table(), symbol.text);
  if (!symbol.gs1 || !reading.findings.empty()) return std::nullopt;
  Values values;
  for (const auto& element : reading.elements)
    for (const auto& [name, ai] : kLabelValues)
      if (element.ai == ai && !values.emplace(name, element.value).second) return std::nullopt;
  return values;
}

bool contradict(const Values& one, const Values& other) {
  return std::ranges::any_of(one, [&other](const auto& said) {
    const auto at = other.find(said.first);
    return at != other.end() && at->second != said.second;
  });
}

bool says_more(const Values& one, const Values& other) {
  return std::ranges::any_of(one,
                             [&other](const auto& said) { return !other.contains(said.first); });
}

// Upright, around the corners.
struct Extent {
  double left, top, right, bottom;
  [[nodiscard]] double longest_side() const { return std::max(right - left, bottom - top); }
};

Extent extent_of(const Symbol& symbol) {
  const auto [left, right] = std::ranges::minmax(symbol.corners, {}, &Point::x);
  const auto [top, bottom] = std::ranges::minmax(symbol.corners, {}, &Point::y);
  return {static_cast<double>(left.x), static_cast<double>(top.y), static_cast<double>(right.x),
          static_cast<double>(bottom.y)};
}

// A lot from one package must never complete the GTIN of another that stands beside it.
bool on_one_label(const Symbol& one, const Symbol& other) {
  const auto a = extent_of(one);
  const auto b = extent_of(other);
  const double across = std::max(a.left, b.left) - std::min(a.right, b.right);
  const double down = std::max(a.top, b.top) - std::min(a.bottom, b.bottom);
  return std::max(across, down) <= kGapMax * std::min(a.longest_side(), b.longest_side());
}

// Printable ASCII only: this goes on a screen and into evidence.
std::string shown(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (out.size() == kSeenMax) break;
    out += c >= ' ' && c <= '~' ? c : '.';
  }
  return out;
}

}  // namespace

LabelContent gs1_content(const std::vector<Symbol>& symbols) {
  if (symbols.empty()) return {"missing", {}, 0, {}};
  LabelContent content{"not_gs1", {}, 0, shown(symbols.front().text)};
  std::vector<std::size_t> completing;  // symbols that each said something new
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    auto values = values_of(symbols[i]);
    if (!values) continue;
    if (content.code == "not_gs1") content = {"ok", {}, i, {}};
    const bool apart = std::ranges::any_of(
        completing, [&](std::size_t other) { return !on_one_label(symbols[other], symbols[i]); });
    const bool completes = says_more(*values, content.values);
    if (contradict(*values, content.values) || (completes && apart))
      return {"ambiguous", {}, i, shown(symbols[i].text)};
    if (!completes) continue;
    if (completing.empty()) content.symbol = i;
    completing.push_back(i);
    content.values.merge(*values);
  }
  return content;
}

LabelContent plain_content(const std::vector<Symbol>& symbols) {
  if (symbols.empty()) return {"missing", {}, 0, {}};
  for (const auto& symbol : symbols)
    if (symbol.text != symbols.front().text) return {"ambiguous", {}, 0, shown(symbol.text)};
  return {"ok", {{"text", symbols.front().text}}, 0, {}};
}

}  // namespace batchwright::vision
