// The ways that a dry-run plays, in their order.
#include "workflows/dry_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "workflows/dry_run/faults.h"
#include "workflows/dry_run/scenario_way.h"
#include "workflows/internal/identifier.h"

namespace batchwright::workflows {

namespace {

using namespace dry;

constexpr int kWaysMax = 2'000;
constexpr std::size_t kDisturbedPerWay = 250;
constexpr int kLoopPasses = 6;

std::set<std::string> all_transitions(const RunIndex& index) {
  std::set<std::string> all;
  for (const auto& [path, element] : index.elements) {
    for (const auto& [id, node] : element.chart.nodes) {
      if (node.node->kind == NodeKind::kTransition) all.insert(node_place(path, id));
    }
  }
  return all;
}

void play_clean(const Stage& stage, const Decisions& decisions, std::set<std::string>& probed) {
  ProbingWay way(decisions, nullptr, probed);
  Player player(stage, way, "clean");
  if (!player.play()) return;
  for (const std::string& id : player.state.exception_order) {
    const ExceptionState& exception = player.state.exceptions.at(id);
    stage.ledger.warning("clean.exception", exception.step + ":" + exception.entry,
                         "A clean run opens an exception here: " + exception.message);
  }
}

// Until every transition fired, or no value was found that makes it.
void play_transitions(const Stage& stage, const Decisions& decisions,
                      std::set<std::string>& probed) {
  std::set<std::string> wanted = all_transitions(stage.index());
  std::erase_if(wanted, [&](const std::string& place) {
    return stage.ledger.is_reached("transition", place);
  });
  Targets targets(stage.index(), std::move(wanted));
  for (int i = 1; i <= kWaysMax && !targets.empty() && !stage.ledger.stopped(); ++i) {
    ProbingWay way(decisions, &targets, probed);
    Player(stage, way, fmt::format("transitions {}", i)).play();
    if (way.removed() > 0) continue;
    // Nothing new: what was wished for in vain is given up, else everything.
    const std::set<std::string> given_up =
        way.unsolved().empty() ? targets.wanted() : way.unsolved();
    for (const std::string& place : given_up) {
      if (targets.remove(place)) {
        stage.ledger.explain("transition", place,
                             "no values were found that make it fire on the ways that were tried");
      }
    }
  }
}

// Prefers one transition of a loop as long as it may: counters and their limits.
class LoopingWay : public SteeredWay {
 public:
  LoopingWay(const Decisions& decisions, Targets& one, std::string again)
      : SteeredWay(decisions, &one), one_(one), again_(std::move(again)) {}

  void committed(Player& player, const Drafts& drafts) override {
    SteeredWay::committed(player, drafts);
    if (one_.empty() && ++passes_ < kLoopPasses) {
      one_.want(again_);
    }
  }

 private:
  Targets& one_;
  std::string again_;
  int passes_ = 0;
};

bool leads_back(const ChartNode& transition) {
  std::vector<const ChartNode*> open(transition.out.begin(), transition.out.end());
  std::set<const ChartNode*> seen;
  while (!open.empty()) {
    const ChartNode* node = open.back();
    open.pop_back();
    if (node == &transition) return true;
    if (!seen.insert(node).second) continue;
    open.insert(open.end(), node->out.begin(), node->out.end());
  }
  return false;
}

void play_loops(const Stage& stage, const Decisions& decisions) {
  int ways = 0;
  for (const DecisionPoint& point : decisions.all()) {
    for (const ChartNode* transition : point.out) {
      const std::string place = node_place(point.chart, transition->node->id);
      if (stage.ledger.stopped() || ++ways > kWaysMax || !leads_back(*transition)) continue;
      Targets one(stage.index(), {place});
      LoopingWay way(decisions, one, place);
      Player(stage, way, "again by " + place).play();
    }
  }
}

void play_faults(const Stage& stage, const Decisions& decisions) {
  std::set<std::string> disturbed;
  Targets targets(stage.index(), all_transitions(stage.index()));
  const auto steps = static_cast<std::size_t>(stage.mbr->count_steps());
  for (int i = 1; i <= kWaysMax && disturbed.size() < steps && !stage.ledger.stopped(); ++i) {
    const std::size_t before = disturbed.size();
    FaultyWay way(decisions, &targets, disturbed, kDisturbedPerWay);
    Player(stage, way, fmt::format("faults {}", i)).play();
    if (disturbed.size() == before && way.removed() == 0) break;
  }
}

void play_scenarios(const Stage& stage, const std::string& which) {
  bool found = false;
  for (const Scenario& scenario : stage.mbr->expectations.scenarios) {
    if (stage.ledger.stopped()) return;
    if (!which.empty() && which != "all" && which != scenario.id) continue;
    found = true;
    stage.ledger.report.scenarios.push_back(play_scenario(stage, scenario));
  }
  if (found || which.empty() || which == "all") return;
  stage.ledger.error("scenario.unknown", which, "The MBR has no scenario of this name.");
}

}  // namespace

DryRunReport dry_run(const std::shared_ptr<const Mbr>& mbr, const DryRunOptions& options) {
  Ledger ledger(options);
  ledger.report.id = mbr->id;
  ledger.report.version = mbr->version;
  ledger.report.mbr_hash = to_hex(mbr->hash);
  const Stage stage(mbr, ledger);
  if (options.scenario.empty()) {
    const Decisions decisions(stage.index());
    expect_everything(stage, decisions);
    std::set<std::string> probed;
    play_clean(stage, decisions, probed);
    play_transitions(stage, decisions, probed);
    play_loops(stage, decisions);
    play_faults(stage, decisions);
  }
  play_scenarios(stage, options.scenario);
  return ledger.take();
}

}  // namespace batchwright::workflows
