#include "client/presenter/check_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace batchwright::client::presenter {

namespace {

using vision::RegionResult;
using vision::Verdict;

constexpr std::size_t kNamedMax = 3;  // places named in the text; the table has all
constexpr std::size_t kOverlaysMax = 12;

ui::CheckMark mark_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass: return ui::CheckMark::kOk;
    case Verdict::kFail: return ui::CheckMark::kWrong;
    default: return ui::CheckMark::kUnsure;
  }
}

// A part, an action or a value that was seen or expected: by its title where it has one.
std::string thing_words(const vision::Check& check, const std::string& id, const Viewer& viewer) {
  const auto* region = check.region(id);
  if (region != nullptr) return in_language(region->title, viewer.language);
  if (const auto* sequence = std::get_if<vision::SequenceCheck>(&check.rule))
    for (const auto& action : sequence->actions)
      if (action.id == id) return in_language(action.title, viewer.language);
  return id;
}

std::string region_words(const vision::Check& check, const std::string& id, const Viewer& viewer) {
  if (const auto words = thing_words(check, id, viewer); words != id) return words;
  const std::string key = "check.place." + id;
  return viewer.words.has(key) ? std::string(viewer.words(key)) : id;
}

// What was seen is another thing than expected, and not a measure of how it lies.
bool is_another(const RegionResult& region) {
  constexpr std::array kAnother{"swapped", "out_of_order", "undone", "other_text", "other_state"};
  return !region.seen.empty() && !region.expected.empty() &&
         std::ranges::find(kAnother, region.code) != kAnother.end();
}

// Codes are the rules' own; one without words is shown as it is.
std::string code_words(const std::string& code, const Viewer& viewer) {
  const std::string key = "check.code." + code;
  return viewer.words.has(key) ? std::string(viewer.words(key)) : code;
}

// What decided first; what is right comes last.
std::vector<const RegionResult*> ordered(const vision::CheckResult& result) {
  std::vector<const RegionResult*> regions;
  for (const auto& region : result.regions) regions.push_back(&region);
  const auto rank = [](const RegionResult* region) {
    return region->verdict == Verdict::kFail ? 0 : region->verdict == Verdict::kPass ? 2 : 1;
  };
  std::ranges::stable_sort(regions, {}, rank);
  return regions;
}

std::string advice_words(const vision::CheckResult& result, const Viewer& viewer) {
  const std::string key = std::string("check.advice.") + to_string(result.quality.advice);
  return viewer.words.has(key) ? std::string(viewer.words(key)) : std::string();
}

std::string kind_key(const char* what, const vision::Check* check, const Viewer& viewer) {
  const std::string key =
      check == nullptr ? std::string() : fmt::format("check.{}.{}", what, kind_of(*check));
  return viewer.words.has(key) ? key : fmt::format("check.{}", what);
}

}  // namespace

std::string verdict_headline(const vision::Check* check, Verdict verdict, const Viewer& viewer) {
  switch (verdict) {
    case Verdict::kPass: return std::string(viewer.words(kind_key("pass", check, viewer)));
    case Verdict::kFail: return std::string(viewer.words(kind_key("fail", check, viewer)));
    case Verdict::kUndecided: return std::string(viewer.words("check.undecided"));
    case Verdict::kNotPerformed: return std::string(viewer.words("check.not_performed"));
  }
  return {};
}

std::string verdict_text(const vision::Check& check, const vision::CheckResult& result,
                         const Viewer& viewer) {
  std::string text;
  std::size_t named = 0;
  for (const auto* region : ordered(result)) {
    const bool failed = region->verdict == Verdict::kFail;
    const bool says_why = failed || result.verdict != Verdict::kFail;
    if (region->verdict == Verdict::kPass || named == kNamedMax || !says_why) break;
    ++named;
    text +=
        fmt::format("{}{}: {}", text.empty() ? "" : " ",
                    region_words(check, region->region, viewer), code_words(region->code, viewer));
    if (failed && is_another(*region))
      text += fmt::format(
          " ({})", viewer.words("check.instead",
                                {{"seen", thing_words(check, region->seen, viewer)},
                                 {"expected", thing_words(check, region->expected, viewer)}}));
    text += ".";
  }
  if (result.verdict == Verdict::kFail) return text;
  if (const auto advice = advice_words(result, viewer); !advice.empty())
    text += (text.empty() ? "" : " ") + advice;
  // The reason itself is for whoever looks after the camera; it is in the log.
  if (text.empty() && !result.reason.empty()) text = viewer.words("check.no_picture");
  return text;
}

std::vector<ui::CheckRowView> rows_of(const vision::Check& check, const vision::CheckResult& result,
                                      const Viewer& viewer) {
  std::vector<ui::CheckRowView> rows;
  for (const auto* region : ordered(result)) {
    const auto place = region_words(check, region->region, viewer);
    ui::CheckRowView row;
    row.mark = mark_of(region->verdict);
    row.expected = region->expected.empty() ? place : thing_words(check, region->expected, viewer);
    if (region->verdict == Verdict::kPass)
      row.seen = region->seen.empty() || region->seen == region->expected
                     ? place
                     : thing_words(check, region->seen, viewer);
    else
      row.seen = is_another(*region) ? thing_words(check, region->seen, viewer)
                                     : code_words(region->code, viewer);
    if (region->verdict == Verdict::kPass && region->seen == region->expected) row.expected = place;
    if (region->threshold > 0) row.score = fmt::format("{:.2f}", region->score);
    rows.push_back(std::move(row));
  }
  return rows;
}

// What decided lies on top; of several results in one place only the first is drawn.
std::vector<ui::OverlayView> overlay_of(const vision::Check& check, const CheckOutcome& outcome,
                                        const Viewer& viewer) {
  std::vector<ui::OverlayView> overlays;
  std::vector<vision::Corners> drawn;
  if (outcome.width <= 0 || outcome.height <= 0) return overlays;
  for (const auto* region : ordered(outcome.result)) {
    if (overlays.size() == kOverlaysMax) break;
    const bool has_place = std::ranges::any_of(
        region->corners, [&](const auto& at) { return at != region->corners[0]; });
    const bool is_station = region->region == "tags" && region->verdict == Verdict::kPass;
    if (!has_place || is_station) continue;
    const auto same = std::ranges::find(drawn, region->corners);
    if (same != drawn.end()) {
      auto& there = overlays[static_cast<std::size_t>(same - drawn.begin())];
      if (there.mark == ui::CheckMark::kOk) there.label = in_language(check.title, viewer.language);
      continue;
    }
    drawn.push_back(region->corners);
    ui::OverlayView overlay;
    for (std::size_t i = 0; i < region->corners.size(); ++i) {
      overlay.corners[2 * i] =
          static_cast<float>(region->corners[i].x) / static_cast<float>(outcome.width);
      overlay.corners[2 * i + 1] =
          static_cast<float>(region->corners[i].y) / static_cast<float>(outcome.height);
    }
    overlay.mark = mark_of(region->verdict);
    overlay.label = region_words(check, region->region, viewer);
    overlays.push_back(std::move(overlay));
  }
  std::ranges::reverse(overlays);
  return overlays;
}

}  // namespace batchwright::client::presenter
