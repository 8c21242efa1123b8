#include "ui/text/words.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/json.h"

namespace batchwright::ui {
namespace {

constexpr std::size_t kKeysMax = 2000;
constexpr std::size_t kFileBytesMax = 1u << 20;

}  // namespace

Result<Words> Words::from_json(std::string_view json) {
  const auto parsed = parse_json(json, {.bytes_max = kFileBytesMax, .depth_max = 2});
  if (!parsed) return std::unexpected(parsed.error());
  if (!parsed->is_object() || parsed->size() > kKeysMax) {
    return fail(ErrorCode::kMalformed, "A strings file is one object of at most 2,000 strings.");
  }
  Words words;
  for (const auto& [key, value] : parsed->items()) {
    if (!value.is_string()) {
      return fail(ErrorCode::kMalformed, "Every value of a strings file is a string.", key);
    }
    words.all_.emplace(key, value.get<std::string>());
  }
  return words;
}

Result<Words> Words::load(const std::string& directory, std::string_view tag) {
  const bool plain = !tag.empty() && std::ranges::all_of(tag, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
  const auto path = std::filesystem::path(directory) / (std::string(tag) + ".json");
  std::error_code ignored;
  if (!plain || !std::filesystem::is_regular_file(path, ignored)) {
    return fail(ErrorCode::kNotFound, "There are no words for this language.", std::string(tag));
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) {
    return fail(ErrorCode::kUnreadable, "The words of this language can't be read.", path.string());
  }
  return from_json(text.str());
}

std::string_view Words::operator()(std::string_view key) const {
  const auto found = all_.find(key);
  return found == all_.end() ? key : std::string_view(found->second);
}

std::string Words::operator()(std::string_view key, std::initializer_list<Fill> fills) const {
  const std::string_view pattern = (*this)(key);
  std::string text;
  std::size_t at = 0;
  while (at < pattern.size()) {
    const std::size_t open = pattern.find('{', at);
    const std::size_t close = open == pattern.npos ? pattern.npos : pattern.find('}', open);
    if (close == pattern.npos) break;
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    const auto* fill = std::ranges::find(fills, name, &Fill::first);
    text += pattern.substr(at, open - at);
    text += fill == fills.end() ? pattern.substr(open, close - open + 1) : fill->second;
    at = close + 1;
  }
  text += pattern.substr(at);
  return text;
}

std::string Words::number(std::string_view decimal) const {
  const std::string_view separator = (*this)("number.separator");
  std::string text;
  for (const char c : decimal) {
    if (c == '.') {
      text += separator;
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace batchwright::ui
