#include "vision/internal/check_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace batchwright::vision {

namespace {

const Json& empty_object() {
  static const Json empty = Json::object();
  return empty;
}

}  // namespace

ObjectReader::ObjectReader(const Json& json, std::string place, Findings& findings, bool is_draft)
    : json_(&json), place_(std::move(place)), findings_(&findings), is_draft_(is_draft) {
  if (json.is_object()) return;
  findings.push_back({Severity::kError, "check.object", place_, "An object belongs here."});
  json_ = &empty_object();
}

void ObjectReader::report(const char* key, std::string message) const {
  findings_->push_back({Severity::kError, "check.value",
                        place_.empty() ? key : fmt::format("{}.{}", place_, key),
                        std::move(message)});
}

void ObjectReader::only(std::initializer_list<std::string_view> known) const {
  for (const auto& [key, value] : json_->items())
    if (std::ranges::find(known, key) == known.end())
      report(key.c_str(), "This key is not known here.");
}

bool ObjectReader::has(const char* key) const {
  return find(key) != nullptr;
}

std::vector<std::string> ObjectReader::keys() const {
  std::vector<std::string> names;
  for (const auto& [key, value] : json_->items()) names.push_back(key);
  return names;
}

const Json* ObjectReader::find(const char* key) const {
  const auto at = json_->find(key);
  return at == json_->end() ? nullptr : &*at;
}

const Json* ObjectReader::require(const char* key) const {
  const Json* value = find(key);
  if (value == nullptr) report(key, "This key is missing.");
  return value;
}

std::string ObjectReader::text(const char* key, std::size_t bytes_max) const {
  return require(key) == nullptr ? std::string() : text_or(key, {}, bytes_max);
}

std::string ObjectReader::text_or(const char* key, std::string fallback,
                                  std::size_t bytes_max) const {
  const Json* value = find(key);
  if (value == nullptr) return fallback;
  if (!value->is_string()) {
    report(key, "A text belongs here.");
    return fallback;
  }
  auto found = value->get<std::string>();
  if (found.size() <= bytes_max && is_valid_utf8(found)) return found;
  report(key, fmt::format("The text is longer than {} bytes, or not UTF-8.", bytes_max));
  return fallback;
}

double ObjectReader::number_in(const Json& value, const char* key, double low, double high) const {
  const double number = value.is_number() ? value.get<double>() : std::nan("");
  if (std::isfinite(number) && number >= low && number <= high) return number;
  report(key, fmt::format("A number from {} to {} belongs here.", low, high));
  return low;
}

double ObjectReader::number(const char* key, double low, double high) const {
  const Json* value = require(key);
  return value == nullptr ? low : number_in(*value, key, low, high);
}

double ObjectReader::number_or(const char* key, double fallback, double low, double high) const {
  const Json* value = find(key);
  return value == nullptr ? fallback : number_in(*value, key, low, high);
}

int ObjectReader::whole(const char* key, int low, int high) const {
  const Json* value = require(key);
  return value == nullptr ? low : whole_or(key, low, low, high);
}

int ObjectReader::whole_or(const char* key, int fallback, int low, int high) const {
  const Json* value = find(key);
  if (value == nullptr) return fallback;
  const double number = number_in(*value, key, low, high);
  if (std::trunc(number) != number) report(key, "A whole number belongs here.");
  return static_cast<int>(number);
}

bool ObjectReader::flag_or(const char* key, bool fallback) const {
  const Json* value = find(key);
  if (value == nullptr) return fallback;
  if (value->is_boolean()) return value->get<bool>();
  report(key, "true or false belongs here.");
  return fallback;
}

Words ObjectReader::words(const char* key) const {
  Words words;
  const Json* value = require(key);
  if (value == nullptr) return words;
  const auto here = object(key);
  for (const auto& [language, text] : here.json_->items())
    if (words.size() < 50) words[language] = here.text(language.c_str(), 2000);
  if (!words.contains("en")) report(key, "The words in English (en) are missing.");
  return words;
}

ObjectReader ObjectReader::object(const char* key) const {
  const Json* value = require(key);
  auto place = place_.empty() ? std::string(key) : fmt::format("{}.{}", place_, key);
  return {value == nullptr ? empty_object() : *value, std::move(place), *findings_, is_draft_};
}

std::vector<ObjectReader> ObjectReader::objects(const char* key, std::size_t least,
                                                std::size_t most) const {
  std::vector<ObjectReader> found;
  const Json* list = find(key);
  const std::size_t size = list == nullptr ? 0 : list->size();
  if ((list != nullptr && !list->is_array()) || size < least || size > most) {
    report(key, fmt::format("A list of {} to {} belongs here.", least, most));
    return found;
  }
  for (std::size_t i = 0; i < size; ++i)
    found.emplace_back((*list)[i],
                       fmt::format("{}{}{}[{}]", place_, place_.empty() ? "" : ".", key, i),
                       *findings_, is_draft_);
  return found;
}

std::vector<std::string> ObjectReader::texts(const char* key, std::size_t least,
                                             std::size_t most) const {
  std::vector<std::string> found;
  const Json* list = find(key);
  const std::size_t size = list == nullptr ? 0 : list->size();
  if ((list != nullptr && !list->is_array()) || size < least || size > most) {
    report(key, fmt::format("A list of {} to {} belongs here.", least, most));
    return found;
  }
  for (std::size_t i = 0; i < size; ++i) {
    const Json& one = (*list)[i];
    if (!one.is_string() || one.get_ref<const std::string&>().size() > 200)
      report(key, "A short text belongs at every place of this list.");
    else
      found.push_back(one.get<std::string>());
  }
  return found;
}

void expect_region(const ObjectReader& json, const char* key, const Check& check,
                   std::string_view region) {
  if (check.region(region) == nullptr)
    json.report(key, fmt::format("There is no region '{}' in this check.", region));
}

void expect_reference(const ObjectReader& json, const char* key, const Check& check,
                      std::string_view reference) {
  if (check.reference(reference) == nullptr && !json.is_draft())
    json.report(key, fmt::format("There is no reference '{}' in this check.", reference));
}

}  // namespace batchwright::vision
