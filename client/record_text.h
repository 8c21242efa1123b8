// A record in words: one line per event, for `show` and reviewers. Everything in the journal is
// printed, also what this version does not understand.
#pragma once

#include <string>

#include "record/package.h"

namespace batchwright::client {

[[nodiscard]] std::string record_text(const record::Package& package);

}  // namespace batchwright::client
