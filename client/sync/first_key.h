// The first sign-in of a person: the key made on this panel goes to the twin, which puts its public
// half into the signed directory. Needs the twin; everything after it works off line.
#pragma once

#include <string>

#include "base/json.h"
#include "client/sync/transport.h"
#include "record/keys.h"

namespace batchwright::client::sync {

struct FirstKey {
  std::string person;
  std::string one_time_secret;  // as the administrator handed it over
  record::PublicKey key{};
  Json wrapped;  // the secret key locked with the new password; the twin never sees it open
};

// kDenied: the one-time secret is wrong, used or too old. kUnreachable: nothing was changed.
[[nodiscard]] Result<void> give_first_key(Transport& transport, const FirstKey& first);
// The same over libcurl.
[[nodiscard]] Result<void> give_first_key(const std::string& url, const FirstKey& first);

}  // namespace batchwright::client::sync
