// The result pages of displays, gauges and lamps.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "vision/challenge/campaigns.h"
#include "vision/challenge/display_campaign.h"
#include "vision/challenge/gauge_campaign.h"
#include "vision/engine/check_engine.h"

namespace batchwright::vision::challenge {

namespace {

using Row = std::vector<std::string>;

// One row for each value of `key`: how many scenes of no trouble were read, and what was wrong of
// all that show one number.
Table reading_table(const std::vector<Json>& outcomes, const char* key, const std::string& title) {
  struct Tally {
    int readable = 0, readable_read = 0, read = 0, wrong = 0;
  };
  std::map<std::string, Tally> tallies;
  for (const auto& outcome : outcomes) {
    if (outcome.is_null()) continue;
    const auto trouble = outcome.at("trouble").get<std::string>();
    if (trouble != "none" && trouble != "covered" && trouble != "glare") continue;
    auto& tally = tallies[outcome.at(key).get<std::string>()];
    const int read = outcome.at("read").get_ref<const std::string&>().empty() ? 0 : 1;
    tally.readable += trouble == "none" ? 1 : 0;
    tally.readable_read += trouble == "none" ? read : 0;
    tally.read += read;
    tally.wrong += read == 1 && !outcome.at("right").get<bool>() ? 1 : 0;
  }
  Table table{title, {key, "without trouble", "of these read", "readings", "wrong"}, {}};
  for (const auto& [name, tally] : tallies)
    table.rows.push_back({name, std::to_string(tally.readable), std::to_string(tally.readable_read),
                          std::to_string(tally.read), std::to_string(tally.wrong)});
  return table;
}

Table code_table(const std::vector<Json>& outcomes) {
  std::map<std::pair<std::string, std::string>, int> counts;
  for (const auto& outcome : outcomes)
    if (!outcome.is_null())
      ++counts[{outcome.at("trouble").get<std::string>(), outcome.at("code").get<std::string>()}];
  Table table{"What was said", {"trouble", "code or advice", "scenes"}, {}};
  for (const auto& [key, count] : counts)
    table.rows.push_back({key.first, key.second, std::to_string(count)});
  return table;
}

// Medians and 95th percentiles of the time of drawing and of judging.
Table time_table(const std::vector<Json>& outcomes) {
  Table table{"Time of one scene, ms", {"", "median", "95 %"}, {}};
  for (const char* key : {"draw_ms", "judge_ms"}) {
    std::vector<std::int64_t> times;
    for (const auto& outcome : outcomes)
      if (!outcome.is_null()) times.push_back(outcome.at(key).get<std::int64_t>());
    if (times.empty()) continue;
    std::ranges::sort(times);
    table.rows.push_back({key, std::to_string(times[times.size() / 2]),
                          std::to_string(times[times.size() * 95 / 100])});
  }
  return table;
}

Row counted(const std::string& what, int count, int of) {
  return {what, rate_text(count, of)};
}

Row ended(const std::vector<Json>& outcomes) {
  const auto count = std::ranges::count_if(outcomes, [](const Json& one) { return one.is_null(); });
  return counted("ended its process", static_cast<int>(count), static_cast<int>(outcomes.size()));
}

std::vector<Table> display_tables(std::uint64_t, const std::vector<Json>& outcomes) {
  const auto n = count_displays(outcomes);
  return {{"Result",
           {"", "scenes"},
           {counted("read, of displays without trouble", n.readable_read, n.readable),
            counted("right, of all readings of one number", n.read - n.read_wrong, n.read),
            counted("silent, of blank, half-changed and moved points", n.silent - n.silent_read,
                    n.silent),
            counted("silent, of dead segments that leave no character",
                    n.dead_illegal - n.dead_illegal_read, n.dead_illegal),
            counted("read as what is left, of dead segments that leave another character",
                    n.dead_legal_read, n.dead_legal),
            ended(outcomes)}},
          code_table(outcomes),
          reading_table(outcomes, "display", "By display"),
          reading_table(outcomes, "light", "By light"),
          time_table(outcomes)};
}

std::vector<Table> gauge_tables(std::uint64_t, const std::vector<Json>& outcomes) {
  const auto n = count_gauges(outcomes);
  return {{"Result",
           {"", "scenes"},
           {counted("read, of dials without trouble", n.readable_read, n.readable),
            counted("right, of all readings of one value", n.read - n.read_wrong, n.read),
            counted("right within half of that", n.read_near, n.read),
            counted("silent, without needle, off the scale or moving", n.silent - n.silent_read,
                    n.silent),
            ended(outcomes)}},
          code_table(outcomes),
          reading_table(outcomes, "dial", "By dial"),
          reading_table(outcomes, "light", "By light"),
          time_table(outcomes)};
}

Table lamp_light_table(const std::vector<Json>& outcomes) {
  std::map<std::string, std::vector<Json>> by_light;
  for (const auto& outcome : outcomes)
    if (!outcome.is_null()) by_light[outcome.at("light").get<std::string>()].push_back(outcome);
  Table table{
      "By light", {"light", "right lamps", "passed", "wrong lamps", "failed", "passed"}, {}};
  for (const auto& [light, some] : by_light) {
    const auto n = count_lamps(some);
    table.rows.push_back({light, std::to_string(n.right), std::to_string(n.right_passed),
                          std::to_string(n.other), std::to_string(n.other_failed),
                          std::to_string(n.other_passed)});
  }
  return table;
}

std::vector<Table> lamp_tables(std::uint64_t, const std::vector<Json>& outcomes) {
  const auto n = count_lamps(outcomes);
  return {{"Result",
           {"", "lamps"},
           {counted("passed, of lamps in another state (false accept)", n.other_passed, n.other),
            counted("failed, of lamps in another state", n.other_failed, n.other),
            counted("passed, of lamps as expected", n.right_passed, n.right),
            counted("failed, of lamps as expected (false reject)", n.right_failed, n.right),
            counted("lit or unlit right, of all calls", n.lit_or_not - n.lit_or_not_wrong,
                    n.lit_or_not),
            counted("called wrong, of lamps under a finger or glare", n.touched_wrong, n.touched),
            ended(outcomes)}},
          lamp_light_table(outcomes),
          time_table(outcomes)};
}

std::string result_of(const Check& check, const Frame& frame) {
  auto engine = CheckEngine::prepare(check);
  return engine ? canonical_text(engine->judge(frame, {}, ManualClock({})))
                : engine.error().message;
}

}  // namespace

std::string display_result(std::uint64_t seed, int number) {
  const auto scene = draw_display(display_case(seed, static_cast<std::uint64_t>(number)));
  return result_of(scene.check, scene.frame);
}

std::string gauge_result(std::uint64_t seed, int number) {
  const auto scene = draw_gauge(gauge_case(seed, static_cast<std::uint64_t>(number)));
  return result_of(scene.check, scene.frame);
}

std::string lamp_result(std::uint64_t seed, int number) {
  const auto scene = draw_lamps(lamp_case(seed, static_cast<std::uint64_t>(number)));
  return result_of(scene.check, scene.frame);
}

Campaign display_campaign() {
  return {"displays",
          "Thirty displays (LED, LCD, dots) under thirty lights. Half show a number and nothing is "
          "wrong; the others are blank, half-changed, have a dead segment, a finger or glare on "
          "them, or a point elsewhere.",
          display_truth, display_outcome, display_tables};
}

Campaign gauge_campaign() {
  return {"gauges",
          "Thirty dials under thirty lights. A reading is right within 2 % of the scale and half a "
          "unit of its last place. Half are without trouble; the others have no needle, point off "
          "the scale, are moving, or have a finger or glare on them.",
          gauge_truth, gauge_outcome, gauge_tables};
}

Campaign lamp_campaign() {
  return {"lamps",
          "Panels of four lamps, two or three states each, under thirty lights. In two of five "
          "scenes one lamp shows another state than it must; in one of five a finger or glare is "
          "on one.",
          lamp_truth, lamp_outcome, lamp_tables};
}

}  // namespace batchwright::vision::challenge
