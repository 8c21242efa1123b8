// What is strange about lines that are nevertheless whole and authentic: kept, and shown to people.
#pragma once

#include <string>
#include <vector>

#include "record/line.h"
#include "twin/site.h"

namespace batchwright::twin {

struct Flag {
  std::string device;
  std::uint64_t seq = 0;
  std::string
      code;  // signer_unknown, signer_inactive, directory_expired, covers_unknown, clock_ahead
  std::string words;  // for people
};

// Looks at a checked commit inside its transaction: a signature by a key that no directory gives to
// that person, by a person no longer active, or over lines the twin doesn't hold; a clock more than
// a minute ahead.
[[nodiscard]] Result<void> flag_strange_lines(Site& site,
                                              const std::vector<record::StoredLine>& commit);

[[nodiscard]] Result<std::vector<Flag>> newest_flags(Site& site, int count);

}  // namespace batchwright::twin
