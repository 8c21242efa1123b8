#include "base/internal/json_builder.h"

#include <fmt/format.h>

#include <algorithm>

namespace batchwright::internal {
namespace {

// Up to here a linear search beats a hash set; beyond, it would make a hostile object cost
// quadratic time.
constexpr std::size_t kLinearKeysMax = 24;

bool is_written_as_zero(const std::string& number) {
  const auto mantissa_end = number.find_first_of("eE");
  return number.substr(0, mantissa_end).find_first_of("123456789") == std::string::npos;
}

}  // namespace

bool JsonBuilder::number_float(Json::number_float_t value, const std::string& written) {
  if (value == 0 && !is_written_as_zero(written)) {
    error_ = {ErrorCode::kMalformed, "A number is too small to be kept.",
              open_.empty() ? "" : open_.back().key};
    return false;
  }
  return add(value);
}

bool JsonBuilder::key(std::string& name) {
  Level& level = open_.back();
  if (is_repeated(level, name)) {
    error_ = {ErrorCode::kMalformed,
              fmt::format("The key \"{}\" appears twice in one object.", name), name};
    return false;
  }
  level.key = std::move(name);
  return true;
}

bool JsonBuilder::is_repeated(Level& level, const std::string& name) {
  const auto& members = level.container->get_ref<const Json::object_t&>();
  if (members.size() <= kLinearKeysMax) {
    return std::ranges::any_of(members, [&](const auto& member) { return member.first == name; });
  }
  if (level.keys.empty()) {
    for (const auto& member : members) level.keys.insert(member.first);
  }
  return !level.keys.insert(name).second;
}

bool JsonBuilder::parse_error(std::size_t position, const std::string&,
                              const Json::exception& exception) {
  // 406 is the library's number for "out of range of a double".
  const char* const what =
      exception.id == 406 ? "A number is too large to be kept" : "The JSON text is not well-formed";
  error_ = {ErrorCode::kMalformed, fmt::format("{}, at byte {}.", what, position),
            fmt::format("byte {}", position)};
  return false;
}

bool JsonBuilder::add(Json value) {
  place(std::move(value));
  return true;
}

bool JsonBuilder::open(Json container) {
  if (open_.size() >= static_cast<std::size_t>(std::max(depth_max_, 0))) {
    error_ = {ErrorCode::kMalformed,
              fmt::format("Objects and arrays are nested deeper than {} levels.", depth_max_),
              open_.empty() ? "" : open_.back().key};
    return false;
  }
  Json* const placed = place(std::move(container));
  open_.push_back({placed, {}, {}});
  return true;
}

bool JsonBuilder::close() {
  open_.pop_back();
  return true;
}

Json* JsonBuilder::place(Json value) {
  if (open_.empty()) {
    root_ = std::move(value);
    return &root_;
  }
  Level& level = open_.back();
  if (level.container->is_array()) {
    auto& items = level.container->get_ref<Json::array_t&>();
    items.push_back(std::move(value));
    return &items.back();
  }
  // Appended to the end directly: the library's own insertion searches all keys again.
  auto& members = level.container->get_ref<Json::object_t&>();
  members.emplace_back(std::move(level.key), std::move(value));
  return &members.back().second;
}

}  // namespace batchwright::internal
