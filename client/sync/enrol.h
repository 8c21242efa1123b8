// Makes a panel known to its site: a token from IT, a fingerprint a person brought, and the panel's
// fresh public key.
#pragma once

#include <string>

#include "client/sync/documents.h"
#include "client/sync/transport.h"

namespace batchwright::client::sync {

struct EnrolmentRequest {
  std::string token;  // as printed by `batchwright-twin token`
  std::string
      site_fingerprint;  // as printed by `batchwright-twin init`; spaces, '-' and case don't matter
  record::PublicKey device_key{};
  std::string name;  // what people call this panel; may be empty
};

// Asks the twin who it is, compares the fingerprint, and only then hands over the token. Every
// document is checked before it is returned; nothing is stored. kDenied: another site's key, or the
// token is wrong, used or too old. kAltered: the answer is not signed by the site. kUnreachable: no
// twin there; nothing was used up, try again.
[[nodiscard]] Result<EnrolmentDocuments> enrol(Transport& transport,
                                               const EnrolmentRequest& request);
// The same over libcurl.
[[nodiscard]] Result<EnrolmentDocuments> enrol(const std::string& url,
                                               const EnrolmentRequest& request);

}  // namespace batchwright::client::sync
