#include "vision/challenge_evidence.h"

#include "base/bytes.h"
#include "base/json.h"
#include "vision/challenge_manifest.h"

namespace batchwright::vision {

namespace {

constexpr const char* kFormat = "batchwright/challenge-evidence/1";
constexpr std::size_t kDocumentBytesMax = 64u << 20;

std::unexpected<Error> no_document() {
  return fail(ErrorCode::kMalformed, "This is no evidence of a challenge.");
}

const Json* member(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

bool is_digest(const Json* value) {
  return value != nullptr && value->is_string() &&
         array_from_hex<32>(value->get_ref<const std::string&>()).has_value();
}

}  // namespace

std::string to_text(const ChallengeEvidence& evidence) {
  Json cases = Json::array();
  for (const auto& one : evidence.cases) {
    Json json = {{"case", one.id},
                 {"truth", to_string(one.truth)},
                 {"result", parse_json(one.result_text).value_or(Json())}};
    if (!one.frames_sha256_hex.empty()) json["frames"] = one.frames_sha256_hex;
    cases.push_back(std::move(json));
  }
  return batchwright::to_text({{"format", kFormat},
                               {"check", evidence.check_sha256_hex},
                               {"manifest", evidence.manifest_sha256_hex},
                               {"cases", cases}});
}

Result<ChallengeNames> names_in_challenge(std::string_view document) {
  const auto json = parse_json(document, {kDocumentBytesMax, 12});
  if (!json || !json->is_object()) return no_document();
  const Json* format = member(*json, "format");
  const Json* check = member(*json, "check");
  const Json* cases = member(*json, "cases");
  if (format == nullptr || *format != kFormat || !is_digest(check)) return no_document();
  if (cases == nullptr || !cases->is_array() || cases->size() > kCasesMax) return no_document();
  ChallengeNames names{check->get<std::string>(), {}};
  for (const auto& one : *cases) {
    if (!one.is_object()) return no_document();
    const Json* frames = member(one, "frames");
    if (frames == nullptr) continue;
    if (!frames->is_array() || frames->size() > kCaseImagesMax) return no_document();
    for (const auto& frame : *frames) {
      if (!is_digest(&frame)) return no_document();
      names.frames_sha256_hex.push_back(frame.get<std::string>());
    }
  }
  return names;
}

}  // namespace batchwright::vision
