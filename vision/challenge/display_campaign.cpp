#include "vision/challenge/display_campaign.h"

#include <fmt/format.h>

#include "vision/engine/check_engine.h"

namespace batchwright::vision::challenge {

std::string display_truth(std::uint64_t seed, int number) {
  const auto truth = display_case(seed, static_cast<std::uint64_t>(number));
  return fmt::format("{} {} light-{} {} '{}' '{}' {}x{}", number,
                     display_number(truth.display).name, truth.light, to_string(truth.trouble),
                     truth.text, truth.after, truth.frame.width, truth.frame.height);
}

Json display_outcome(std::uint64_t seed, int number) {
  const SystemClock clock;
  const auto truth = display_case(seed, static_cast<std::uint64_t>(number));
  const auto began_ms = clock.monotonic_ms();
  const auto scene = draw_display(truth);
  const auto drawn_ms = clock.monotonic_ms();
  Json outcome{{"display", display_number(truth.display).name},
               {"light", light_number(truth.light).family},
               {"trouble", to_string(truth.trouble)},
               {"text", truth.text},
               {"frame", truth.frame.width},
               {"draw_ms", drawn_ms - began_ms}};
  auto engine = CheckEngine::prepare(scene.check);
  CheckResult result;
  if (engine) result = engine->judge(scene.frame, {}, clock);
  const auto read = result.readings.empty() ? std::string() : result.readings.front().second;
  outcome["judge_ms"] = result.took_ms;
  outcome["read"] = read;
  outcome["code"] = result.regions.empty() ? to_string(result.quality.advice)
                                           : result.regions.front().code.c_str();
  outcome["right"] = read == truth.text;
  if (truth.trouble == DisplayTrouble::kDeadSegment) {
    outcome["legal"] = truth.looks_legal;
    outcome["left"] = truth.looks_like;
  }
  return outcome;
}

DisplayCounts count_displays(const std::vector<Json>& outcomes) {
  DisplayCounts counts;
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
    } else if (trouble == "dead_segment") {
      const bool legal = outcome.at("legal").get<bool>();
      ++(legal ? counts.dead_legal : counts.dead_illegal);
      if (read) ++(legal ? counts.dead_legal_read : counts.dead_illegal_read);
    } else {
      ++counts.silent;
      counts.silent_read += read ? 1 : 0;
    }
  }
  return counts;
}

}  // namespace batchwright::vision::challenge
