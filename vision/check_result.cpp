#include "vision/check_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "vision/message.h"

namespace batchwright::vision {

namespace {

constexpr std::array kVerdicts{"pass", "fail", "undecided", "not_performed"};

std::string six_places(double value) {
  return fmt::format("{:.6f}", value == 0 ? 0.0 : value);  // no minus zero
}

Json corners_json(const Corners& corners) {
  Json json = Json::array();
  for (const auto& corner : corners) json.push_back(Json::array({corner.x, corner.y}));
  return json;
}

Json region_json(const RegionResult& region) {
  return {{"region", region.region},
          {"verdict", to_string(region.verdict)},
          {"code", region.code},
          {"seen", region.seen},
          {"expected", region.expected},
          {"score", six_places(region.score)},
          {"threshold", six_places(region.threshold)},
          {"corners", corners_json(region.corners)}};
}

Json quality_json(const Quality& quality) {
  Json json{{"good", quality.good},
            {"advice", to_string(quality.advice)},
            {"contrast", six_places(quality.contrast)},
            {"sharpness", six_places(quality.sharpness)},
            {"dark_share", six_places(quality.dark_share)},
            {"bright_share", six_places(quality.bright_share)},
            {"glare_share", six_places(quality.glare_share)}};
  if (quality.module_px) json["module_px"] = six_places(*quality.module_px);
  return json;
}

std::unexpected<Error> wrong(std::string_view key) {
  return fail(ErrorCode::kMalformed, "A check's result is not as it must be.", std::string(key));
}

const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto at = object.find(key);
  return at == object.end() ? nullptr : &*at;
}

// Empty when there is no such text.
std::optional<std::string> text_of(const Json& object, const char* key, std::size_t bytes_max) {
  const Json* value = member(object, key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  auto text = value->get<std::string>();
  if (text.size() > bytes_max || !is_valid_utf8(text)) return std::nullopt;
  return text;
}

std::optional<double> number_of(const Json& object, const char* key) {
  const auto text = text_of(object, key, 40);
  if (!text || text->empty()) return std::nullopt;
  double value = 0;
  const char* const last = text->data() + text->size();
  const auto [end, failed] = std::from_chars(text->data(), last, value);
  if (end != last || failed != std::errc{} || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<Verdict> verdict_of(const Json& object) {
  const auto name = text_of(object, "verdict", 40);
  return name ? verdict_from_text(*name) : std::nullopt;
}

bool read_corners(const Json* json, Corners& corners) {
  if (json == nullptr || !json->is_array() || json->size() != corners.size()) return false;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Json& pair = (*json)[i];
    if (!pair.is_array() || pair.size() != 2) return false;
    for (const auto& value : pair)
      if (!value.is_number_integer() || value.get<std::int64_t>() > 4 * kSideMax ||
          value.get<std::int64_t>() < -4 * kSideMax)
        return false;
    corners[i] = {pair[0].get<int>(), pair[1].get<int>()};
  }
  return true;
}

Result<RegionResult> region_from_json(const Json& json) {
  RegionResult region;
  const auto verdict = verdict_of(json);
  auto id = text_of(json, "region", 200), code = text_of(json, "code", 60),
       seen = text_of(json, "seen", kSymbolTextBytesMax),
       expected = text_of(json, "expected", kSymbolTextBytesMax);
  const auto score = number_of(json, "score"), threshold = number_of(json, "threshold");
  if (!verdict || !id || !code || !seen || !expected || !score || !threshold ||
      !read_corners(member(json, "corners"), region.corners))
    return wrong("regions");
  region.region = std::move(*id);
  region.verdict = *verdict;
  region.code = std::move(*code);
  region.seen = std::move(*seen);
  region.expected = std::move(*expected);
  region.score = *score;
  region.threshold = *threshold;
  return region;
}

Result<Quality> quality_from_json(const Json* json) {
  if (json == nullptr) return wrong("quality");
  const Json* good = member(*json, "good");
  const auto name = text_of(*json, "advice", 40);
  const auto advice = name ? advice_from_text(*name) : std::nullopt;
  const auto contrast = number_of(*json, "contrast"), sharpness = number_of(*json, "sharpness"),
             dark = number_of(*json, "dark_share"), bright = number_of(*json, "bright_share"),
             glare = number_of(*json, "glare_share");
  if (good == nullptr || !good->is_boolean() || !advice || !contrast || !sharpness || !dark ||
      !bright || !glare)
    return wrong("quality");
  Quality quality{good->get<bool>(), *advice, *contrast, *sharpness, *dark, *bright, *glare, {}};
  if (member(*json, "module_px") == nullptr) return quality;
  quality.module_px = number_of(*json, "module_px");
  if (!quality.module_px) return wrong("module_px");
  return quality;
}

Json body_of(const CheckResult& result) {
  Json regions = Json::array();
  for (const auto& region : result.regions) regions.push_back(region_json(region));
  Json readings = Json::array();
  for (const auto& [name, value] : result.readings) readings.push_back(Json::array({name, value}));
  return {{"verdict", to_string(result.verdict)},
          {"score", six_places(result.score)},
          {"threshold", six_places(result.threshold)},
          {"regions", regions},
          {"readings", readings},
          {"quality", quality_json(result.quality)},
          {"reason", result.reason}};
}

}  // namespace

const char* to_string(Verdict verdict) {
  return kVerdicts[static_cast<std::size_t>(verdict)];
}

std::optional<Verdict> verdict_from_text(std::string_view name) {
  for (std::size_t i = 0; i < kVerdicts.size(); ++i)
    if (name == kVerdicts[i]) return static_cast<Verdict>(i);
  return std::nullopt;
}

Verdict worst(Verdict one, Verdict other) {
  constexpr std::array kRank{0, 3, 1, 2};  // pass, fail, undecided, not performed
  return kRank[static_cast<std::size_t>(one)] >= kRank[static_cast<std::size_t>(other)] ? one
                                                                                        : other;
}

std::string canonical_text(const CheckResult& result) {
  return batchwright::to_text(body_of(result));
}

Json to_json(const CheckResult& result) {
  Json json = body_of(result);
  json["ms"] = result.took_ms;
  return json;
}

Result<CheckResult> check_result_from_json(const Json& json) {
  CheckResult result;
  const auto verdict = verdict_of(json);
  const auto score = number_of(json, "score"), threshold = number_of(json, "threshold");
  auto reason = text_of(json, "reason", 500);
  const Json *regions = member(json, "regions"), *readings = member(json, "readings"),
             *took = member(json, "ms");
  if (!verdict || !score || !threshold || !reason) return wrong("verdict");
  if (regions == nullptr || !regions->is_array() || regions->size() > kRegionResultsMax)
    return wrong("regions");
  if (readings == nullptr || !readings->is_array() || readings->size() > kReadingsMax)
    return wrong("readings");
  for (const auto& one : *regions) {
    auto region = region_from_json(one);
    if (!region) return std::unexpected(region.error());
    if (*verdict == Verdict::kPass && region->verdict != Verdict::kPass) return wrong("verdict");
    result.regions.push_back(std::move(*region));
  }
  for (const auto& one : *readings) {
    if (!one.is_array() || one.size() != 2 || !one[0].is_string() || !one[1].is_string())
      return wrong("readings");
    result.readings.emplace_back(one[0].get<std::string>(), one[1].get<std::string>());
  }
  auto quality = quality_from_json(member(json, "quality"));
  if (!quality) return std::unexpected(quality.error());
  if (took != nullptr && took->is_number_integer()) result.took_ms = took->get<std::int64_t>();
  // Nobody passes without having looked at something, or by a picture that says nothing.
  if (*verdict == Verdict::kPass && (result.regions.empty() || !quality->good))
    return wrong("verdict");
  result.verdict = *verdict;
  result.score = *score;
  result.threshold = *threshold;
  result.quality = *quality;
  result.reason = std::move(*reason);
  return result;
}

}  // namespace batchwright::vision
