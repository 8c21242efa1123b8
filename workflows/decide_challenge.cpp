// System suitability (requirement E8): a check that doesn't judge known-good and known-bad objects
// as they are is disabled in this run, and people decide instead.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/bytes.h"
#include "workflows/internal/check_rules.h"
#include "workflows/internal/decision.h"
#include "workflows/internal/names.h"

namespace batchwright::workflows {
namespace {

constexpr int kObjectsMax = 1'000;

bool is_count(int judged, int shown) {
  return 0 <= judged && judged <= shown && shown <= kObjectsMax;
}

Checked check_form(const RecordChallenge& command, const std::string& place) {
  const bool counts =
      is_count(command.good_passed, command.good) && is_count(command.bad_failed, command.bad);
  if (!counts) {
    return refuse("challenge.format", "The counts can't be. Nothing was saved.", place);
  }
  const bool shown = command.good + command.bad > 0;
  const bool kept = array_from_hex<32>(command.evidence).has_value() &&
                    array_from_hex<32>(command.manifest).has_value();
  if (kept || (!shown && command.evidence.empty() && command.manifest.empty())) return {};
  return refuse("check.evidence",
                "The evidence of the challenge was not kept. Nothing was saved. Do it again.",
                place);
}

Checked check_approved(const CameraCheck& check, const RecordChallenge& command,
                       const std::string& place) {
  if (command.check_sha256 != check.check.sha256) {
    return refuse("check.other",
                  fmt::format("This is another check than the approved {} version {}. Nothing was "
                              "saved.",
                              check.check.id, check.check.version),
                  place);
  }
  if (command.camera != check.camera) {
    return refuse("check.camera",
                  fmt::format("The check is made by camera {}. Nothing was saved.", check.camera),
                  place);
  }
  const std::string& approved = check.check.challenge_sha256;
  if (approved.empty() || command.manifest.empty() || command.manifest == approved) return {};
  return refuse("challenge.other_set",
                fmt::format("This is another challenge set than the approved one of {} version {}. "
                            "Nothing was saved.",
                            check.check.id, check.check.version),
                place);
}

// path#n:entry of every execution in which a camera passed by this check: all of the run, since
// nothing is known of when it stopped being suitable.
std::vector<std::string> passed_by(const Decision& decision, const std::string& check) {
  std::vector<std::string> places;
  const auto uses = decision.index().uses_of_check.find(check);
  if (uses == decision.index().uses_of_check.end()) return places;
  for (const FormulaPlace& use : uses->second) {
    for (int instance = 1; instance <= decision.state().instances(use.step); ++instance) {
      const StepRef ref{use.step, instance};
      const StepState* step = decision.state().step(ref);
      const CheckState* made = step == nullptr ? nullptr : check_state(*step, use.entry->id);
      const bool passed =
          made != nullptr && std::ranges::any_of(made->attempts, [](const auto& at) {
            return at.verdict == check_verdict::kPass;
          });
      if (passed) places.push_back(to_text(ref) + ":" + use.entry->id);
    }
  }
  return places;
}

void report_failed(Decision& decision, const RecordChallenge& command,
                   const std::vector<std::string>& affected) {
  std::string message = fmt::format(
      "The check {} is not suitable: {} of {} good objects passed, {} of {} bad ones failed. It is "
      "disabled in this batch.",
      command.check, command.good_passed, command.good, command.bad_failed, command.bad);
  if (!affected.empty()) {
    message += fmt::format(" It had passed: {}.", fmt::join(affected, ", "));
  }
  decision.open_exception({.exception_class = "camera_challenge_failed",
                           .entry = command.entry,
                           .value = fmt::format("good {}/{}, bad {}/{}", command.good_passed,
                                                command.good, command.bad_failed, command.bad),
                           .limit = command.check,
                           .message = std::move(message)},
                          command.step);
}

}  // namespace

Checked decide_command(Decision& decision, const RecordChallenge& command) {
  const auto step = find_running_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const std::string place = command.step + ":" + command.entry;
  const Entry* entry = find_entry(*step->content, command.entry);
  const CameraCheck* check = find_check(decision.index(), command.check);
  const bool listed = entry != nullptr && entry->camera_challenge && check != nullptr &&
                      std::ranges::find(entry->camera_challenge->checks, command.check) !=
                          entry->camera_challenge->checks.end();
  if (!listed) {
    return refuse("challenge.none", "This check is not challenged here. Nothing was saved.", place);
  }
  if (auto good = check_form(command, place); !good) return good;
  if (auto good = check_approved(*check, command, place); !good) return good;
  if (auto good = check_still_open(*step, command.entry); !good) return good;
  const auto left = not_challenged(*step->state, *entry);
  if (std::ranges::find(left, command.check) == left.end()) {
    return refuse("challenge.recorded",
                  "This check was challenged here already. Nothing was saved.", place);
  }
  const bool passed = command.good >= 1 && command.good_passed == command.good &&
                      command.bad >= 1 && command.bad_failed == command.bad;
  const auto affected = passed ? std::vector<std::string>{} : passed_by(decision, command.check);
  decision.emit(
      CameraChallenged{command.entry,
                       std::string(name_of(kChallengeTimeNames, entry->camera_challenge->when)),
                       command.check, check->check.version, command.check_sha256, command.camera,
                       std::to_string(command.good), std::to_string(command.good_passed),
                       std::to_string(command.bad), std::to_string(command.bad_failed),
                       passed ? "passed" : "failed", command.evidence, affected, command.manifest},
      command.step);
  if (!passed) report_failed(decision, command, affected);
  decision.recompute_after(step->ref, command.entry);
  return {};
}

}  // namespace batchwright::workflows
