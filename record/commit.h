// One whole commit of one device, checked on its own: what a twin accepts and a panel believes of
// other panels. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/keys.h"
#include "record/line.h"

namespace batchwright::record {

// Checks lines as received: canonical bytes, written by `device`, consecutive, each `prev` the hash
// of the line before (that of the first line is the caller's to compare), only the last of type
// `commit`, its `first` and signature under `device_key`, and in every signature_made line the
// person's signature over a statement of this device, subject and step. Whether a signing key
// belongs to that person is the caller's question: it needs the directory. The error's place is
// "line N"; kAltered, kMalformed or kUnsupported.
[[nodiscard]] Result<std::vector<StoredLine>> check_commit(std::span<const std::string> lines,
                                                           std::string_view device,
                                                           const PublicKey& device_key);

}  // namespace batchwright::record
