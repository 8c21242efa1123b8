// One question to the twin and its answer, for callers with nothing else to do.
#pragma once

#include "base/json.h"
#include "client/sync/transport.h"

namespace batchwright::client::sync {

[[nodiscard]] Request json_post(std::string path, const Json& body);

// The answer's JSON. kUnreachable: no twin answered, try again; kDenied and kRefused carry the
// twin's words.
[[nodiscard]] Result<Json> ask(Transport& transport, const Request& request);

}  // namespace batchwright::client::sync
