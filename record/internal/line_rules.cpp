#include "record/internal/line_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/time.h"

namespace batchwright::record::internal {
namespace {

constexpr std::size_t kIdCharactersMax = 200;
// Beyond 2^53 readers in other languages lose digits of a JSON number.
constexpr std::uint64_t kSeqMax = (std::uint64_t{1} << 53) - 1;
constexpr int kVersionMax = 1'000'000;
// Line feed and tab of typed text; GS of scanned codes.
constexpr std::string_view kBodyControls = "\n\t\x1d";

Error broken(std::string_view key, std::string_view problem) {
  return {ErrorCode::kMalformed, fmt::format("In this line, \"{}\" {}.", key, problem),
          std::string(key)};
}

bool is_lower_name(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !name.empty() && name.size() <= 64 && name.front() >= 'a' && name.front() <= 'z' &&
         std::ranges::all_of(name, allowed);
}

bool is_language_tag(std::string_view tag) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  return tag.size() <= 35 && std::ranges::all_of(tag, allowed);
}

bool is_id(std::string_view text) {
  return !text.empty() && find_text_problem(text) == TextProblem::kNone &&
         count_characters(text) <= kIdCharactersMax;
}

// What is wrong inside a body, and where: keys joined by dots.
struct BodyProblem {
  std::string_view problem;
  std::string place;
};

// The path is put together on the way back only, since nearly every body is good.
std::optional<BodyProblem> within(std::string_view key, std::optional<BodyProblem> inner) {
  if (inner) {
    inner->place.insert(0, inner->place.empty() ? std::string(key) : std::string(key) + ".");
  }
  return inner;
}

// Recursion is as deep as the parser let through, or as the caller of encode built.
std::optional<BodyProblem> find_body_problem(const Json& value) {
  if (value.is_number()) return BodyProblem{"is a number; numbers are recorded as text", {}};
  if (value.is_string() &&
      find_text_problem(value.get_ref<const std::string&>(), kBodyControls) != TextProblem::kNone) {
    return BodyProblem{"holds characters that are not allowed", {}};
  }
  if (value.is_object()) {
    for (const auto& [key, member] : value.get_ref<const Json::object_t&>()) {
      if (find_text_problem(key) != TextProblem::kNone) {
        return BodyProblem{"has a key with characters that are not allowed", {}};
      }
      if (auto problem = within(key, find_body_problem(member))) return problem;
    }
  }
  if (value.is_array()) {
    for (const Json& item : value) {
      if (auto problem = find_body_problem(item)) return problem;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> find_rule_broken(const Line& line) {
  if (!is_id(line.device)) return broken("device", "is not a device name");
  if (line.seq < 1 || line.seq > kSeqMax) return broken("seq", "is out of range");
  if (!instant_from_text(line.time))
    return broken("time", "is not a time with milliseconds and offset");
  if (!is_lower_name(line.type)) return broken("type", "is not the name of a type");
  if (line.v < 1 || line.v > kVersionMax) return broken("v", "is out of range");
  if (!is_lower_name(line.subject.kind)) return broken("subject.kind", "is not a kind of subject");
  if (!is_id(line.subject.id)) return broken("subject.id", "is not an id");
  const std::pair<const char*, const std::string*> texts[] = {{"step", &line.step},
                                                              {"actor", &line.actor},
                                                              {"role", &line.role},
                                                              {"performed_by", &line.performed_by}};
  for (const auto& [key, text] : texts) {
    if (!checked_text(*text)) {
      return broken(key, "is too long or holds characters that are not allowed");
    }
  }
  if (!is_language_tag(line.lang)) return broken("lang", "is not a language tag");
  if (!line.body.is_object()) return broken("body", "is not an object");
  if (const auto problem = within("body", find_body_problem(line.body))) {
    return broken(problem->place, problem->problem);
  }
  return std::nullopt;
}

}  // namespace batchwright::record::internal
