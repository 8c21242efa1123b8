// Every screen is one function of its view model. Each names itself to the frame, draws between bar
// and bottom row, and sends what was asked for.
#pragma once

#include "ui/widgets/ui.h"

namespace batchwright::ui {

void draw_sign_in(Ui& ui, const SignInView& view);
void draw_password(Ui& ui, const PasswordView& view);
void draw_run_list(Ui& ui, const RunListView& view);
void draw_step(Ui& ui, const StepView& view);
void draw_completed(Ui& ui, const CompletedView& view);
void draw_ways(Ui& ui, const WaysView& view);
void draw_map(Ui& ui, const MapView& view);
void draw_exceptions(Ui& ui, const ExceptionListView& view);
void draw_lock(Ui& ui, const LockView& view);
void draw_teach(Ui& ui, const TeachView& view);

// Dialogs the presenter opened.
void draw_out_of_limit(Ui& ui, const OutOfLimitView& view);
void draw_sign(Ui& ui, const SignView& view);
void draw_recovery(Ui& ui, const RecoveryView& view);
void draw_message(Ui& ui, const MessageView& view);
void draw_notice(Ui& ui);

// Sheets of the ui's own.
void draw_menu(Ui& ui);
void draw_correction(Ui& ui, const StepView& view);
void draw_deviation(Ui& ui);
void draw_release(Ui& ui, const StepView& view);
void draw_not_applicable(Ui& ui, const StepView& view);
void draw_hand_over(Ui& ui);
void draw_put_right(Ui& ui, const StepView& view);
void draw_decide_check(Ui& ui, const StepView& view);
void draw_make_safe(Ui& ui);

}  // namespace batchwright::ui
