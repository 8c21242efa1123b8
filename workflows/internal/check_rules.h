// What a step's camera checks say by now, and what may follow (requirements E3, E8, E11). Shared by
// apply, decide and needs; nothing here looks at the site.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workflows/internal/run_index.h"
#include "workflows/state.h"

namespace batchwright::workflows {

namespace check_verdict {
inline constexpr const char* kPass = "pass";
inline constexpr const char* kFail = "fail";
inline constexpr const char* kUndecided = "undecided";
inline constexpr const char* kNotPerformed = "not_performed";
inline constexpr const char* kOk = "ok";         // by people
inline constexpr const char* kNotOk = "not_ok";  // by people; a fail
}  // namespace check_verdict

// Of undecided and not performed together, per entry and step instance: then people decide.
inline constexpr int kNoVerdictsMax = 20;
// The value of a check that people decided has this source: it is never typed over.
inline constexpr const char* kByPeople = "people";
inline constexpr std::string_view kCameraSource = "camera:";

[[nodiscard]] bool is_fail(std::string_view verdict);
[[nodiscard]] bool is_no_verdict(std::string_view verdict);  // undecided, not performed

// The state of the check entry, or nullptr when nothing was ever said of it.
[[nodiscard]] const CheckState* check_state(const StepState& step, const std::string& entry);
// The camera's pass that is in force, or nullptr.
[[nodiscard]] const CheckAttempt* pass_in_force(const StepState& step, const std::string& entry);
// People's word stands in place of a verdict.
[[nodiscard]] bool decided_by_people(const StepState& step, const std::string& entry);
[[nodiscard]] bool any_decided_by_people(const StepContent& content, const StepState& step);
// The camera saw a fail in this execution of the step: people's word never takes its place.
[[nodiscard]] bool camera_failed(const StepState& step, const std::string& entry);
// It failed and nothing passed since: the step can't do without it, even where the MBR could.
[[nodiscard]] bool waits_for_pass(const StepState& step, const Entry& entry);

// The check entry of the step that fills `entry`, and the name of the reading; nullptr = none.
struct Filling {
  const Entry* check = nullptr;
  std::string reading;
};
[[nodiscard]] Filling filled_by(const StepContent& content, std::string_view entry);
// A value that came from the newest pass is out of limits and may be measured again, or was
// invalidated: only a new look at the object gives another one.
[[nodiscard]] bool wants_new_reading(const Mbr& mbr, const StepContent& content,
                                     const StepState& step, const Entry& check);

// A camera that stood in, and what it rests on still stands.
[[nodiscard]] bool stands(const StepContent& content, const StepState& step, const StoodIn& made);
// Fewer attempts than this many fails keep the step running.
[[nodiscard]] int fails_left(const CameraCheck& check, const CheckState* state);

// Ids of `entry` (a challenge) that were not challenged in this step instance.
[[nodiscard]] std::vector<std::string> not_challenged(const StepState& step, const Entry& entry);

// The check as the MBR names it; nullptr when no entry uses the id.
[[nodiscard]] const CameraCheck* find_check(const RunIndex& index, std::string_view id);

[[nodiscard]] bool is_disabled(const RunState& run, const std::string& check);
// A start challenge of the recipe has to be passed first, by this very check, and was not yet.
[[nodiscard]] bool waits_for_challenge(const RunIndex& index, const RunState& run,
                                       const ApprovedCheck& check);

}  // namespace batchwright::workflows
