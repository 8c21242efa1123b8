// Loops that nobody works in: a token would go round for ever without a person doing anything,
// because conditions only change when somebody does.
#pragma once

#include <string_view>

#include "workflows/internal/chart_graph.h"
#include "workflows/internal/report.h"

namespace batchwright::workflows {

// A loop needs an element that can't be passed without a step. `graph` is the chart of `group`.
void check_stepless_loops(const ChartGraph& graph, const Element& group, std::string_view path,
                          Report& report);

}  // namespace batchwright::workflows
