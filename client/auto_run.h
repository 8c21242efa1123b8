// `run --auto`: a whole run by the simulated operator, headless, saying what is accepted as it
// becomes durable.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/error.h"
#include "record/line.h"

namespace batchwright::client {

struct AutoRunOptions {
  std::string recipe, store;
  std::string twin;    // base URL; empty = stay local
  std::string people;  // JSON file with demo passwords, for a store enrolled at a twin
  std::uint64_t seed = 1;
};

struct AutoRunResult {
  std::string batch, state, head, journal;
  std::uint64_t steps_completed = 0;
  std::uint64_t events = 0;     // lines of this run's journal
  std::uint64_t accepted = 0;   // head of the journal: all of it is durable
  std::uint64_t confirmed = 0;  // covered by the twin's receipts
  std::uint64_t wedged = 0;
};

// `accepted` is called once per durable commit, with its last line that is not the commit line, and
// the commit line.
using Accepted =
    std::function<void(const record::StoredLine& last, const record::StoredLine& commit)>;

// Starts a run of the recipe, or goes on with the unfinished one of the same recipe found in the
// store.
[[nodiscard]] Result<AutoRunResult> auto_run(const AutoRunOptions& options,
                                             const Accepted& accepted);

}  // namespace batchwright::client
