#include "twin/people.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"
#include "base/then.h"
#include "offline_store/sqlite/transaction.h"
#include "twin/feed.h"
#include "twin/secret.h"

namespace batchwright::twin {
namespace {

using offline_store::sqlite::Transaction;

constexpr std::int64_t kDirectoryDays = 90;
constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kSecretDays = 14;

Instant later(Instant now, std::int64_t ms) {
  now.unix_ms += ms;
  return now;
}

Result<void> put_wrapped(Site& site, const std::string& person, const std::string& wrapped) {
  auto put = site.db().prepare(
      "INSERT INTO person_key (person, wrapped) VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET "
      "wrapped = excluded.wrapped, secret_hash = NULL, expires_ms = NULL");
  if (!put) return std::unexpected(put.error());
  return put->run(person, wrapped);
}

Result<OneTimeSecret> put_secret(Site& site, const std::string& person) {
  OneTimeSecret secret{person, make_secret()};
  auto put = site.db().prepare(
      "INSERT INTO person_key (person, secret_hash, expires_ms) VALUES (?, ?, ?)");
  if (!put) return std::unexpected(put.error());
  const auto expires = later(site.clock().now(), kSecretDays * kDayMs).unix_ms;
  const auto hash = secret_hash(secret.secret);
  using offline_store::sqlite::Blob;
  if (auto done = put->run(person, Blob(hash), expires); !done)
    return std::unexpected(done.error());
  return secret;
}

// Locks a fresh key with the password; the public half goes into `person`.
Result<std::string> make_wrapped(record::Person& person, const std::string& password,
                                 const record::Argon2Cost& cost) {
  const auto key = record::generate_key();
  auto wrapped = record::wrap_key(key, password, cost);
  if (!wrapped) return std::unexpected(wrapped.error());
  auto text = to_text(*wrapped);
  person.key = key.public_key();
  person.wrapped_sha256 = to_hex(sha256(text));
  return text;
}

}  // namespace

Result<void> publish_directory(Site& site, std::vector<record::Person> people) {
  auto version = site.db().query_integer("SELECT coalesce(max(version), 0) FROM directory");
  if (!version) return std::unexpected(version.error());
  const auto now = site.clock().now();
  record::Directory directory;
  directory.site = site.anchor().site;
  directory.version = static_cast<std::uint64_t>(*version) + 1;
  directory.issued = to_text(now);
  directory.expires = to_text(later(now, kDirectoryDays * kDayMs));
  directory.people = std::move(people);
  const auto document = site.sign("directory", record::to_statement(directory));
  auto insert = site.db().prepare("INSERT INTO directory (version, document) VALUES (?, ?)");
  if (!insert) return std::unexpected(insert.error());
  return then(insert->run(directory.version, to_text(record::to_json(document))), [&] {
    return add_feed_item(site, {.kind = "directory", .name = std::to_string(directory.version)});
  });
}

Result<CurrentDirectory> current_directory(Site& site) {
  auto text = site.db().query_text("SELECT document FROM directory ORDER BY version DESC LIMIT 1");
  auto document = then(
      std::move(text), [](const std::string& t) { return parse_json(t); },
      record::signed_document_from_json);
  if (!document) return std::unexpected(document.error());
  auto directory = then(record::open_document(*document, "directory", site.anchor().key),
                        record::directory_from_statement);
  if (!directory) return std::unexpected(directory.error());
  return CurrentDirectory{std::move(*directory), std::move(*document)};
}

Result<void> renew_directory(Site& site) {
  auto current = current_directory(site);
  if (!current) return std::unexpected(current.error());
  const auto expires = instant_from_text(current->directory.expires);
  if (!expires) return std::unexpected(expires.error());
  if (expires->unix_ms - site.clock().now().unix_ms > kDirectoryDays * kDayMs / 2) return {};
  auto transaction = Transaction::begin(site.db());
  if (!transaction) return std::unexpected(transaction.error());
  return then(publish_directory(site, current->directory.people),
              [&] { return transaction->commit(); });
}

Result<std::vector<OneTimeSecret>> add_people(Site& site, const std::vector<NewPerson>& added,
                                              const record::Argon2Cost& cost) {
  auto current = current_directory(site);
  if (!current) return std::unexpected(current.error());
  auto people = current->directory.people;
  auto transaction = Transaction::begin(site.db());
  if (!transaction) return std::unexpected(transaction.error());
  std::vector<OneTimeSecret> secrets;
  for (const auto& entry : added) {
    if (current->directory.find(entry.id) != nullptr)
      return fail(ErrorCode::kConflict, "A person of this id is in the directory already.",
                  entry.id);
    record::Person person;
    person.id = entry.id;
    person.name = entry.name;
    person.roles = entry.roles;
    if (entry.password.empty()) {
      auto secret = put_secret(site, entry.id);
      if (!secret) return std::unexpected(secret.error());
      secrets.push_back(std::move(*secret));
    } else {
      auto stored = then(make_wrapped(person, entry.password, cost), [&](const std::string& text) {
        return put_wrapped(site, entry.id, text);
      });
      if (!stored) return std::unexpected(stored.error());
    }
    people.push_back(std::move(person));
  }
  auto done =
      then(publish_directory(site, std::move(people)), [&] { return transaction->commit(); });
  if (!done) return std::unexpected(done.error());
  return secrets;
}

Result<Json> directory_json(Site& site) {
  auto current = current_directory(site);
  if (!current) return std::unexpected(current.error());
  Json json = Json::object();
  json["document"] = record::to_json(current->document);
  json["wrapped"] = Json::array();
  auto select = site.db().prepare(
      "SELECT person, wrapped FROM person_key WHERE wrapped IS NOT NULL ORDER BY person");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(); !started) return std::unexpected(started.error());
  for (;;) {
    auto row = select->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return json;
    Json item = Json::object();
    item["person"] = std::string(select->text(0));
    item["text"] = std::string(select->text(1));
    json["wrapped"].push_back(std::move(item));
  }
}

}  // namespace batchwright::twin
