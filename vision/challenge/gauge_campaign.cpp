#include "vision/challenge/gauge_campaign.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "vision/engine/check_engine.h"

namespace batchwright::vision::challenge {

std::string gauge_truth(std::uint64_t seed, int number) {
  const auto truth = gauge_case(seed, static_cast<std::uint64_t>(number));
  return fmt::format("{} {} light-{} {} {:.6f} {}x{}", number, dial_number(truth.dial).name,
                     truth.light, to_string(truth.trouble), truth.value, truth.frame.width,
                     truth.frame.height);
}

Json gauge_outcome(std::uint64_t seed, int number) {
  const SystemClock clock;
  const auto truth = gauge_case(seed, static_cast<std::uint64_t>(number));
  const auto began_ms = clock.monotonic_ms();
  const auto scene = draw_gauge(truth);
  Json outcome{{"dial", dial_number(truth.dial).name},
               {"light", light_number(truth.light).family},
               {"trouble", to_string(truth.trouble)},
               {"value", truth.value},
               {"draw_ms", clock.monotonic_ms() - began_ms}};
  auto engine = CheckEngine::prepare(scene.check);
  CheckResult result;
  if (engine) result = engine->judge(scene.frame, {}, clock);
  const auto read = result.readings.empty() ? std::string() : result.readings.front().second;
  double value = 0;
  std::from_chars(read.data(), read.data() + read.size(), value);
  outcome["judge_ms"] = result.took_ms;
  outcome["read"] = read;
  outcome["code"] = result.regions.empty() ? to_string(result.quality.advice)
                                           : result.regions.front().code.c_str();
  outcome["right"] = !read.empty() && std::abs(value - truth.value) <= truth.allowed;
  outcome["near"] = !read.empty() && std::abs(value - truth.value) <= truth.allowed / 2;
  return outcome;
}

GaugeCounts count_gauges(const std::vector<Json>& outcomes) {
  GaugeCounts counts;
  for (const auto& outcome : outcomes) {
    if (outcome.is_null()) continue;
    const auto trouble = outcome.at("trouble").get<std::string>();
    const bool read = !outcome.at("read").get_ref<const std::string&>().empty();
    if (trouble == "none") {
      ++counts.readable;
      counts.readable_read += read ? 1 : 0;
    }
    if (trouble == "none" || trouble == "covered" || trouble == "glare") {
      counts.read += read ? 1 : 0;
      counts.read_wrong += read && !outcome.at("right").get<bool>() ? 1 : 0;
      counts.read_near += read && outcome.at("near").get<bool>() ? 1 : 0;
    } else {
      ++counts.silent;
      counts.silent_read += read ? 1 : 0;
    }
  }
  return counts;
}

std::string lamp_truth(std::uint64_t seed, int number) {
  const auto truth = lamp_case(seed, static_cast<std::uint64_t>(number));
  std::string line = fmt::format("{} light-{} {} {}", number, truth.light, to_string(truth.trouble),
                                 truth.troubled);
  for (std::size_t i = 0; i < kLamps; ++i)
    line += fmt::format(" {}/{}:{}={}", truth.lens[i], truth.states[i], truth.shown[i],
                        truth.expected[i]);
  return line;
}

Json lamp_outcome(std::uint64_t seed, int number) {
  const SystemClock clock;
  const auto truth = lamp_case(seed, static_cast<std::uint64_t>(number));
  const auto began_ms = clock.monotonic_ms();
  const auto scene = draw_lamps(truth);
  Json outcome{{"light", light_number(truth.light).family},
               {"trouble", to_string(truth.trouble)},
               {"draw_ms", clock.monotonic_ms() - began_ms},
               {"lamps", Json::array()}};
  auto engine = CheckEngine::prepare(scene.check);
  CheckResult result;
  if (engine) result = engine->judge(scene.frame, {}, clock);
  outcome["verdict"] = to_string(result.verdict);
  outcome["judge_ms"] = result.took_ms;
  const bool touched =
      truth.trouble == LampTrouble::kCovered || truth.trouble == LampTrouble::kGlare;
  for (std::size_t i = 0; i < kLamps; ++i) {
    const bool judged = i < result.regions.size();
    outcome["lamps"].push_back(
        {{"shown", fmt::format("state-{}", truth.shown[i])},
         {"expected", fmt::format("state-{}", truth.expected[i])},
         {"seen", judged ? result.regions[i].seen : ""},
         {"verdict", judged ? to_string(result.regions[i].verdict) : "undecided"},
         {"score", judged ? result.regions[i].score : 0},
         {"touched", touched && static_cast<int>(i) == truth.troubled}});
  }
  return outcome;
}

LampCounts count_lamps(const std::vector<Json>& outcomes) {
  LampCounts counts;
  for (const auto& outcome : outcomes) {
    if (outcome.is_null()) continue;
    for (const auto& lamp : outcome.at("lamps")) {
      const auto& verdict = lamp.at("verdict").get_ref<const std::string&>();
      const bool told = verdict == "pass" || verdict == "fail";
      if (lamp.at("touched").get<bool>()) {
        ++counts.touched;
        counts.touched_wrong += told && lamp.at("seen") != lamp.at("shown") ? 1 : 0;
        continue;
      }
      const bool same = lamp.at("shown") == lamp.at("expected");
      ++(same ? counts.right : counts.other);
      if (verdict == "pass") ++(same ? counts.right_passed : counts.other_passed);
      if (verdict == "fail") ++(same ? counts.right_failed : counts.other_failed);
      if (!told) continue;
      ++counts.lit_or_not;
      const bool was_lit = lamp.at("shown") != "state-0", seen_lit = lamp.at("seen") != "state-0";
      counts.lit_or_not_wrong += was_lit != seen_lit ? 1 : 0;
    }
  }
  return counts;
}

}  // namespace batchwright::vision::challenge
