// What the site and the other panels did, as the feed brings it: every item checked before anyone
// sees it. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "offline_store/store.h"
#include "record/trust.h"

namespace batchwright::client::sync {

// What an item is checked against, and what earlier items taught.
struct FeedTrust {
  record::TrustAnchor anchor;
  std::string own_device;
  std::uint64_t directory_version = 0;               // newest directory here
  std::uint64_t site_facts_version = 0;              // newest facts of the site here
  std::map<std::string, record::PublicKey> devices;  // other devices' enrolled keys
};

struct FeedPage {
  std::string cursor;
  std::size_t items = 0;                                // of any kind, believed or not
  std::vector<offline_store::CatalogueItem> documents;  // checked, to be kept
  std::vector<record::StoredLine> foreign;              // whole commits, checked
  std::vector<std::string> mbrs;                        // hex hashes whose text is to be fetched
  std::vector<std::string> refused;  // one sentence per item that wasn't believed
};

// Reads one answer of GET /v1/feed; learns newer directory versions and device keys into `trust`.
// kMalformed when it has no cursor and items; a single bad item is counted in `refused`, unknown
// kinds are skipped.
[[nodiscard]] Result<FeedPage> read_feed(const Json& json, FeedTrust& trust);

// A directory with the wrapped keys that travel beside it, as catalogue items; also used at
// enrolment. kAltered when the signature, a digest or the version (older than `version_min`) is
// wrong. `version` is set to the directory's.
[[nodiscard]] Result<std::vector<offline_store::CatalogueItem>> read_directory(
    const Json& document, const Json& wrapped, const record::PublicKey& site_key,
    std::uint64_t version_min, std::uint64_t& version);

}  // namespace batchwright::client::sync
