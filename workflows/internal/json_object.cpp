#include "workflows/internal/json_object.h"

#include <algorithm>
#include <ranges>

#include "base/quantity.h"
#include "base/text.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_limits.h"

namespace batchwright::workflows {

namespace {

std::string escaped(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

bool is_language(std::string_view tag) {
  return tag.size() >= 2 && tag.size() <= 35 && std::ranges::all_of(tag, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-';
         });
}

// A shared empty list for absent members, so that callers can always iterate.
const Json& no_items() {
  static const Json empty = Json::array();
  return empty;
}

}  // namespace

std::string JsonPlace::text() const {
  std::vector<const JsonPlace*> chain;
  for (const JsonPlace* at = this; at->parent_ != nullptr; at = at->parent_) chain.push_back(at);
  std::string out;
  for (const JsonPlace* at : std::views::reverse(chain)) {
    out += '/';
    out += at->key_.data() == nullptr ? std::to_string(at->index_) : escaped(at->key_);
  }
  return out.empty() ? "(document)" : out;
}

std::string read_text(const Json& json, const JsonPlace& place, Report& report) {
  if (!json.is_string()) {
    report.error("json.type", place.text(), "A text in double quotes is expected here.");
    return {};
  }
  auto text = checked_text(json.get_ref<const std::string&>(), true);
  if (!text) {
    report.error("text.invalid", place.text(), text.error().message);
    return {};
  }
  return std::move(*text);
}

std::optional<Decimal> read_decimal(const Json& json, const JsonPlace& place, Report& report) {
  if (!json.is_string()) {
    report.error("decimal.type", place.text(),
                 "Write measured numbers as text, for example \"25.0\", so that they stay exact.");
    return std::nullopt;
  }
  auto value = Decimal::parse(json.get_ref<const std::string&>());
  if (!value) {
    report.error("decimal.invalid", place.text(), value.error().message);
    return std::nullopt;
  }
  return std::move(*value);
}

JsonObject::JsonObject(const Json& json, const JsonPlace& place, Report& report)
    : json_(json), place_(place), report_(report) {
  if (!json.is_object()) {
    report_.error("json.type", place_.text(), "An object { } is expected here.");
  }
}

const Json* JsonObject::find(std::string_view key, Need need) {
  asked_.push_back(key);
  if (!json_.is_object()) return nullptr;
  const auto found = json_.find(key);
  if (found != json_.end()) return &*found;
  if (need == Need::kRequired) {
    report_.error("key.missing", place_.text(),
                  "The key \"" + std::string(key) + "\" is required here. Add it.");
  }
  return nullptr;
}

std::string JsonObject::text(std::string_view key, Need need) {
  const Json* value = find(key, need);
  if (value == nullptr) return {};
  std::string text = read_text(*value, at(key), report_);
  if (text.empty() && need == Need::kRequired && value->is_string()) {
    report_.error("text.empty", at(key).text(), "This text must not be empty.");
  }
  return text;
}

std::string JsonObject::slug(std::string_view key, Need need) {
  std::string id = text(key, need);
  if (!id.empty() && !is_slug(id)) {
    report_.error("id.invalid", at(key).text(),
                  "\"" + id + "\" is not an id. Use letters, digits, _, - and . only, at most 64.");
  }
  return id;
}

std::string JsonObject::element_id(std::string_view key, Need need) {
  std::string id = text(key, need);
  if (!id.empty() && !is_element_id(id)) {
    report_.error(
        "id.invalid", at(key).text(),
        "\"" + id +
            "\" is not an id. Spaces and / # { } \" < > can't be part of it, and 80 bytes "
            "are the most.");
  }
  return id;
}

Words JsonObject::words(std::string_view key, Need need) {
  const Json* value = find(key, need);
  if (value == nullptr) return {};
  const JsonPlace here = at(key);
  Words words;
  if (value->is_string()) {
    std::string english = read_text(*value, here, report_);
    if (!english.empty() || need == Need::kRequired) words.emplace("en", std::move(english));
    return words;
  }
  if (!value->is_object() || value->size() > kLanguagesMax) {
    report_.error("words.type", here.text(),
                  "A text, or an object of at most 50 languages such as {\"en\": \"...\"}, is "
                  "expected here.");
    return words;
  }
  for (const auto& [language, text] : value->items()) {
    const JsonPlace there = here.member(language);
    if (!is_language(language)) {
      report_.error("language.invalid", there.text(),
                    "\"" + language + "\" is not a language tag such as en or de-CH.");
    }
    words.emplace(language, read_text(text, there, report_));
  }
  return words;
}

bool JsonObject::flag(std::string_view key, bool absent) {
  const Json* value = find(key);
  if (value == nullptr) return absent;
  if (value->is_boolean()) return value->get<bool>();
  wrong_type(key, "true or false");
  return absent;
}

int JsonObject::whole(std::string_view key, int max) {
  const Json* value = find(key);
  if (value == nullptr) return 0;
  if (value->is_number_unsigned() &&
      value->get<std::uint64_t>() <= static_cast<std::uint64_t>(max)) {
    return value->get<int>();
  }
  wrong_type(key, "a whole number from 0 to " + std::to_string(max));
  return 0;
}

std::optional<Decimal> JsonObject::decimal(std::string_view key, Need need) {
  const Json* value = find(key, need);
  return value == nullptr ? std::nullopt : read_decimal(*value, at(key), report_);
}

std::string JsonObject::unit(std::string_view key) {
  std::string name = text(key);
  if (name.empty()) return name;
  if (const Unit* unit = find_unit(name)) return std::string(unit->symbol);
  return name;  // the checker reports unknown units, wherever an MBR comes from
}

std::optional<Expression> JsonObject::expression(std::string_view key, Need need) {
  const std::string source = text(key, need);
  if (source.empty()) return std::nullopt;
  auto parsed = Expression::parse(source);
  if (parsed) return std::move(*parsed);
  const std::string& column = parsed.error().place;
  report_.error("expression.invalid", at(key).text(),
                parsed.error().message + (column.empty() ? "" : " (" + column + ")"));
  return std::nullopt;
}

const Json& JsonObject::list(std::string_view key, std::size_t max, Need need) {
  const Json* value = find(key, need);
  if (value == nullptr) return no_items();
  if (!value->is_array()) {
    wrong_type(key, "a list [ ]");
    return no_items();
  }
  if (value->size() > max) {
    report_.error("list.long", at(key).text(),
                  "This list has " + std::to_string(value->size()) + " items; " +
                      std::to_string(max) + " are the most.");
    return no_items();
  }
  return *value;
}

std::string JsonObject::one_of(std::string_view key, std::span<const std::string_view> words,
                               std::string_view absent) {
  std::string given = text(key);
  if (given.empty()) return std::string(absent);
  if (std::ranges::find(words, given) != words.end()) return given;
  std::string allowed;
  for (const auto word : words) allowed += (allowed.empty() ? "" : ", ") + std::string(word);
  unknown_word(key, given, allowed);
  return std::string(absent);
}

void JsonObject::finish() {
  if (!json_.is_object()) return;
  for (const auto& [key, value] : json_.items()) {
    if (std::ranges::find(asked_, key) == asked_.end()) {
      report_.error("key.unknown", at(key).text(),
                    "This key is not known here. Correct its spelling or remove it.");
    }
  }
}

void JsonObject::unknown_word(std::string_view key, const std::string& given,
                              const std::string& allowed) {
  report_.error("word.unknown", at(key).text(),
                "\"" + given + "\" is not known here. Use one of: " + allowed + ".");
}

void JsonObject::wrong_type(std::string_view key, std::string_view expected) {
  report_.error("json.type", at(key).text(), "Expected here is " + std::string(expected) + ".");
}

}  // namespace batchwright::workflows
