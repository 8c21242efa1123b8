// One batch in which nearly everything happens that can: values in and out of limits, corrections,
// holds, people who override, repeat and choose, results that come late.
#pragma once

#include <functional>
#include <string>

#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {

// Called after each thing that somebody did; `what` is a short sentence.
using Onlooker = std::function<void(const std::string& what, const RunDriver& run)>;

[[nodiscard]] std::shared_ptr<const Mbr> rich_recipe();
// The run after all of it. Times and ids are the same each time; keys and so signatures are not.
[[nodiscard]] RunDriver play_rich_run(const Onlooker& look);

}  // namespace batchwright::workflows::test
