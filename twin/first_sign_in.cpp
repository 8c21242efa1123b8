// The first sign-in of a person who got a one-time secret instead of a password.
#include <algorithm>

#include "base/bytes.h"
#include "base/then.h"
#include "offline_store/sqlite/transaction.h"
#include "twin/people.h"
#include "twin/secret.h"

namespace batchwright::twin {
namespace {

namespace sqlite = offline_store::sqlite;
constexpr std::int64_t kFailuresMax = 5;
constexpr std::size_t kWrappedBytesMax = 4'096;

std::unexpected<Error> denied() {
  return fail(ErrorCode::kDenied,
              "The one-time secret is wrong, used or too old. Nothing was changed; ask the person "
              "who keeps the directory for a new one.");
}

Result<void> count_failure(Site& site, std::string_view person) {
  auto update = site.db().prepare("UPDATE person_key SET failures = failures + 1 WHERE person = ?");
  if (!update) return std::unexpected(update.error());
  return update->run(person);
}

Result<void> check_secret(Site& site, std::string_view person, const std::string& secret) {
  auto select = site.db().prepare(
      "SELECT secret_hash, expires_ms, failures FROM person_key WHERE person = ?");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(person); !started) return started;
  auto row = select->step();
  if (!row) return std::unexpected(row.error());
  if (!*row || select->is_null(0)) return denied();
  const auto hash = secret_hash(secret);
  const bool same = same_digest(hash, select->blob(0));
  const bool alive = select->integer(1) > site.clock().now().unix_ms;
  const bool patient = select->integer(2) < kFailuresMax;
  select->reset();
  if (same && alive && patient) return {};
  if (auto counted = count_failure(site, person); !counted) return counted;
  return denied();
}

Result<void> take_key(Site& site, std::string_view id, const record::PublicKey& key,
                      const std::string& wrapped) {
  auto current = current_directory(site);
  if (!current) return std::unexpected(current.error());
  auto people = current->directory.people;
  const auto person = std::ranges::find(people, id, &record::Person::id);
  if (person == people.end() || person->key || !person->active) return denied();
  person->key = key;
  person->wrapped_sha256 = to_hex(sha256(wrapped));
  auto update = site.db().prepare(
      "UPDATE person_key SET wrapped = ?, secret_hash = NULL, expires_ms = NULL WHERE person = ?");
  if (!update) return std::unexpected(update.error());
  auto transaction = sqlite::Transaction::begin(site.db());
  if (!transaction) return std::unexpected(transaction.error());
  return then(
      update->run(wrapped, id), [&] { return publish_directory(site, std::move(people)); },
      [&] { return transaction->commit(); });
}

}  // namespace

Result<void> accept_first_key(Site& site, std::string_view person, const Json& body) {
  const auto member = [&body](const char* name) {
    const auto found = body.find(name);
    return found == body.end() ? Json() : *found;
  };
  const auto secret = member("secret");
  const auto key_hex = member("key");
  const auto key = key_hex.is_string() ? array_from_hex<32>(key_hex.get<std::string>())
                                       : fail(ErrorCode::kMalformed, "No key.");
  const auto wrapped = to_text(member("wrapped"));
  if (!secret.is_string() || !key || !member("wrapped").is_object() ||
      wrapped.size() > kWrappedBytesMax)
    return fail(ErrorCode::kMalformed, "A first sign-in brings secret, key and wrapped key.");
  if (auto good = check_secret(site, person, secret.get<std::string>()); !good) return good;
  return take_key(site, person, *key, wrapped);
}

}  // namespace batchwright::twin
