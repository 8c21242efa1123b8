// Which stored files a line of the record rests on, by their SHA-256: photos, frames of cameras,
// evidence of checks (requirement E5). Whoever verifies a record with its files looks for these.
#pragma once

#include <string>
#include <vector>

#include "record/line.h"

namespace batchwright::record {

// Hex digests in the order the line names them, each once; what is no digest is left out. Empty for
// lines that rest on no file.
[[nodiscard]] std::vector<std::string> evidence_of(const Draft& line);

}  // namespace batchwright::record
