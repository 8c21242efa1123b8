// The one JSON type of the project. Keys keep the order in which they were added, because the bytes
// of a record line are hashed as written.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/error.h"

namespace batchwright {

using Json = nlohmann::ordered_json;

struct JsonLimits {
  std::size_t bytes_max = 64u << 20;
  int depth_max = 64;
};

// Parses one JSON text. Refuses, with byte offset or key as place: syntax errors, invalid UTF-8,
// duplicate keys, deeper nesting or more bytes than `limits`, trailing text, and numbers that a
// double cannot hold (1e999). No exception leaves.
[[nodiscard]] Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

// Canonical text: no insignificant spaces, UTF-8 kept, keys in stored order.
[[nodiscard]] std::string to_text(const Json& json);

}  // namespace batchwright
