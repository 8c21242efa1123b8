// The directory of people, as the site signs it (record/trust.h).
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "base/text.h"
#include "record/internal/member_reader.h"
#include "record/trust.h"

namespace batchwright::record {
namespace {

constexpr std::size_t kPeopleMax = 100'000;
constexpr std::size_t kRolesMax = 64;

Json to_json(const Person& person) {
  Json json = Json::object();
  json["id"] = person.id;
  json["name"] = person.name;
  json["roles"] = person.roles;
  json["key"] = person.key ? Json(to_hex(*person.key)) : Json(nullptr);
  json["wrapped_sha256"] = person.wrapped_sha256;
  json["active"] = person.active;
  return json;
}

std::vector<std::string> read_roles(internal::MemberReader& reader) {
  std::vector<std::string> roles;
  const Json& items = reader.array("roles");
  if (items.size() > kRolesMax) reader.note("roles", "has too many items");
  for (const Json& item : items) {
    if (roles.size() == kRolesMax) break;
    const auto role = item.is_string() ? checked_text(item.get_ref<const std::string&>())
                                       : Result<std::string>("");
    if (!role || role->empty()) reader.note("roles", "holds something that is no role");
    roles.push_back(role.value_or(""));
  }
  return roles;
}

Result<Person> person_from_json(const Json& json) {
  internal::MemberReader reader(json, "directory's person");
  Person person;
  person.id = reader.name("id");
  person.name = reader.name("name");
  person.roles = read_roles(reader);
  if (!reader.any("key").is_null()) person.key = reader.hex<std::tuple_size_v<PublicKey>>("key");
  person.wrapped_sha256 = reader.raw("wrapped_sha256");
  if (!person.wrapped_sha256.empty() &&
      !array_from_hex<std::tuple_size_v<Digest>>(person.wrapped_sha256)) {
    reader.note("wrapped_sha256", "is not a SHA-256 in hex digits");
  }
  person.active = reader.boolean("active");
  if (const auto error = reader.finish()) return std::unexpected(*error);
  return person;
}

}  // namespace

const Person* Directory::find(std::string_view person_id) const {
  const auto found = std::ranges::find(people, person_id, &Person::id);
  return found == people.end() ? nullptr : &*found;
}

Json to_statement(const Directory& directory) {
  Json json = Json::object();
  json["site"] = directory.site;
  json["version"] = std::to_string(directory.version);
  json["issued"] = directory.issued;
  json["expires"] = directory.expires;
  Json people = Json::array();
  for (const Person& person : directory.people) people.push_back(to_json(person));
  json["people"] = std::move(people);
  return json;
}

Result<Directory> directory_from_statement(const Json& statement) {
  internal::MemberReader reader(statement, "directory");
  Directory directory;
  directory.site = reader.name("site");
  directory.version = reader.number("version");
  directory.issued = reader.time("issued");
  directory.expires = reader.time("expires");
  const Json& people = reader.array("people");
  if (people.size() > kPeopleMax) reader.note("people", "lists too many people");
  if (const auto error = reader.finish()) return std::unexpected(*error);

  std::set<std::string> ids;
  for (const Json& item : people) {
    auto person = person_from_json(item);
    if (!person) return std::unexpected(person.error());
    if (!ids.insert(person->id).second) {
      return fail(ErrorCode::kMalformed,
                  fmt::format("The directory lists the person {} twice.", person->id), person->id);
    }
    directory.people.push_back(std::move(*person));
  }
  return directory;
}

}  // namespace batchwright::record
