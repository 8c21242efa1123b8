// The "expectations" of an MBR: what its owner holds it to, and its named scenarios.
#pragma once

#include "workflows/internal/json_object.h"

namespace batchwright::workflows {

[[nodiscard]] Expectations read_expectations(const Json& json, const JsonPlace& place,
                                             Report& report);
[[nodiscard]] Json write_expectations(const Expectations& expectations);

}  // namespace batchwright::workflows
