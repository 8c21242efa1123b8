#include "vision/internal/message_reader.h"

#include <cmath>

#include "base/text.h"
#include "vision/message.h"

namespace batchwright::vision {

std::unexpected<Error> wrong_message(std::string_view key) {
  return fail(ErrorCode::kMalformed, "A message of vision is not as it must be.", std::string(key));
}

const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto at = object.find(key);
  return at == object.end() ? nullptr : &*at;
}

std::optional<std::int64_t> whole(const Json& object, const char* key, std::int64_t min,
                                  std::int64_t max) {
  const Json* value = member(object, key);
  if (value == nullptr || !value->is_number_integer()) return std::nullopt;
  if (value->is_number_unsigned() && value->get<std::uint64_t>() > kNumberMax) return std::nullopt;
  const auto number = value->get<std::int64_t>();
  if (number < min || number > max) return std::nullopt;
  return number;
}

std::optional<std::uint64_t> task_id(const Json& header, std::string_view what) {
  if (!whole(header, "v", kProtocol, kProtocol) || wanted(header) != what) return std::nullopt;
  const auto id = whole(header, "id", 0, kNumberMax);
  if (!id) return std::nullopt;
  return static_cast<std::uint64_t>(*id);
}

std::optional<double> measure(const Json& object, const char* key, double max) {
  const Json* value = member(object, key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  const auto number = value->get<double>();
  if (!std::isfinite(number) || number < 0 || number > max) return std::nullopt;
  return number;
}

std::optional<bool> yes_or_no(const Json& object, const char* key) {
  const Json* value = member(object, key);
  if (value == nullptr || !value->is_boolean()) return std::nullopt;
  return value->get<bool>();
}

std::optional<std::string> text(const Json& object, const char* key, std::size_t bytes_max) {
  const Json* value = member(object, key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  auto found = value->get<std::string>();
  if (found.size() > bytes_max || !is_valid_utf8(found)) return std::nullopt;
  return found;
}

Json to_json(const Quality& quality) {
  Json json{{"good", quality.good},
            {"advice", to_string(quality.advice)},
            {"contrast", quality.contrast},
            {"sharpness", quality.sharpness},
            {"dark_share", quality.dark_share},
            {"bright_share", quality.bright_share},
            {"glare_share", quality.glare_share}};
  if (quality.module_px) json["module_px"] = *quality.module_px;
  return json;
}

Result<Quality> quality_from_json(const Json& json) {
  Quality quality;
  const auto good = yes_or_no(json, "good");
  const auto advice_name = text(json, "advice", 40);
  const auto advice = advice_name ? advice_from_text(*advice_name) : std::nullopt;
  const auto contrast = measure(json, "contrast", 255), sharpness = measure(json, "sharpness", 1),
             dark = measure(json, "dark_share", 1.001),
             bright = measure(json, "bright_share", 1.001),
             glare = measure(json, "glare_share", 1.001);
  if (!good || !advice || !contrast || !sharpness || !dark || !bright || !glare)
    return wrong_message("quality");
  quality = {*good, *advice, *contrast, *sharpness, *dark, *bright, *glare, {}};
  if (member(json, "module_px") != nullptr) {
    quality.module_px = measure(json, "module_px", kSideMax);
    if (!quality.module_px) return wrong_message("module_px");
  }
  return quality;
}

Json expected_json(const ExpectedValues& expected) {
  Json json = Json::array();
  for (const auto& [name, value] : expected) json.push_back(Json::array({name, value}));
  return json;
}

std::optional<ExpectedValues> expected_from(const Json& header) {
  const Json* list = member(header, "expected");
  if (list == nullptr || !list->is_array() || list->size() > kReadingsMax) return std::nullopt;
  ExpectedValues expected;
  for (const auto& pair : *list) {
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string())
      return std::nullopt;
    expected.emplace_back(pair[0].get<std::string>(), pair[1].get<std::string>());
  }
  return expected;
}

}  // namespace batchwright::vision
