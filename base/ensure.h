// The assertion that stays on in release: for what can't happen unless this program has a defect.
#pragma once

#include <source_location>

namespace batchwright {

// Ends the program when `holds` is false, after writing `what` and the place to standard error.
// Never for input: a malformed file or a refused command is an Error.
void ensure(bool holds, const char* what,
            std::source_location where = std::source_location::current());

}  // namespace batchwright
