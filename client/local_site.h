// A site of one machine, for simulated runs without a twin: `run --auto` makes it in the store's
// own folder. Its people are simulated and say so in their printed names; nothing made here can
// become a production record, because no other site's key ever signed it.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/time.h"
#include "client/batch_session.h"
#include "offline_store/store.h"
#include "workflows/mbr.h"

namespace batchwright::client {

struct LocalSite {
  record::SecretKey key;
  std::map<std::string, record::SecretKey> people;  // person id -> key
};

// Makes or reopens the site in `directory`: site.key, people.keys (0600), and in the store the
// trust anchor, enrolment and directory. kRefused when the store belongs to a real site.
[[nodiscard]] Result<LocalSite> open_local_site(offline_store::Store& store,
                                                const std::filesystem::path& directory,
                                                const Clock& clock);

// Approves `mbr` for this simulated site and issues one run of it.
[[nodiscard]] Result<Issue> issue_locally(offline_store::Store& store, const LocalSite& site,
                                          const workflows::Mbr& mbr, const std::string& number,
                                          const Clock& clock);

}  // namespace batchwright::client
