#include "record/internal/member_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/time.h"
#include "record/internal/number_text.h"

namespace batchwright::record::internal {
namespace {

const Json kNothing;
const Json kNoMembers = Json::object();
const Json kNoItems = Json::array();

}  // namespace

MemberReader::MemberReader(const Json& object, std::string_view what)
    : object_(&object), what_(what) {
  if (object.is_object()) return;
  object_ = &kNoMembers;
  error_ = {ErrorCode::kMalformed, fmt::format("The {} is not a JSON object.", what_), {}};
}

void MemberReader::note(std::string_view key, std::string_view problem) {
  if (error_) return;
  error_ = {ErrorCode::kMalformed, fmt::format("In the {}, \"{}\" {}.", what_, key, problem),
            std::string(key)};
}

const Json& MemberReader::any(std::string_view key) {
  asked_.push_back(key);
  const auto& members = object_->get_ref<const Json::object_t&>();
  const auto found =
      std::ranges::find_if(members, [&](const auto& member) { return member.first == key; });
  if (found != members.end()) return found->second;
  note(key, "is missing");
  return kNothing;
}

std::string MemberReader::raw(std::string_view key) {
  const Json& value = any(key);
  if (value.is_string()) return value.get<std::string>();
  note(key, "is not a string");
  return {};
}

std::string MemberReader::text(std::string_view key) {
  std::string value = raw(key);
  if (!checked_text(value)) {
    note(key, "is too long or holds characters that are not allowed");
    return {};
  }
  return value;
}

std::string MemberReader::name(std::string_view key) {
  std::string value = text(key);
  if (value.empty()) note(key, "is empty");
  return value;
}

std::uint64_t MemberReader::number(std::string_view key) {
  const auto number = number_from_text(raw(key));
  if (!number) note(key, "is not a whole number written as a string");
  return number.value_or(0);
}

std::string MemberReader::time(std::string_view key) {
  std::string value = raw(key);
  if (!instant_from_text(value)) note(key, "is not a time such as 2026-11-22T14:05:33.120+01:00");
  return value;
}

bool MemberReader::boolean(std::string_view key) {
  const Json& value = any(key);
  if (value.is_boolean()) return value.get<bool>();
  note(key, "is neither true nor false");
  return false;
}

const Json& MemberReader::object(std::string_view key) {
  const Json& value = any(key);
  if (value.is_object()) return value;
  note(key, "is not an object");
  return kNoMembers;
}

const Json& MemberReader::array(std::string_view key) {
  const Json& value = any(key);
  if (value.is_array()) return value;
  note(key, "is not a list");
  return kNoItems;
}

std::optional<Error> MemberReader::finish() {
  for (const auto& [key, value] : object_->get_ref<const Json::object_t&>()) {
    if (std::ranges::find(asked_, key) == asked_.end()) note(key, "is not known here");
  }
  return error_;
}

}  // namespace batchwright::record::internal
