#include "workflows/internal/identifier.h"

#include <algorithm>

#include "base/text.h"
#include "workflows/internal/mbr_limits.h"

namespace batchwright::workflows {

namespace {

bool is_slug_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.';
}

bool is_element_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte != 0x7f &&
         std::string_view("/#{}\"<>").find(c) == std::string_view::npos;
}

std::string replaced(std::string_view text, bool (*allowed)(char), std::size_t bytes_max) {
  std::string out(text.substr(0, bytes_max));
  std::ranges::replace_if(out, [&](char c) { return !allowed(c); }, '_');
  return out.empty() ? "_" : out;
}

}  // namespace

bool is_slug(std::string_view text) {
  return !text.empty() && text.size() <= kSlugMax && std::ranges::all_of(text, is_slug_character);
}

bool is_element_id(std::string_view text) {
  // Characters beyond ASCII are welcome; those that hide or reorder text are not.
  return !text.empty() && text.size() <= kElementIdMax &&
         std::ranges::all_of(text, is_element_character) && checked_text(text).has_value();
}

std::string to_slug(std::string_view text) {
  return replaced(text, is_slug_character, kSlugMax);
}

std::string to_element_id(std::string_view text) {
  std::string id = replaced(text, is_element_character, kElementIdMax);
  return is_element_id(id) ? id : to_slug(text);  // cut inside a character, or hidden characters
}

std::string path_below(std::string_view parent, std::string_view id) {
  std::string path(parent);
  if (!path.empty()) path += '/';
  return path += id;
}

bool is_below(std::string_view path, std::string_view group) {
  if (group.empty() || path == group) return true;
  return path.size() > group.size() && path.starts_with(group) && path[group.size()] == '/';
}

std::string element_place(std::string_view path) {
  return path.empty() ? "(procedure)" : std::string(path);
}

std::string entry_place(std::string_view path, std::string_view entry) {
  return std::string(path) + ":" + std::string(entry);
}

std::string node_place(std::string_view path, std::string_view node) {
  return path_below(path, "@") + std::string(node);
}

}  // namespace batchwright::workflows
