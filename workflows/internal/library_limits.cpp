#include "workflows/internal/library_limits.h"

namespace batchwright::workflows {

Result<void> check_library_format(const Json& json, std::string_view format,
                                  const std::string& what) {
  const auto named = json.is_object() ? json.find("format") : json.end();
  if (!json.is_object() || named == json.end() || !named->is_string())
    return fail(ErrorCode::kMalformed, "This is not " + what +
                                           ". Its first key should be "
                                           "\"format\": \"" +
                                           std::string(format) + "\".");
  const auto& name = named->get_ref<const std::string&>();
  if (name == format) return {};
  if (name.starts_with(format.substr(0, format.rfind('/') + 1)))
    return fail(ErrorCode::kUnsupported,
                "This is " + what + " of format " + name + "; this program reads " +
                    std::string(format) + ". Use a newer program.",
                "/format");
  return fail(ErrorCode::kMalformed, "This is not " + what + " but \"" + name + "\".", "/format");
}

}  // namespace batchwright::workflows
