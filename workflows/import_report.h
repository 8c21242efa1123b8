// The one JSON object that `recipe import --json` and `recipe check --json` end with.
#pragma once

#include "base/json.h"
#include "workflows/batchml.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows {

// steps, transitions, links, control_links, branch_bars, dangling_links, parameters,
// unit_procedures, operations, phases, enumeration_sets, runnable, draft, mbr, version, hash, and
// findings[{severity, place, message, code}].
//
// Of an import the counts are those of the source file; of a native MBR those of its charts, where
// a link is a control link and `dangling_links` are links that name no node.
[[nodiscard]] Json import_report(const Import& import);
[[nodiscard]] Json import_report(const MbrReading& reading);

}  // namespace batchwright::workflows
