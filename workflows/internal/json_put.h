// Writing members of the native format. Defaults are left out, so that one MBR has one text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "workflows/mbr.h"

namespace batchwright::workflows {

inline void put(Json& json, const char* key, const std::string& text) {
  if (!text.empty()) json[key] = text;
}

inline void put(Json& json, const char* key, const std::vector<std::string>& texts) {
  if (!texts.empty()) json[key] = texts;
}

inline void put(Json& json, const char* key, const Words& words) {
  if (!words.empty()) json[key] = words;
}

inline void put(Json& json, const char* key, int number) {
  if (number != 0) json[key] = number;
}

inline void put(Json& json, const char* key, const std::optional<Decimal>& value) {
  if (value) json[key] = value->to_text();
}

inline void put(Json& json, const char* key, const std::optional<Expression>& expression) {
  if (expression) json[key] = expression->text();
}

}  // namespace batchwright::workflows
