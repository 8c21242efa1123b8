// Random structured procedures with a second, independent idea of what they mean. The charts are
// made of sequence, AND, OR, loop and nested groups; the oracle walks that structure itself and
// knows nothing of tokens.
#pragma once

#include <cstdint>

#include "tests/workflows/random_operator.h"

namespace batchwright::workflows::test {

// The same seed gives the same chart. At most about `steps_max` steps.
RandomChart make_random_chart(std::uint64_t seed, int steps_max);

}  // namespace batchwright::workflows::test
