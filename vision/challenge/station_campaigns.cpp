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

// Case `number` of these is the kit case of the same group, its kind the next of `kinds`.
Campaign kits_campaign(const char* name, const char* about, std::vector<KitCase> kinds) {
  const auto case_of = [kinds](int number) {
    const auto count = static_cast<int>(kinds.size());
    const auto kind = static_cast<int>(kinds[static_cast<std::size_t>(number % count)]);
    return number / count * static_cast<int>(kKitCases.size()) + kind;
  };
  Campaign campaign;
  campaign.name = name;
  campaign.about = about;
  campaign.truth = [case_of](std::uint64_t seed, int number) {
    const int kit = case_of(number);
    return fmt::format("{} {} {}", seed, kit, to_string(kit_case_of(kit)));
  };
  campaign.run = [case_of](std::uint64_t seed, int number) {
    settle_engine();
    const auto judged = judge_kit_case(seed, case_of(number));
    return outcome_of(to_string(judged.kind), judged.result, judged.slot);
  };
  campaign.tables = [](std::uint64_t, const std::vector<Json>& outcomes) {
    return verdict_tables(outcomes, to_string(KitCase::kGood));
  };
  return campaign;
}

}  // namespace

Campaign kits_campaign() {
  return kits_campaign("kits",
                       "Rendered shadow boards, one after the other good, swapped, missing, extra, "
                       "turned and with a neighbour part. A false accept is a pass of anything but "
                       "a good kit; a false reject is anything but a pass of a good one, undecided "
                       "included.",
                       {KitCase::kGood, KitCase::kSwapped, KitCase::kMissing, KitCase::kExtra,
                        KitCase::kTurned, KitCase::kNeighbour});
}

Campaign more_kits_campaign() {
  return kits_campaign("more-kits",
                       "Rendered shadow boards, one after the other with a part of another colour, "
                       "a part that was moved, and a hand over a part. A pass of any is a false "
                       "accept.",
                       {KitCase::kWrongColour, KitCase::kMoved, KitCase::kHand});
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
