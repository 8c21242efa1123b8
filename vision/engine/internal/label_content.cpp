#include "vision/engine/internal/label_content.h"

#include <optional>

#include "vision/checks/label.h"
#include "vision/gs1_table.h"

namespace batchwright::vision {

namespace {

constexpr std::size_t kSeenMax = 120;  // bytes

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

// False when one of them is there already with another value.
bool merge(const Values& more, Values& all) {
  for (const auto& [name, value] : more)
    if (all.emplace(name, value).first->second != value) return false;
  return true;
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
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    const auto values = values_of(symbols[i]);
    if (!values) continue;
    if (content.code == "not_gs1") content = {"ok", {}, i, {}};
    if (!merge(*values, content.values)) return {"ambiguous", {}, i, shown(symbols[i].text)};
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
