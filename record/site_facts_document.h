// What the site states about its equipment, rooms, materials and trainings, as it signs it. The
// facts travel as text; who reads them knows their form (docs/formats/site-facts.md). Pure.
#pragma once

#include <cstdint>
#include <string>

#include "base/json.h"

namespace batchwright::record {

// Signed by the site (purpose "site-facts"): {"site","version":"3","issued","facts":"{...}"}.
struct SiteFactsDocument {
  std::string site;
  std::uint64_t version = 0;  // 1 and up; a newer one replaces the older
  std::string issued;         // record time the facts held at
  std::string facts;          // batchwright/site-facts/1, at most kSiteFactsBytesMax
};
inline constexpr std::size_t kSiteFactsBytesMax = 8u << 20;

[[nodiscard]] Json to_statement(const SiteFactsDocument& document);
// kMalformed with the member that is wrong. The facts themselves are not read.
[[nodiscard]] Result<SiteFactsDocument> site_facts_from_statement(const Json& statement);

}  // namespace batchwright::record
