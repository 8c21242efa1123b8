#include "base/json.h"

#include <fmt/format.h>

#include "base/internal/json_builder.h"

namespace batchwright {

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes_max) {
    return fail(ErrorCode::kFull,
                fmt::format("The JSON text has {} bytes; at most {} are read here.", text.size(),
                            limits.bytes_max));
  }
  internal::JsonBuilder builder(limits.depth_max);
  try {
    if (!Json::sax_parse(text, &builder)) return std::unexpected(builder.take_error());
  } catch (const std::exception&) {  // the library's last resort, e.g. no memory
    return fail(ErrorCode::kFull, "The JSON text is too large for the memory of this machine.");
  }
  return builder.take_root();
}

std::string to_text(const Json& json) {
  // Strict would throw. A string that is not UTF-8 can't come from parse_json and is refused by the
  // text rules before anything is recorded.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace batchwright
