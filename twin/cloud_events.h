// POST /v1/events: CloudEvents 1.0 batches from systems that aren't panels. Checked, stored as
// sent, not interpreted yet.
#pragma once

#include <string_view>

#include "base/json.h"
#include "twin/site.h"

namespace batchwright::twin {

// `body` is a JSON array of events, at most 1,000, each an object with specversion "1.0" and
// non-empty id, source and type. All or none; (source, id) seen before counts as known. Answers
// {"stored":n,"known":m}.
[[nodiscard]] Result<Json> take_cloud_events(Site& site, std::string_view body);

}  // namespace batchwright::twin
