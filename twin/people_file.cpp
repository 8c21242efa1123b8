// The people file that an administrator writes; a parser with nothing of the server behind it.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "twin/people.h"

namespace batchwright::twin {
namespace {

constexpr std::size_t kPeopleMax = 10'000;

std::string text_member(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool is_person_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}

Result<NewPerson> read_person(const Json& json, std::size_t index) {
  const auto place = fmt::format("person {}", index + 1);
  if (!json.is_object())
    return fail(ErrorCode::kMalformed, "A person is an object with id, name and roles.", place);
  NewPerson person;
  person.id = text_member(json, "id");
  if (!is_person_id(person.id))
    return fail(ErrorCode::kMalformed,
                "A person's id has 1 to 64 letters, digits, '.', '_' or '-'.", place);
  auto name = checked_text(text_member(json, "name"));
  if (!name || name->empty())
    return fail(ErrorCode::kMalformed, "A person needs a printed name.", place);
  person.name = *name;
  person.password = text_member(json, "password");
  static const std::set<std::string> kRoles{"operator", "supervisor", "quality", "trainer",
                                            "engineer"};
  const auto roles = json.find("roles");
  if (roles != json.end() && roles->is_array())
    for (const auto& role : *roles) person.roles.push_back(role.is_string() ? role : "");
  const bool known =
      std::ranges::all_of(person.roles, [](const auto& role) { return kRoles.contains(role); });
  if (person.roles.empty() || !known)
    return fail(ErrorCode::kMalformed,
                "A person's roles are among operator, supervisor, quality, trainer, engineer.",
                place);
  return person;
}

}  // namespace

Result<std::vector<NewPerson>> read_people(std::string_view json_text) {
  auto json = parse_json(json_text, {.bytes_max = 4u << 20, .depth_max = 8});
  if (!json) return std::unexpected(json.error());
  if (!json->is_array() || json->size() > kPeopleMax)
    return fail(ErrorCode::kMalformed, "A people file is a list of persons, at most 10,000.");
  std::vector<NewPerson> people;
  std::set<std::string> ids;
  for (std::size_t i = 0; i < json->size(); ++i) {
    auto person = read_person((*json)[i], i);
    if (!person) return std::unexpected(person.error());
    if (!ids.insert(person->id).second)
      return fail(ErrorCode::kConflict, "Two persons have the same id.", person->id);
    people.push_back(std::move(*person));
  }
  return people;
}

}  // namespace batchwright::twin
