// What the site tells its panels about equipment, rooms, materials and trainings
// (docs/formats/site-facts.md).
#pragma once

#include <string>
#include <string_view>

#include "record/signed_document.h"
#include "twin/site.h"

namespace batchwright::twin {

// Signs `text` (batchwright/site-facts/1) as the next version of the site's facts and puts it in
// the feed; answers the version. kMalformed with the first wrong place; then nothing changed.
[[nodiscard]] Result<std::uint64_t> publish_site_facts(Site& site, std::string_view text);

struct CurrentSiteFacts {
  std::uint64_t version = 0;
  record::SignedDocument document;
};
// kNotFound while none was published.
[[nodiscard]] Result<CurrentSiteFacts> current_site_facts(Site& site);

}  // namespace batchwright::twin
