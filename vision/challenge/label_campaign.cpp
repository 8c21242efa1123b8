// Labels: read within three frames inside the quality gate, undecided outside, never read wrong.
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <map>

#include "base/ensure.h"
#include "vision/challenge/campaigns.h"
#include "vision/challenge/label_scene.h"
#include "vision/engine/check_engine.h"

namespace batchwright::vision::challenge {

namespace {

constexpr double kModulePxMin = 2;

Check check_for(bool gs1) {
  Check check;
  check.id = "rendered-label";
  check.version = "1";
  check.title = {{"en", "Rendered label"}};
  check.camera = "CAM-A";
  check.quality.module_px_min = kModulePxMin;
  // White paper may be burnt out as long as the ink on it is read.
  check.quality.glare_share_max = 0.6;
  LabelCheck rule;
  rule.plain_text = !gs1;
  check.rule = rule;
  return check;
}

CheckEngine& engine_for(bool gs1) {
  static auto plain = CheckEngine::prepare(check_for(false));
  static auto of_gs1 = CheckEngine::prepare(check_for(true));
  ensure(plain.has_value() && of_gs1.has_value(), "a label check needs nothing but itself");
  return gs1 ? *of_gs1 : *plain;
}

double cpu_ms() {
  return static_cast<double>(std::clock()) * 1000 / CLOCKS_PER_SEC;
}

// Readings that the label doesn't say.
int wrong_reads(const LabelScene& scene, const CheckResult& result) {
  return static_cast<int>(std::ranges::count_if(result.readings, [&](const auto& reading) {
    return std::ranges::find(scene.on_label, reading) == scene.on_label.end();
  }));
}

Json run_scene(std::uint64_t seed, int number) {
  const ManualClock clock({});
  const auto scene = label_scene(seed, number);
  auto verdict = Verdict::kUndecided;
  Json frames = Json::array();
  int wrong = 0;
  std::string code;
  for (int i = 0; i < kFramesOfScene && verdict == Verdict::kUndecided; ++i) {
    const auto rendered = render(scene, i);
    const double began_ms = cpu_ms();
    const auto result = engine_for(scene.gs1).judge(rendered.frame, scene.expected, clock);
    verdict = result.verdict;
    wrong += wrong_reads(scene, result);
    code = result.regions.empty() ? "bad_image" : result.regions.front().code;
    frames.push_back({{"ms", cpu_ms() - began_ms},
                      {"good", result.quality.good},
                      {"read", !result.readings.empty()},
                      {"advice", to_string(result.quality.advice)},
                      {"module_px", result.quality.module_px.value_or(0)}});
  }
  return {
      {"verdict", to_string(verdict)}, {"code", code}, {"wrong_reads", wrong}, {"frames", frames}};
}

bool is(const Json& outcome, const char* verdict) {
  return outcome.is_object() && outcome["verdict"] == verdict;
}

// Counts over the scenes that `of` takes.
struct Count {
  std::int64_t n = 0, right = 0, in_one = 0, undecided = 0, accepted_wrong = 0, refused_right = 0,
               wrong_reads = 0, ended = 0;

  void add(const LabelScene& scene, const Json& outcome) {
    ++n;
    if (!outcome.is_object()) {
      ++ended;
      return;
    }
    const bool as_it_is = is(outcome, scene.wrong ? "fail" : "pass");
    right += as_it_is ? 1 : 0;
    in_one += as_it_is && outcome["frames"].size() == 1 ? 1 : 0;
    undecided += is(outcome, "undecided") ? 1 : 0;
    accepted_wrong += scene.wrong && is(outcome, "pass") ? 1 : 0;
    refused_right += !scene.wrong && is(outcome, "fail") ? 1 : 0;
    wrong_reads += outcome["wrong_reads"].get<int>() > 0 ? 1 : 0;
  }

