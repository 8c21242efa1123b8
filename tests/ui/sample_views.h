// The example batch at the moments the screens are drawn and tested with. All names and numbers are
// invented.
#pragma once

#include <string_view>

#include "ui/view_model.h"

namespace batchwright::ui::test {

[[nodiscard]] AppView sample_app(
    ScreenView screen);  // signed in, in batch B-2417, offline with 37 entries
[[nodiscard]] AppView sample_signed_out(ScreenView screen);

[[nodiscard]] SignInView sample_sign_in(int people = 6);
[[nodiscard]] PasswordView sample_password();
[[nodiscard]] RunListView sample_runs();
[[nodiscard]] StepView sample_step();  // measure the temperature: one number, limits, a vessel
[[nodiscard]] StepView sample_step_of_three();   // the same with two answers already given
[[nodiscard]] StepView sample_line_clearance();  // seven entries, a photo among them, no picture
[[nodiscard]] StepView sample_held_step();
// A camera looks at three clamps: "ready", "checking", "failed", "put right", "undecided",
// "closed", "passed"; of other steps: "reading", "challenge".
[[nodiscard]] StepView sample_camera_step(std::string_view moment);
// Three clamps are taught: "new", "regions", "references", "samples", "threshold", "overlap".
[[nodiscard]] TeachView sample_teaching(std::string_view moment);
[[nodiscard]] LookView sample_look();
[[nodiscard]] CompletedView sample_completed();
[[nodiscard]] MapView sample_map();
[[nodiscard]] ExceptionListView sample_exceptions();
[[nodiscard]] LockView sample_lock();
[[nodiscard]] OutOfLimitView sample_out_of_limit();
[[nodiscard]] SignView sample_sign();
[[nodiscard]] SignView sample_second_person_sign();
[[nodiscard]] RecoveryView sample_recovery();
[[nodiscard]] MessageView sample_message();

}  // namespace batchwright::ui::test
