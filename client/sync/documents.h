// What a panel keeps in its store's catalogue to take part in sync: who signs, who it is, whom it
// believes.
#pragma once

#include <string>

#include "client/sync/protocol.h"
#include "offline_store/store.h"
#include "record/trust.h"

namespace batchwright::client::sync {

// Everything the site gave at enrolment, each document checked.
struct EnrolmentDocuments {
  record::TrustAnchor anchor;
  record::DeviceEnrolment enrolment;
  record::SignedDocument enrolment_document;
  record::SignedDocument receipt_key_document;
  std::vector<offline_store::CatalogueItem> people;  // directory and wrapped keys
};

// Keeps them; the enrolment, which makes the store this site's, comes last.
[[nodiscard]] Result<void> save_enrolment(offline_store::Store& store,
                                          const EnrolmentDocuments& documents);

// The key that a site's receipt-key certificate names; kAltered when the site didn't sign it.
[[nodiscard]] Result<record::PublicKey> certified_receipt_key(
    const record::SignedDocument& document, const record::PublicKey& site_key);

// What the protocol needs to start from, read from the store. kNotFound when the store was never
// enrolled at a twin.
[[nodiscard]] Result<Protocol::Settings> load_settings(offline_store::Store& store);

// Before a newer directory takes the place of the one here: keeps the older as "v<version>" when it
// names a key or a role of somebody that the newer doesn't, because signatures made with it must
// stay provable for as long as the record.
[[nodiscard]] Result<void> keep_past_directory(offline_store::Store& store,
                                               const offline_store::CatalogueItem& newer);

// What the store would not keep of what arrived stands among the refusals under these reasons, so
// that it is still told after a restart.
inline constexpr const char* kArrivalConflict = "arrival_conflict";  // its place is taken
inline constexpr const char* kArrivalRefused = "arrival_refused";
// A hostile twin must not fill the disk with refusals; further ones are only counted.
inline constexpr std::size_t kArrivalRefusalsMax = 1'000;
[[nodiscard]] bool is_arrival(const offline_store::Wedged& item);

// Refused journal items that no receipt covers, and refused evidence that still waits. Not what
// arrived: nobody waits for it.
[[nodiscard]] Result<std::vector<offline_store::Wedged>> unsettled(offline_store::Store& store);

}  // namespace batchwright::client::sync
