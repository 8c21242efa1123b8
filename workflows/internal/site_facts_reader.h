// The document of docs/formats/site-facts.md.
#pragma once

#include "workflows/internal/json_object.h"
#include "workflows/site_facts.h"

namespace batchwright::workflows {

[[nodiscard]] SiteFacts read_site_facts_document(const Json& json, std::int64_t issued_unix_ms,
                                                 Report& report);

}  // namespace batchwright::workflows
