#include "record/internal/people.h"

namespace batchwright::record::internal {

void People::add(const Directory& directory) {
  for (const Person& person : directory.people) {
    if (!person.key) continue;
    roles_[{person.id, *person.key}].insert(person.roles.begin(), person.roles.end());
  }
}

bool People::has_role(const std::string& person, const PublicKey& key,
                      const std::string& role) const {
  const auto found = roles_.find({person, key});
  return found != roles_.end() && found->second.contains(role);
}

}  // namespace batchwright::record::internal
