// What a camera check said of an object (requirement E3). Never test-until-pass: a fail is put
// right first, a pass is final, and no check or camera counts but those that the MBR names.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "base/text.h"
#include "workflows/camera_check.h"
#include "workflows/internal/check_rules.h"
#include "workflows/internal/failed_check.h"
#include "workflows/internal/mbr_limits.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows {
namespace {

constexpr std::size_t kFramesMax = 100;
constexpr std::size_t kReadingsMax = 64;  // as many as a check may have (docs/formats/check.md)
constexpr std::size_t kRegionsMax = 200;
constexpr std::size_t kWordsMax = 5;  // regions in an exception's message; the event has all

std::string place_of(const RecordCheck& command) {
  return command.step + ":" + command.entry;
}

bool is_decimal_or_empty(const std::string& text) {
  return text.empty() || Decimal::parse(text).has_value();
}

bool are_texts(const std::vector<std::string>& texts) {
  return std::ranges::all_of(
      texts, [](const std::string& text) { return checked_text(text).has_value(); });
}

// What was scanned may hold group separators; the record keeps them.
bool is_reading(const std::string& text) {
  return find_text_problem(text, "\x1d") == TextProblem::kNone &&
         count_characters(text) <= kTextCharactersMax;
}

bool are_readings(const std::vector<std::pair<std::string, std::string>>& readings) {
  std::set<std::string_view> names;
  return std::ranges::all_of(readings, [&](const auto& reading) {
    return !reading.first.empty() && checked_text(reading.first) && is_reading(reading.second) &&
           names.insert(reading.first).second;
  });
}

// A pass or a fail without its frames and evidence could never be looked at again (row E5).
bool has_evidence(const RecordCheck& command) {
  const auto is_digest = [](const std::string& hex) { return array_from_hex<32>(hex).has_value(); };
  const bool whole = std::ranges::all_of(command.frames, is_digest) &&
                     (command.evidence.empty() || is_digest(command.evidence));
  const bool may_lack = command.verdict == check_verdict::kNotPerformed;
  return whole && (may_lack || (!command.frames.empty() && !command.evidence.empty()));
}

Checked check_form(const RecordCheck& command) {
  const std::string& verdict = command.verdict;
  const bool known =
      verdict == check_verdict::kPass || verdict == check_verdict::kFail || is_no_verdict(verdict);
  const bool bounded = command.frames.size() <= kFramesMax &&
                       command.readings.size() <= kReadingsMax &&
                       command.regions.size() <= kRegionsMax;
  const bool good = known && bounded && is_decimal_or_empty(command.score) &&
                    is_decimal_or_empty(command.threshold) && are_readings(command.readings) &&
                    are_texts(command.regions);
  if (!good) {
    return refuse("check.format", "The result of the check can't be read. Nothing was saved.",
                  place_of(command));
  }
  if (has_evidence(command)) return {};
  return refuse("check.evidence",
                "The frames or the evidence of the check were not kept. Nothing was saved. Check "
                "again.",
                place_of(command));
}

Checked check_equipment(const CameraCheck& check, const RecordCheck& command) {
  if (command.check_sha256 != check.check.sha256) {
    return refuse("check.other",
                  fmt::format("This is another check than the approved {} version {}. Nothing was "
                              "saved. Call the supervisor.",
                              check.check.id, check.check.version),
                  place_of(command));
  }
  if (command.camera == check.camera) return {};
  return refuse(
      "check.camera",
      fmt::format("The check is made by camera {}. Nothing was saved. Use that one.", check.camera),
      place_of(command));
}

Checked check_suitable(const Decision& decision, const CameraCheck& check,
                       const std::string& place) {
  const RunState& run = decision.state().scalars();
  if (is_disabled(run, check.check.id)) {
    return refuse("check.disabled",
                  "This check failed its challenge and is disabled in this batch. Nothing was "
                  "saved. Two people decide instead.",
                  place);
  }
  if (!waits_for_challenge(decision.index(), run, check.check)) return {};
  return refuse("check.challenge",
                "This check was not challenged yet. Nothing was saved. Do the challenge first.",
                place);
}

Checked check_turn(const Decision& decision, const KnownStep& step, const Entry& entry,
                   const std::string& place) {
  const CheckState* check = check_state(*step.state, entry.id);
  if (check == nullptr) return {};
  if (check->fail_stands) {
    return refuse(
        "check.put_right",
        "The check failed and nobody said how it was put right. Nothing was saved. Put it "
        "right, say how, then check again.",
        place);
  }
  const RecordedValue* value = current_value(*step.state, entry.id);
  const bool again = wants_new_reading(*decision.index().mbr, *step.content, *step.state, entry);
  if (value != nullptr && !again) {
    return refuse("check.passed",
                  "The check has its result already. Nothing was saved. It is done once more only "
                  "after that result was invalidated with a reason.",
                  place);
  }
  if (check->fails > entry.camera_check->attempts_max) {
    return refuse("check.attempts",
                  "The attempts are spent. Nothing was saved. Call the supervisor.", place);
  }
  if (check->no_verdicts < kNoVerdictsMax) return {};
  return refuse("check.attempts",
                fmt::format("The camera came to no verdict {} times. Nothing was saved. Two people "
                            "decide now.",
                            check->no_verdicts),
                place);
}

// A pass that its own numbers or readings speak against is no pass.
Checked check_pass(const Decision& decision, const CameraCheck& check, const RecordCheck& command) {
  if (command.verdict != check_verdict::kPass) return {};
  const auto score = Decimal::parse(command.score);
  const auto threshold = Decimal::parse(command.threshold);
  if (score && threshold && *score < *threshold) {
    return refuse("check.threshold",
                  "The score is below the threshold: that is no pass. Nothing was saved.",
                  place_of(command));
  }
  const auto expected = expected_values(decision.state().scalars(), check);
  if (!expected) return refuse("check.expected", expected.error().message, place_of(command));
  for (const auto& [name, text] : *expected) {
    const auto read =
        std::ranges::find(command.readings, name, &std::pair<std::string, std::string>::first);
    if (read == command.readings.end() || read->second == text) continue;
    return refuse("check.expected",
                  fmt::format("The object bears {} {}, and not {}: that is no pass. Nothing was "
                              "saved.",
                              name, read->second, text),
                  place_of(command));
  }
  return {};
}

std::string words_of(const std::vector<std::string>& regions) {
  const std::size_t count = std::min(regions.size(), kWordsMax);
  std::string words = fmt::format(
      "{}", fmt::join(regions.begin(), regions.begin() + static_cast<std::ptrdiff_t>(count), ", "));
  if (regions.size() > count) words += fmt::format(" and {} more", regions.size() - count);
  return words;
}

}  // namespace

