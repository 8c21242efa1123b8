// Master batch records that the site took out of use (docs/formats/sync.md, state `recalled`).
#pragma once

#include <map>
#include <string>

#include "offline_store/store.h"
#include "record/trust.h"

namespace batchwright::client {

// By hex hash, the instant of the site's word (record text form). kAltered and the like when an
// approval in the store isn't the site's.
[[nodiscard]] Result<std::map<std::string, std::string>> recalled_recipes(
    offline_store::Store& store, const record::TrustAnchor& anchor);

}  // namespace batchwright::client
