#include "vision/challenge/station_campaigns.h"

#include <fmt/format.h>

#include <map>

#include "vision/challenge/campaigns.h"
#include "vision/engine/check_engine.h"

namespace batchwright::vision::challenge {

namespace {

// The code of the region that is wrong, or of the first that isn't in order.
std::string code_of(const CheckResult& result, const std::string& slot) {
  for (const auto& region : result.regions)
    if (region.region == slot) return region.code;
  for (const auto& region : result.regions)
    if (region.verdict == result.verdict && region.verdict != Verdict::kPass) return region.code;
  return result.verdict == Verdict::kPass ? "ok" : to_string(result.quality.advice);
}

Json outcome_of(const char* kind, const CheckResult& result, const std::string& slot) {
  return {{"kind", kind},
          {"verdict", to_string(result.verdict)},
          {"code", code_of(result, slot)},
          {"ms", result.took_ms}};
}

// Rows by kind: verdicts, what was said, and the rate that must be small.
std::vector<Table> verdict_tables(const std::vector<Json>& outcomes, const std::string& good) {
  std::map<std::string, std::map<std::string, int>> verdicts, codes;
  for (const auto& outcome : outcomes) {
    if (outcome.is_null()) {
      ++verdicts["ended its process"]["not_performed"];
      continue;
    }
    const auto kind = outcome["kind"].get<std::string>();
    const auto verdict = outcome["verdict"].get<std::string>();
    ++verdicts[kind][verdict];
    ++codes[kind][verdict + ": " + outcome["code"].get<std::string>()];
  }
  Table table{"Verdicts", {"kind", "pass", "fail", "undecided", "not performed", "wrong"}, {}};
  Table said{"What was said", {"kind", "verdict and code", "scenes"}, {}};
  for (auto& [kind, counts] : verdicts) {
    const int n = counts["pass"] + counts["fail"] + counts["undecided"] + counts["not_performed"];
    const bool is_good = kind == good;
    table.rows.push_back({kind, std::to_string(counts["pass"]), std::to_string(counts["fail"]),
                          std::to_string(counts["undecided"]),
                          std::to_string(counts["not_performed"]),
                          (is_good ? "false reject " : "false accept ") +
                              rate_text(is_good ? n - counts["pass"] : counts["pass"], n)});
    for (const auto& [code, count] : codes[kind])
      said.rows.push_back({kind, code, std::to_string(count)});
  }
  return {table, said};
}

}  // namespace

Campaign kits_campaign() {
  Campaign campaign;
  campaign.name = "kits";
  campaign.about =
      "Rendered shadow boards: every ninth case is of one kind (good, swapped, missing, extra, "
      "turned, neighbour, wrong_colour, moved, hand). A false accept is a pass of anything but a "
      "good kit; a false reject is anything but a pass of a good one, undecided included.";
  campaign.truth = [](std::uint64_t seed, int number) {
    return fmt::format("{} {} {}", seed, number, to_string(kit_case_of(number)));
  };
  campaign.run = [](std::uint64_t seed, int number) {
    settle_engine();
    const auto judged = judge_kit_case(seed, number);
    return outcome_of(to_string(judged.kind), judged.result, judged.slot);
  };
  campaign.tables = [](std::uint64_t, const std::vector<Json>& outcomes) {
    return verdict_tables(outcomes, to_string(KitCase::kGood));
  };
  return campaign;
}

Campaign clearance_campaign() {
  Campaign campaign;
  campaign.name = "clearance";
  campaign.about =
      "Rendered benches: clear, with something of 20 to 80 plane pixels left on it (40 or more "
      "grey levels from what lies under it), or with a hand in the picture. A false accept is a "
      "pass of the last two; a false reject is anything but a pass of a clear bench.";
  campaign.truth = [](std::uint64_t seed, int number) {
    return fmt::format("{} {} {}", seed, number, to_string(bench_case_of(number)));
  };
  campaign.run = [](std::uint64_t seed, int number) {
    settle_engine();
    const auto judged = judge_bench_case(seed, number);
    return outcome_of(to_string(judged.kind), judged.result, {});
  };
  campaign.tables = [](std::uint64_t, const std::vector<Json>& outcomes) {
    return verdict_tables(outcomes, to_string(BenchCase::kClear));
  };
  return campaign;
}

Campaign tags_campaign() {
  Campaign campaign;
  campaign.name = "tags";
  campaign.about =
      "Rendered 1080p frames with six tags of 20 to 90 pixels each, of both dictionaries in turn.";
  campaign.truth = [](std::uint64_t seed, int number) {
    return fmt::format("{} {} 6 tags", seed, number);
  };
  campaign.run = [](std::uint64_t seed, int number) {
    settle_engine();
    const auto judged = judge_tag_case(seed, number);
    return Json{{"shown", judged.shown}, {"found", judged.found}, {"wrong", judged.wrong}};
  };
  campaign.tables = [](std::uint64_t, const std::vector<Json>& outcomes) {
    int shown = 0, found = 0, wrong = 0;
    for (const auto& outcome : outcomes) {
      if (outcome.is_null()) continue;
      shown += outcome["shown"].get<int>();
      found += outcome["found"].get<int>();
      wrong += outcome["wrong"].get<int>();
    }
    return std::vector<Table>{
        {"Tags",
         {"found", "not found", "other ids"},
         {{rate_text(found, shown), rate_text(shown - found, shown), rate_text(wrong, shown)}}}};
  };
  return campaign;
}

}  // namespace batchwright::vision::challenge