  [[nodiscard]] std::vector<std::string> row(const std::string& name) const {
    return {name,
            std::to_string(n),
            rate_text(right, n),
            std::to_string(in_one),
            std::to_string(undecided),
            std::to_string(accepted_wrong),
            std::to_string(refused_right),
            std::to_string(wrong_reads),
            std::to_string(ended)};
  }
};

using Counts = std::map<std::string, Count>;

Table table_of(const std::string& title, const Counts& counts) {
  Table table{title,
              {"scenes", "n", "decided as it is, within 3 frames", "in the first", "undecided",
               "wrong accepted", "right refused", "read wrong", "process ended"},
              {}};
  for (const auto& [name, count] : counts) table.rows.push_back(count.row(name));
  return table;
}

std::string bin(double value, double step, const char* unit) {
  const double low = step * static_cast<int>(value / step);
  return fmt::format("{:04.1f} to {:04.1f} {}", low, low + step, unit);
}

// How well the frame's quality foretells whether its label is read, and what a frame costs.
Table frames_table(const std::vector<Json>& outcomes) {
  std::int64_t read = 0, read_good = 0, unread = 0, unread_rejected = 0;
  std::vector<double> times_ms;
  for (const auto& outcome : outcomes) {
    if (!outcome.is_object()) continue;
    for (const auto& frame : outcome["frames"]) {
      const bool good = frame["good"].get<bool>();
      times_ms.push_back(frame["ms"].get<double>());
      if (frame["read"].get<bool>()) {
        ++read;
        read_good += good ? 1 : 0;
      } else {
        ++unread;
        unread_rejected += good ? 0 : 1;
      }
    }
  }
  std::ranges::sort(times_ms);
  const auto at = [&](double share) {
    if (times_ms.empty()) return 0.0;
    return times_ms[static_cast<std::size_t>(share * static_cast<double>(times_ms.size() - 1))];
  };
  return {"Frames",
          {"what", "figure"},
          {{"read, and let pass by the quality gate", rate_text(read_good, read)},
           {"not read, and rejected by the quality gate", rate_text(unread_rejected, unread)},
           {"processor time of a check, median", fmt::format("{:.1f} ms", at(0.5))},
           {"processor time of a check, 95th percentile", fmt::format("{:.1f} ms", at(0.95))},
           {"processor time of a check, longest", fmt::format("{:.1f} ms", at(1))}}};
}

// What to look at: cases inside the gate that weren't decided, and outside that were.
Table odd_table(std::uint64_t seed, const std::vector<Json>& outcomes) {
  constexpr std::size_t kRowsMax = 40;
  Table table{"Cases to look at", {"case", "gate", "symbology", "verdict", "code"}, {}};
  for (std::size_t i = 0; i < outcomes.size() && table.rows.size() < kRowsMax; ++i) {
    const auto scene = label_scene(seed, static_cast<int>(i));
    const auto& outcome = outcomes[i];
    const bool undecided = is(outcome, "undecided");
    if (outcome.is_object() && undecided != (scene.gate == Gate::kInside)) continue;
    table.rows.push_back({std::to_string(i), to_string(scene.gate), to_string(scene.symbology),
                          outcome.is_object() ? outcome["verdict"].get<std::string>() : "ended",
                          outcome.is_object() ? outcome["code"].get<std::string>() : ""});
  }
  return table;
}

// What a frame that wasn't judged advises, by what is wrong with it.
Table advice_table(std::uint64_t seed, const std::vector<Json>& outcomes) {
  std::map<std::string, std::map<std::string, int>> counts;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (!is(outcomes[i], "undecided")) continue;
    const auto scene = label_scene(seed, static_cast<int>(i));
    ++counts[to_string(scene.gate)][outcomes[i]["frames"].back()["advice"].get<std::string>()];
  }
  Table table{"Advice of undecided scenes", {"gate", "advice"}, {}};
  for (const auto& [gate, advices] : counts) {
    std::string cell;
    for (const auto& [advice, count] : advices) cell += fmt::format("{} {}  ", advice, count);
    table.rows.push_back({gate, cell});
  }
  return table;
}

std::vector<Table> tables_of(std::uint64_t seed, const std::vector<Json>& outcomes) {
  Counts gates, symbologies, blurs, tilts, contrasts;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const auto scene = label_scene(seed, static_cast<int>(i));
    gates[to_string(scene.gate)].add(scene, outcomes[i]);
    if (scene.gate != Gate::kInside) continue;
    symbologies[fmt::format("{}, {:.0f} px a module", to_string(scene.symbology),
                            scene.pose.module_px)]
        .add(scene, outcomes[i]);
    blurs[bin(scene.camera.defocus_px / scene.pose.module_px, 0.1, "modules")].add(scene,
                                                                                   outcomes[i]);
    tilts[bin(scene.pose.tilt_deg, 5, "degrees")].add(scene, outcomes[i]);
    contrasts[bin(scene.print.paper - scene.print.ink, 50, "grey levels")].add(scene, outcomes[i]);
  }
  return {table_of("By gate", gates),
          table_of("Inside: symbology and module size", symbologies),
          table_of("Inside: radius of the blur", blurs),
          table_of("Inside: tilt", tilts),
          table_of("Inside: contrast of the print", contrasts),
          frames_table(outcomes),
          advice_table(seed, outcomes),
          odd_table(seed, outcomes)};
}

}  // namespace

Campaign label_campaign() {
  return {"labels",
          "Each case is a label of its own (zint's symbol, another text, print, place, light and "
          "noise) on a cluttered table, 1920 x 1080. Four of five cases are inside the quality "
          "gate; the others are too blurred, too dark, under glare or too small. Half of the cases "
          "expect another text, one character away from the printed one.",
          [](std::uint64_t seed, int number) {
            return batchwright::to_text(to_json(label_scene(seed, number)));
          },
          run_scene, tables_of};
}

std::string label_result(std::uint64_t seed, int number) {
  const ManualClock clock({});
  const auto scene = label_scene(seed, number);
  return canonical_text(engine_for(scene.gs1).judge(render(scene, 0).frame, scene.expected, clock));
}

}  // namespace batchwright::vision::challenge
