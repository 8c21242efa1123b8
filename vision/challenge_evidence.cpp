#include "vision/challenge_evidence.h"

#include <optional>

#include "base/bytes.h"
#include "base/json.h"
#include "vision/challenge_manifest.h"

namespace batchwright::vision {

namespace {

constexpr const char* kFormat = "batchwright/challenge-evidence/1";
constexpr std::size_t kDocumentBytesMax = 64u << 20;
constexpr std::size_t kAttemptsMax = 10, kFramesMax = 200;

const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

std::optional<std::string> text(const Json& object, const char* key) {
  const Json* value = member(object, key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return value->get<std::string>();
}

std::optional<std::string> digest(const Json& object, const char* key) {
  auto hex = text(object, key);
  return hex && array_from_hex<32>(*hex) ? hex : std::nullopt;
}

std::optional<Verdict> verdict(const Json& object, const char* key) {
  const auto name = text(object, key);
  return name ? verdict_from_text(*name) : std::nullopt;
}

bool add_frames(const Json& attempt, std::vector<std::string>& files) {
  const Json* frames = member(attempt, "frames");
  if (frames == nullptr || !frames->is_array() || frames->size() > kFramesMax) return false;
  for (const auto& frame : *frames) {
    if (!frame.is_string() || !array_from_hex<32>(frame.get_ref<const std::string&>()))
      return false;
    files.push_back(frame.get<std::string>());
  }
  return true;
}

bool add_case(const Json& one, ChallengeSummary& summary) {
  const auto truth = verdict(one, "truth");
  const Json* result = member(one, "result");
  const auto came = result == nullptr ? std::nullopt : verdict(*result, "verdict");
  if (!truth || !came) return false;
  const bool is_right = *truth == *came;
  if (*truth == Verdict::kPass) {
    ++summary.good;
    summary.good_passed += is_right ? 1 : 0;
  } else {
    ++summary.bad;
    summary.bad_failed += is_right ? 1 : 0;
  }
  const Json* attempts = member(one, "attempts");
  if (attempts == nullptr) return true;
  if (!attempts->is_array() || attempts->size() > kAttemptsMax) return false;
  for (const auto& attempt : *attempts)
    if (!add_frames(attempt, summary.files)) return false;
  return true;
}

Json case_json(const ChallengedCase& one) {
  Json json = {{"case", one.id},
               {"truth", to_string(one.truth)},
               {"result", parse_json(one.result_text).value_or(Json())}};
  for (const auto& attempt : one.attempts)
    json["attempts"].push_back(
        {{"verdict", to_string(attempt.verdict)}, {"frames", attempt.frames_sha256_hex}});
  return json;
}

}  // namespace

std::string to_text(const ChallengeEvidence& evidence) {
  Json cases = Json::array();
  for (const auto& one : evidence.cases) cases.push_back(case_json(one));
  return batchwright::to_text({{"format", kFormat},
                               {"check", evidence.check_sha256_hex},
                               {"manifest", evidence.manifest_sha256_hex},
                               {"camera", evidence.camera},
                               {"source", evidence.source},
                               {"engine", evidence.engine_sha256_hex},
                               {"cases", cases}});
}

Result<ChallengeSummary> summary_of_challenge(std::string_view document) {
  const auto no_document = fail(ErrorCode::kMalformed, "This is no evidence of a challenge.");
  const auto json = parse_json(document, {kDocumentBytesMax, 12});
  if (!json || text(*json, "format") != kFormat) return no_document;
  const auto check = digest(*json, "check");
  const auto manifest = digest(*json, "manifest");
  const auto camera = text(*json, "camera");
  const Json* cases = member(*json, "cases");
  if (!check || !manifest || !camera || cases == nullptr || !cases->is_array() ||
      cases->size() > kCasesMax)
    return no_document;
  ChallengeSummary summary;
  summary.check_sha256_hex = *check;
  summary.manifest_sha256_hex = *manifest;
  summary.camera = *camera;
  for (const auto& one : *cases)
    if (!add_case(one, summary)) return no_document;
  // Of stored pictures the check's approval has the set; of cards only this place says what they
  // were.
  if (!summary.files.empty()) summary.files.push_back(*manifest);
  return summary;
}

}  // namespace batchwright::vision
