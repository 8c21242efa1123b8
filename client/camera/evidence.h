// The evidence document of one attempt of a camera check (row E5): what was asked of which pictures
// and what came out, so that anybody can have it judged again.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"
#include "client/camera/cameras.h"
#include "vision/check.h"

namespace batchwright::client {

// The hash of the worker's program file, which judged; kUnreadable when it can't be read. Reads the
// file each time.
[[nodiscard]] Result<std::string> engine_sha256(const std::filesystem::path& program);

// Canonical bytes of a batchwright/check-evidence/1.
[[nodiscard]] std::string evidence_document(const vision::Check& check, const CheckJob& job,
                                            const CheckOutcome& outcome,
                                            const std::string& engine_sha256_hex);

}  // namespace batchwright::client
