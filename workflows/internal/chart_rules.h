// The rules about ways through a chart.
#pragma once

#include <string_view>

#include "workflows/internal/chart_graph.h"
#include "workflows/internal/report.h"

namespace batchwright::workflows {

// Every node leaves no doubt where its token goes, and every alternative can be taken.
void check_exits(const ChartGraph& graph, std::string_view path, Report& report);

// Every node lies on a way from begin to an end; loops can be left; joins can fire.
void check_ways(const ChartGraph& graph, std::string_view path, Report& report);

// Transitions that can never fire: their condition is constant and not true, or an alternative
// before them always is true.
[[nodiscard]] NodeSet never_firing(const ChartGraph& graph);

}  // namespace batchwright::workflows
