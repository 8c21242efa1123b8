#include "client/local_site.h"

#include <set>

#include "base/bytes.h"
#include "base/random.h"
#include "base/then.h"
#include "client/file.h"
#include "client/resources.h"
#include "record/site_facts_document.h"
#include "workflows/site_facts.h"

namespace batchwright::client {

namespace {

constexpr const char* kSiteName = "Local simulation";

struct SimulatedPerson {
  const char* id;
  const char* name;
  std::vector<std::string> roles;
};

const std::vector<SimulatedPerson>& simulated_people() {
  static const std::vector<SimulatedPerson> people = {
      {"sim.operator.1", "Simulated operator A", {"operator"}},
      {"sim.operator.2", "Simulated operator B", {"operator"}},
      {"sim.supervisor", "Simulated supervisor", {"supervisor", "operator"}},
      {"sim.quality", "Simulated quality reviewer", {"quality"}},
  };
  return people;
}

Result<record::SecretKey> key_from_hex(const Json& keys, const std::string& name) {
  if (!keys.contains(name) || !keys[name].is_string())
    return fail(ErrorCode::kMalformed, "The simulation's key file is damaged.", name);
  auto bytes = array_from_hex<64>(keys[name].get<std::string>());
  if (!bytes) return std::unexpected(bytes.error());
  return record::SecretKey(*bytes);
}

Result<LocalSite> load_keys(const std::filesystem::path& file) {
  auto keys =
      then(load_file(file, 64u << 10), [](const std::string& text) { return parse_json(text); });
  if (!keys) return std::unexpected(keys.error());
  LocalSite site;
  auto own = key_from_hex(*keys, "site");
  if (!own) return std::unexpected(own.error());
  site.key = *own;
  for (const auto& person : simulated_people()) {
    auto key = key_from_hex(*keys, person.id);
    if (!key) return std::unexpected(key.error());
    site.people[person.id] = *key;
  }
  return site;
}

Result<LocalSite> make_keys(const std::filesystem::path& file) {
  LocalSite site;
  site.key = record::generate_key();
  Json keys = Json::object();
  keys["site"] = to_hex(site.key.bytes());
  for (const auto& person : simulated_people()) {
    site.people[person.id] = record::generate_key();
    keys[person.id] = to_hex(site.people[person.id].bytes());
  }
  if (auto saved = save_file(file, to_text(keys) + "\n", true); !saved)
    return std::unexpected(saved.error());
  return site;
}

Result<void> put(offline_store::Store& store, const char* kind, const std::string& name,
                 const Json& json) {
  return store.put_catalogue({kind, name, to_text(json)});
}

std::string fresh_uuid(const Clock& clock) {
  Digest entropy{};
  fill_random(entropy);
  return make_uuid_v7(clock.now().unix_ms, entropy);
}

Json signed_json(const char* purpose, const Json& statement, const record::SecretKey& key) {
  return record::to_json(record::sign_document(purpose, statement, key));
}

record::Directory simulated_directory(const LocalSite& site, const Clock& clock) {
  record::Directory directory;
  directory.site = kSiteName;
  directory.version = 1;
  directory.issued = to_text(clock.now());
  directory.expires = "2049-12-31T00:00:00.000+00:00";
  for (const auto& simulated : simulated_people()) {
    record::Person person;
    person.id = simulated.id;
    person.name = simulated.name;
    person.roles = simulated.roles;
    person.key = site.people.at(simulated.id).public_key();
    directory.people.push_back(person);
  }
  return directory;
}

// The example's equipment, rooms and lots; every simulated person holds every training of it.
Result<record::SiteFactsDocument> simulated_facts(const Clock& clock) {
  auto text = load_file(resources_folder() / "demo" / "site.json", record::kSiteFactsBytesMax);
  if (!text) return std::unexpected(text.error());
  const auto facts = workflows::read_site_facts(*text);
  if (!facts) return std::unexpected(facts.error());
  auto json = parse_json(*text);
  if (!json) return std::unexpected(json.error());
  std::set<std::string> trainings;
  for (const auto& [person, held] : facts->trainings)
    for (const auto& [training, until] : held) trainings.insert(training);
  (*json)["trainings"] = Json::array();
  for (const auto& person : simulated_people())
    for (const auto& training : trainings)
      (*json)["trainings"].push_back(Json{{"person", person.id}, {"training", training}});
  return record::SiteFactsDocument{
      .site = kSiteName, .version = 1, .issued = to_text(clock.now()), .facts = to_text(*json)};
}

// Also for a store that was made before sites told their facts.
Result<void> tell_facts(offline_store::Store& store, const LocalSite& site, const Clock& clock) {
  auto here = store.catalogue("site-facts", "current");
  if (!here) return std::unexpected(here.error());
  if (*here) return {};
  auto facts = simulated_facts(clock);
  if (!facts) return std::unexpected(facts.error());
  return put(store, "site-facts", "current",
             signed_json("site-facts", record::to_statement(*facts), site.key));
}

// The order matters after a power cut: the enrolment, which makes the store this site's, comes
// last.
Result<void> enrol_here(offline_store::Store& store, const LocalSite& site,
                        const std::filesystem::path& directory, const Clock& clock) {
  auto device_key = load_device_key(directory);
  if (!device_key) {
    device_key = record::generate_key();
    if (auto saved = save_device_key(directory, *device_key); !saved)
      return std::unexpected(saved.error());
  }
  record::DeviceEnrolment enrolment;
  enrolment.site = kSiteName;
  enrolment.device = fresh_uuid(clock);
  enrolment.prefix = "SIM1";
  enrolment.room = "simulated";
  enrolment.key = device_key->public_key();
  enrolment.time = to_text(clock.now());
  const auto people = record::to_statement(simulated_directory(site, clock));
  return then(
      put(store, "directory", "current", signed_json("directory", people, site.key)),
      [&] {
        return put(store, "trust", kSelf,
                   record::to_json(record::TrustAnchor{kSiteName, site.key.public_key()}));
      },
      [&] {
        return put(store, "enrolment", kSelf,
                   signed_json("enrolment", record::to_statement(enrolment), site.key));
      });
}

}  // namespace

Result<LocalSite> open_local_site(offline_store::Store& store,
                                  const std::filesystem::path& directory, const Clock& clock) {
  const auto file = directory / "simulation.keys";
  auto enrolled = store.catalogue("enrolment", kSelf);
  if (!enrolled) return std::unexpected(enrolled.error());
  auto site = load_keys(file);
  if (!site && site.error().code == ErrorCode::kNotFound) {
    if (*enrolled)
      return fail(
          ErrorCode::kRefused,
          "This store belongs to a site. A simulated operator may not write into it; choose "
          "another folder.",
          directory.string());
    site = make_keys(file);
  }
  if (!site) return std::unexpected(site.error());
  if (!*enrolled)
    if (auto done = enrol_here(store, *site, directory, clock); !done)
      return std::unexpected(done.error());
  if (auto told = tell_facts(store, *site, clock); !told) return std::unexpected(told.error());
  return site;
}

Result<Issue> issue_locally(offline_store::Store& store, const LocalSite& site,
                            const workflows::Mbr& mbr, const std::string& number,
                            const Clock& clock) {
  record::MbrApproval approval{.site = kSiteName,
                               .mbr = mbr.id,
                               .version = mbr.version,
                               .state = "effective",
                               .time = to_text(clock.now()),
                               .hash = mbr.hash};
  Issue issue;
  issue.batch = {.site = kSiteName,
                 .run = fresh_uuid(clock),
                 .number = number,
                 .mbr = mbr.id,
                 .version = mbr.version,
                 .kind = "batch",
                 .time = to_text(clock.now()),
                 .mbr_hash = mbr.hash};
  const auto document = record::sign_document("issue", record::to_statement(issue.batch), site.key);
  issue.document_sha256 = to_hex(document.hash());
  const auto hash = to_hex(mbr.hash);
  auto stored = then(
      store.put_catalogue({"mbr", hash, mbr.text}),
      [&] {
        return put(store, "approval", hash,
                   signed_json("approval", record::to_statement(approval), site.key));
      },
      [&] { return put(store, "issue", issue.batch.run, record::to_json(document)); });
  if (!stored) return std::unexpected(stored.error());
  return issue;
}

}  // namespace batchwright::client
