// Refusals as problem documents (RFC 9457). The types are listed in docs/formats/sync.md.
#pragma once

#include <cstdint>
#include <string>

#include "base/error.h"
#include "twin/http.h"

namespace batchwright::twin {

// `type` is the last part of urn:batchwright:problem:...; `seq` 0 = about no line.
[[nodiscard]] HttpReply problem(int status, const std::string& type, const std::string& title,
                                std::uint64_t seq = 0);

// What a failed operation means for the caller. Faults of our own disk are 503: the panel keeps
// everything and tries again; they must never look like a refusal of its lines.
[[nodiscard]] HttpReply problem(const Error& error);

}  // namespace batchwright::twin
