// Reads a BatchML MasterRecipe by structure: namespaces BatchML-V02, B2MML-V0401, -V05, -V0600 and
// the unversioned one of 0701. Only V02 and 0701 are proved by real files.
#pragma once

#include <string>
#include <string_view>

#include "workflows/mbr.h"

namespace batchwright::workflows {

// What the file holds, before anything is answered or removed. `dangling_links`: ends of links that
// name nothing.
struct ImportCounts {
  int steps = 0, transitions = 0, links = 0, control_links = 0, branch_bars = 0, dangling_links = 0,
      parameters = 0, enumeration_sets = 0, unit_procedures = 0, operations = 0, phases = 0;
};

struct Import {
  Mbr mbr;  // mbr.draft when findings of severity error remain
  ImportCounts counts;
  Findings findings;
};

// kMalformed for broken XML, a DOCTYPE (no entities are ever expanded), over-deep or over-large
// input, or a document without a MasterRecipe; everything else is a finding. `resolve_toml` holds
// the author's answers to findings, FILE.resolve.toml (docs/formats/resolve.md), keyed by source
// id; its hash is part of the provenance. It may be empty.
[[nodiscard]] Result<Import> read_batchml(std::string_view xml, std::string_view resolve_toml,
                                          std::string_view source_name);

}  // namespace batchwright::workflows
