// Follows the tokens of a chart through AND splits and joins, without running it, to find joins
// that can never fire and branches that are never joined.
//
// Every token holds a set of shares. The begin node's token holds the whole (share 0). An AND split
// with n links divides what its token holds into n new shares; a token that holds all n again holds
// what was divided. A join can fire exactly when its inputs hold different shares that can exist at
// the same time; where ways meet without a join the shares must be the same, whichever way was
// taken; and an end needs the whole. Loops inside a branch keep the share, so every node is visited
// once and the work grows with the chart, not with its runs.
#pragma once

#include <string>
#include <vector>

#include "workflows/internal/chart_graph.h"

namespace batchwright::workflows {

enum class FlowDefect {
  kJoinNeverFires,   // an input can't be there together with the others
  kUnequalMerge,     // ways from different parallel branches meet without a join
  kEndWhileRunning,  // an end is reached while another parallel branch may still run
  kTooComplex,       // more work than the limit; nothing is known
};

struct FlowFinding {
  FlowDefect defect;
  int node;
  int input = -1;  // kJoinNeverFires: the node whose token is missing, when one can be named
};

// `graph` has exactly one begin. Unreachable nodes are ignored.
[[nodiscard]] std::vector<FlowFinding> check_token_flow(const ChartGraph& graph);

}  // namespace batchwright::workflows