Checked decide_command(Decision& decision, const RecordCheck& command) {
  const auto step = find_running_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const auto entry = find_camera_check(*step, command.entry);
  if (!entry) return std::unexpected(entry.error());
  const CameraCheck& check = *(*entry)->camera_check;
  const std::string place = place_of(command);
  if (auto good = check_form(command); !good) return good;
  if (auto good = check_equipment(check, command); !good) return good;
  if (auto good = check_still_open(*step, command.entry); !good) return good;
  if (auto good = check_suitable(decision, check, place); !good) return good;
  if (auto good = check_turn(decision, *step, **entry, place); !good) return good;
  if (auto good = check_pass(decision, check, command); !good) return good;
  const CheckState* before = check_state(*step->state, command.entry);
  const std::size_t attempt = 1 + (before == nullptr ? 0 : before->attempts.size());
  decision.emit(CameraChecked{command.entry, check.check.id, check.check.version,
                              command.check_sha256, command.camera, command.verdict,
                              std::to_string(attempt), command.score, command.threshold,
                              command.frames, command.evidence, command.readings, command.regions},
                command.step);
  if (command.verdict == check_verdict::kFail) {
    report_failed_check(decision,
                        {**entry, command.score, command.threshold, words_of(command.regions)},
                        step->ref);
  }
  decision.recompute_after(step->ref, command.entry);
  return {};
}

}  // namespace batchwright::workflows
