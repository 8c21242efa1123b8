// Property: a procedure of any shape that the checker calls sound can't get stuck, whatever people
// answer and in whatever order they work; one that can get stuck is not called sound. Requirements
// A4, B2, B10.
//
// BATCHWRIGHT_GRAPHS and BATCHWRIGHT_SEED choose more graphs and other ones; a failure names its
// seed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/workflows/amounts.h"
#include "tests/workflows/random_graph.h"
#include "workflows/check.h"

namespace batchwright::workflows::test {
namespace {

struct Totals {
  std::size_t sound = 0, unsound = 0;             // as the checker says
  std::size_t whole = 0;                          // every position visited
  std::size_t stuck = 0, waits = 0, endless = 0;  // as every position says
  std::size_t ended = 0, commands = 0, positions = 0, cautious = 0;
};

std::string text_of(const Mbr& mbr) {
  std::string text;
  const auto print = [&](auto& self, const Element& element, const std::string& indent) -> void {
    text += indent + element.id + "\n";
    for (const Node& node : element.chart.nodes) {
      text += fmt::format("{}  {} kind {} {}\n", indent, node.id, static_cast<int>(node.kind),
                          node.condition ? node.condition->text() : "");
    }
    for (const Link& link : element.chart.links) {
      text += fmt::format("{}  {} -> {}\n", indent, link.from, link.to);
    }
    for (const Element& child : element.children) self(self, child, indent + "    ");
  };
  print(print, mbr.procedure, "");
  return text;
}

// Loops end by chance here: a run may go on for long, but never stand still.
void work_graph(RandomGraph graph, std::uint64_t seed, Totals& totals) {
  RandomChart chart{graph.mbr, std::make_unique<GameOrder>(TokenGame(*graph.mbr, graph.guards)),
                    graph.paths};
  RunDriver run(chart.mbr);
  RandomOperator person(chart, run, seed);
  person.commands_max = 200;

  ASSERT_TRUE(person.work());
  totals.commands += person.commands;
  if (person.ended) ++totals.ended;
}

void check_graph(std::uint64_t seed, Totals& totals) {
  const RandomGraph graph = make_random_graph(seed, 2 + static_cast<int>(seed % 7));
  const Findings findings = check_mbr(*graph.mbr);
  const bool sound = !has_errors(findings);
  const Exploration all = explore(TokenGame(*graph.mbr, graph.guards), 1500);
  ++(sound ? totals.sound : totals.unsound);
  totals.positions += all.positions;
  if (all.whole) ++totals.whole;
  if (all.stuck) ++totals.stuck;
  if (all.waits) ++totals.waits;
  if (all.endless) ++totals.endless;
  if (!sound && all.whole && !all.stuck && !all.endless) ++totals.cautious;
  if (!sound) return;
  ASSERT_FALSE(all.stuck) << "people can get stuck\n" << text_of(*graph.mbr);
  ASSERT_FALSE(all.endless) << "it moves by itself for ever\n" << text_of(*graph.mbr);
  work_graph(graph, seed, totals);
  if (::testing::Test::HasFailure()) ADD_FAILURE() << text_of(*graph.mbr);
}

TEST(RandomGraphs, ThatTheCheckerCallsSoundNeverGetStuckAndTheOthersAreNotCalledSound) {
  const std::uint64_t graphs = amount("BATCHWRIGHT_GRAPHS", 10'000);
  const std::uint64_t first_seed = option("BATCHWRIGHT_SEED", 20'261'122);
  Totals totals;
  for (std::uint64_t i = 0; i < graphs && !HasFailure(); ++i) {
    const std::uint64_t seed = first_seed + i;
    SCOPED_TRACE(fmt::format("BATCHWRIGHT_SEED={} BATCHWRIGHT_GRAPHS=1", seed));
    check_graph(seed, totals);
  }
  fmt::print(
      "{} graphs from seed {}: the checker calls {} sound and {} not; {} visited whole ({} "
      "positions); {} can get stuck, {} wait for a "
      "condition, {} move for ever, {} are refused without either; {} commands, "
      "{} runs to the end\n",
      graphs, first_seed, totals.sound, totals.unsound, totals.whole, totals.positions,
      totals.stuck, totals.waits, totals.endless, totals.cautious, totals.commands, totals.ended);
  if (graphs < 500) return;  // a replay of one seed
  EXPECT_GE(totals.sound, graphs / 5);
  EXPECT_GE(totals.stuck, graphs / 10);
  EXPECT_GE(totals.whole, graphs / 2);
  EXPECT_GE(totals.ended, totals.sound / 2);
}

}  // namespace
}  // namespace batchwright::workflows::test
