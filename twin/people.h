// The site's people: the signed directory, their keys locked with their passwords, and the first
// sign-in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/trust.h"
#include "record/wrapped_key.h"
#include "twin/site.h"

namespace batchwright::twin {

// One entry of a people file: [{"id","name","roles":[...],"password"}]. Without a password the
// person gets a one-time secret and makes the key at the first sign-in.
struct NewPerson {
  std::string id, name;
  std::vector<std::string> roles;
  std::string password;
};
[[nodiscard]] Result<std::vector<NewPerson>> read_people(std::string_view json_text);

struct OneTimeSecret {
  std::string person, secret;
};

// Adds people, making keys for those with a password (half a second each at default cost), and
// publishes a new directory. kConflict when an id is known. Returns the one-time secrets of the
// others: shown once, stored only hashed.
[[nodiscard]] Result<std::vector<OneTimeSecret>> add_people(Site& site,
                                                            const std::vector<NewPerson>& people,
                                                            const record::Argon2Cost& cost);

// Signs the next version of the directory with these people and puts it in the feed.
[[nodiscard]] Result<void> publish_directory(Site& site, std::vector<record::Person> people);

struct CurrentDirectory {
  record::Directory directory;
  record::SignedDocument document;
};
[[nodiscard]] Result<CurrentDirectory> current_directory(Site& site);

// Signs the same people anew when less than half of the directory's validity is left.
[[nodiscard]] Result<void> renew_directory(Site& site);

// {"document":SD,"wrapped":[{"person","text"}]} as enrolment and feed carry it.
[[nodiscard]] Result<Json> directory_json(Site& site);

// First sign-in: body {"secret","key","wrapped":{...}}. kDenied when the secret is wrong, used, or
// tried too often; the message is the same for all. On success the key is the person's and a new
// directory is published.
[[nodiscard]] Result<void> accept_first_key(Site& site, std::string_view person, const Json& body);

}  // namespace batchwright::twin
