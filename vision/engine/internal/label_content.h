// What the symbols of a label say together, by the names that checks use.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "vision/label.h"

namespace batchwright::vision {

struct LabelContent {
  // "ok", "missing", "not_gs1", "ambiguous": as vision/checks/label.h has them.
  std::string code;
  std::map<std::string, std::string> values;  // of "ok": "gtin" ..., or "text"
  std::size_t symbol = 0;  // which of the symbols says it (the first, when several)
  std::string seen;        // for people, when the code isn't "ok"
};

// GS1: valid element strings of every GS1 symbol; others on the package are passed over. Several
// symbols complete each other when they stand together as on one label and no value of one
// contradicts the other's; else nothing is known ("ambiguous").
[[nodiscard]] LabelContent gs1_content(const std::vector<Symbol>& symbols);
// Every symbol says the same text.
[[nodiscard]] LabelContent plain_content(const std::vector<Symbol>& symbols);

}  // namespace batchwright::vision
