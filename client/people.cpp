#include "client/people.h"

#include "base/bytes.h"
#include "base/sha256.h"

namespace batchwright::client {

namespace {

constexpr int kFailuresInARowMax = 5;
constexpr std::int64_t kPauseMs = 60'000;

}  // namespace

Result<LockedKey> locked_key(offline_store::Store& store, const record::Directory& directory,
                             const std::string& person_id) {
  const auto* person = directory.find(person_id);
  if (person == nullptr || !person->active)
    return fail(ErrorCode::kRefused,
                "This person is not rostered at this panel. Ask the supervisor.", person_id);
  auto text = store.catalogue("wrapped-key", person_id);
  if (!text) return std::unexpected(text.error());
  if (!*text || !person->key)
    return fail(
        ErrorCode::kRefused,
        "This person has no password yet. The first sign-in needs the one-time secret and a "
        "connection to the twin.",
        person_id);
  if (to_hex(sha256(**text)) != person->wrapped_sha256)
    return fail(
        ErrorCode::kAltered,
        "The stored key of this person is not the one the site signed. Connect the panel to "
        "the twin and try again.",
        person_id);
  auto wrapped = parse_json(**text);
  if (!wrapped) return std::unexpected(wrapped.error());
  return LockedKey{*person, *wrapped};
}

Result<sync::FirstKey> first_key(const std::string& person, std::string_view one_time_secret,
                                 std::string_view password) {
  const auto key = record::generate_key();
  auto wrapped = record::wrap_key(key, password);
  if (!wrapped) return std::unexpected(wrapped.error());
  return sync::FirstKey{person, std::string(one_time_secret), key.public_key(),
                        std::move(*wrapped)};
}

Result<record::SecretKey> unlock(const LockedKey& locked, std::string_view password) {
  auto key = record::unwrap_key(locked.wrapped, password);
  if (!key) return key;
  if (key->public_key() != *locked.person.key)
    return fail(ErrorCode::kAltered, "The stored key does not belong to this person.",
                locked.person.id);
  return key;
}

std::int64_t Attempts::wait_ms(const std::string& person, std::int64_t now_ms) const {
  const auto found = failures_.find(person);
  if (found == failures_.end() || found->second.in_a_row < kFailuresInARowMax) return 0;
  return std::max<std::int64_t>(0, found->second.last_ms + kPauseMs - now_ms);
}

void Attempts::failed(const std::string& person, std::int64_t now_ms) {
  auto& failures = failures_[person];
  ++failures.in_a_row;
  failures.last_ms = now_ms;
}

}  // namespace batchwright::client
