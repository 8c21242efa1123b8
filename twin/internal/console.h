// What the commands share: how they say that something failed, and the machine's clock.
#pragma once

#include "base/error.h"
#include "base/time.h"

namespace batchwright::twin::internal {

// Says it on standard error; returns the exit code for it.
[[nodiscard]] int report(const Error& error);
// Everything said is out; 0.
[[nodiscard]] int done();
[[nodiscard]] const SystemClock& system_clock();

}  // namespace batchwright::twin::internal
