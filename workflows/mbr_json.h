// Native MBR format "batchwright/mbr/1": docs/formats/mbr.md; authoring schema
// resources/schemas/mbr-1.schema.json.
#pragma once

#include <string>
#include <string_view>

#include "workflows/mbr.h"

namespace batchwright::workflows {

struct MbrReading {
  Mbr mbr;            // complete only when there are no errors
  Findings findings;  // reader's and static checker's, all at once
};

// Reads, then checks (workflows/check.h). kMalformed only when the text is not JSON of this format
// at all.
[[nodiscard]] Result<MbrReading> read_mbr(std::string_view text);

// Canonical native JSON; sets nothing. read_mbr(write_mbr(m)) gives an equal MBR.
[[nodiscard]] std::string write_mbr(const Mbr& mbr);

}  // namespace batchwright::workflows
