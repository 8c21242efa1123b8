// Who this panel is: its key, its enrolment by the site, and the documents it believes because the
// site signed them.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/sha256.h"
#include "offline_store/store.h"
#include "record/keys.h"
#include "record/site_facts_document.h"
#include "record/trust.h"

namespace batchwright::client {

// Names of what the store's catalogue holds.
inline constexpr const char* kSelf = "self";

struct DeviceIdentity {
  record::SecretKey key;
  record::DeviceEnrolment enrolment;
  record::SignedDocument enrolment_document;
  record::TrustAnchor anchor;
  std::string zone;  // IANA name of the machine's time zone, for signature statements

  [[nodiscard]] Digest enrolment_hash() const { return enrolment_document.hash(); }
};

// The device's secret key lives beside the store, mode 0600, never inside it: a copied database
// can't sign.
[[nodiscard]] Result<record::SecretKey> load_device_key(
    const std::filesystem::path& store_directory);
[[nodiscard]] Result<void> save_device_key(const std::filesystem::path& store_directory,
                                           const record::SecretKey& key);

// kNotFound when the store was never enrolled; kAltered when a document does not lead back to the
// site's key.
[[nodiscard]] Result<DeviceIdentity> load_device_identity(offline_store::Store& store,
                                                          const std::filesystem::path& directory);

// The newest directory of people. Signature checked against the anchor.
[[nodiscard]] Result<record::Directory> load_directory(offline_store::Store& store,
                                                       const record::TrustAnchor& anchor);

// The newest facts of the site (record/site_facts_document.h). kNotFound while none has arrived,
// kAltered when the site did not sign them.
[[nodiscard]] Result<record::SiteFactsDocument> load_site_facts(offline_store::Store& store,
                                                                const record::TrustAnchor& anchor);

[[nodiscard]] std::string machine_zone();

}  // namespace batchwright::client
