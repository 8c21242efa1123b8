// The people rostered at this panel and the secrets only they can open.
#pragma once

#include <map>
#include <string>

#include "base/time.h"
#include "client/sync/first_key.h"
#include "offline_store/store.h"
#include "record/trust.h"
#include "record/wrapped_key.h"

namespace batchwright::client {

// What unlock() needs, copied so that it can run on a job thread.
struct LockedKey {
  record::Person person;
  Json wrapped;
};

// kRefused when the person has no key here yet, is no longer active, or the wrapped key isn't the
// one the signed directory names.
[[nodiscard]] Result<LockedKey> locked_key(offline_store::Store& store,
                                           const record::Directory& directory,
                                           const std::string& person_id);

// A fresh key for a person's first sign-in, locked with the password chosen. Slow (Argon2id).
[[nodiscard]] Result<sync::FirstKey> first_key(const std::string& person,
                                               std::string_view one_time_secret,
                                               std::string_view password);

// Slow (Argon2id). kDenied when the password is wrong.
[[nodiscard]] Result<record::SecretKey> unlock(const LockedKey& locked, std::string_view password);

// Wrong passwords in a row, per person: after five, one minute must pass before the next try (row
// K2). Counted in memory; every failure is a record of its own.
class Attempts {
 public:
  [[nodiscard]] std::int64_t wait_ms(const std::string& person, std::int64_t now_ms) const;
  void failed(const std::string& person, std::int64_t now_ms);
  void succeeded(const std::string& person) { failures_.erase(person); }

 private:
  struct Failures {
    int in_a_row = 0;
    std::int64_t last_ms = 0;
  };
  std::map<std::string, Failures> failures_;
};

}  // namespace batchwright::client
