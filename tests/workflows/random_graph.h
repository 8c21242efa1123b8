// Random charts of any shape: sound ones bent by random edits, and links thrown between random
// nodes. Many can't work; the checker has to say which.
#pragma once

#include <cstdint>

#include "tests/workflows/random_operator.h"
#include "tests/workflows/token_game.h"

namespace batchwright::workflows::test {

struct RandomGraph {
  std::shared_ptr<const Mbr> mbr;
  Guards guards;
  std::vector<std::string> paths;  // of its steps
};

// The same seed gives the same graph. At most `steps_max` steps, in up to three levels of groups.
RandomGraph make_random_graph(std::uint64_t seed, int steps_max);

}  // namespace batchwright::workflows::test
