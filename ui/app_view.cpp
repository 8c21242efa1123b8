#include "ui/app_view.h"

#include <imgui.h>

#include <type_traits>

#include "ui/screens/context_bar.h"
#include "ui/screens/screens.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"
#include "ui/widgets/text_sheet.h"

namespace batchwright::ui {
namespace {

// What dialog is up, so that picks made in one never count in the next.
std::string identity(const AppView& view) {
  if (!view.dialog) return {};
  return std::visit(
      [](const auto& dialog) -> std::string {
        using Dialog = std::decay_t<decltype(dialog)>;
        if constexpr (std::is_same_v<Dialog, OutOfLimitView>) return "out/" + dialog.exception;
        if constexpr (std::is_same_v<Dialog, SignView>)
          return "sign/" + dialog.step + dialog.meaning + dialog.signer;
        if constexpr (std::is_same_v<Dialog, RecoveryView>) return "recovery/" + dialog.step;
        return "message";
      },
      *view.dialog);
}

std::string password_owner(const AppView& view) {
  if (const auto* password = std::get_if<PasswordView>(&view.screen))
    return "person/" + password->person.id;
  if (view.dialog && std::holds_alternative<SignView>(*view.dialog)) return identity(view);
  return {};
}

void follow_view(UiState& state, const AppView& view) {
  const std::string dialog = identity(view);
  if (state.dialog != dialog) {
    state.dialog = dialog;
    state.observation.clear();
    state.process_state.clear();
    state.note.clear();
    if (!dialog.empty()) state.sheet = Sheet::kNone;
    wipe(state.text.text);
    state.text = {};
  }
  const std::string owner = password_owner(view);
  if (state.password_for != owner) {
    state.password_for = owner;
    state.on_new_password = false;
    state.layer = KeyLayer::kLower;
    wipe(state.password);
    wipe(state.new_password);
  }
  const bool on_step = std::holds_alternative<StepView>(view.screen);
  const bool needs_step = state.sheet == Sheet::kCorrection || state.sheet == Sheet::kRelease ||
                          state.sheet == Sheet::kNotApplicable || state.sheet == Sheet::kPutRight ||
                          state.sheet == Sheet::kDecide;
  if (needs_step && !on_step) state.sheet = Sheet::kNone;
  const bool signed_out = std::holds_alternative<LockView>(view.screen) ||
                          std::holds_alternative<SignInView>(view.screen);
  if (signed_out) {
    state.sheet = Sheet::kNone;
    wipe(state.text.text);
    state.text = {};
  }
}

void draw_screen(Ui& ui) {
  std::visit(
      [&ui](const auto& screen) {
        using Screen = std::decay_t<decltype(screen)>;
        if constexpr (std::is_same_v<Screen, SignInView>) draw_sign_in(ui, screen);
        if constexpr (std::is_same_v<Screen, PasswordView>) draw_password(ui, screen);
        if constexpr (std::is_same_v<Screen, RunListView>) draw_run_list(ui, screen);
        if constexpr (std::is_same_v<Screen, StepView>) draw_step(ui, screen);
        if constexpr (std::is_same_v<Screen, CompletedView>) draw_completed(ui, screen);
        if constexpr (std::is_same_v<Screen, WaysView>) draw_ways(ui, screen);
        if constexpr (std::is_same_v<Screen, MapView>) draw_map(ui, screen);
        if constexpr (std::is_same_v<Screen, ExceptionListView>) draw_exceptions(ui, screen);
        if constexpr (std::is_same_v<Screen, LockView>) draw_lock(ui, screen);
        if constexpr (std::is_same_v<Screen, TeachView>) draw_teach(ui, screen);
      },
      ui.view.screen);
}

void draw_dialog(Ui& ui) {
  std::visit(
      [&ui](const auto& dialog) {
        using Dialog = std::decay_t<decltype(dialog)>;
        if constexpr (std::is_same_v<Dialog, OutOfLimitView>) draw_out_of_limit(ui, dialog);
        if constexpr (std::is_same_v<Dialog, SignView>) draw_sign(ui, dialog);
        if constexpr (std::is_same_v<Dialog, RecoveryView>) draw_recovery(ui, dialog);
        if constexpr (std::is_same_v<Dialog, MessageView>) draw_message(ui, dialog);
      },
      *ui.view.dialog);
}

void draw_sheet(Ui& ui) {
  const auto* step = std::get_if<StepView>(&ui.view.screen);
  switch (ui.state.sheet) {
    case Sheet::kNone: return;
    case Sheet::kMenu: return draw_menu(ui);
    case Sheet::kDeviation: return draw_deviation(ui);
    case Sheet::kCorrection:
      if (step != nullptr) draw_correction(ui, *step);
      return;
    case Sheet::kRelease:
      if (step != nullptr) draw_release(ui, *step);
      return;
    case Sheet::kNotApplicable:
      if (step != nullptr) draw_not_applicable(ui, *step);
      return;
    case Sheet::kHandOver: return draw_hand_over(ui);
    case Sheet::kPutRight:
      if (step != nullptr) draw_put_right(ui, *step);
      return;
    case Sheet::kDecide:
      if (step != nullptr) draw_decide_check(ui, *step);
      return;
  }
}

void draw_training_frame(Ui& ui) {
  if (!ui.view.bar.training) return;
  Rect frame = ui.whole();  // its upper side is the context bar, in the same colour
  frame.y0 = ui.px(ui.sizes().bar_height) - ui.px(ui.sizes().training_frame);
  ui.paint.outline(frame, ui.colours().training, 0, ui.px(ui.sizes().training_frame));
}

// Bottom to top. Only the uppermost takes taps; a layer below is drawn covered.
void draw_layers(Ui& ui) {
  const UiState& state = ui.state;
  const bool safe = state.make_safe;
  const bool notice = !ui.view.notice.empty() && !safe;
  const bool text = state.text.use != TextUse::kNone;
  const bool dialog = ui.view.dialog.has_value();
  const bool sheet = state.sheet != Sheet::kNone;
  ui.covered = safe || notice || text || dialog || sheet;
  draw_screen(ui);
  draw_training_frame(ui);
  draw_context_bar(ui);
  ui.covered = safe || notice || text || dialog;
  if (sheet) draw_sheet(ui);
  ui.covered = safe || notice || text;
  if (dialog) draw_dialog(ui);
  ui.covered = safe || notice;
  if (text) {
    ui.frame.show("text/" + state.text.caption);
    draw_text_sheet(ui);
    draw_training_frame(ui);
    draw_context_bar(ui);
  }
  ui.covered = false;
  if (notice) draw_notice(ui);
  if (safe) draw_make_safe(ui);
}

void draw_lock_warning(Ui& ui) {
  if (ui.view.locks_in_s <= 0) return;
  const Colours& c = ui.colours();
  const std::string words = ui.tr("lock.soon", {{"n", std::to_string(ui.view.locks_in_s)}});
  Rect band = ui.whole();
  band.y0 = ui.px(ui.sizes().bar_height);
  band.y1 = band.y0 + ui.px(9);
  ui.paint.fill(band, c.warning);
  put_text(ui, band, TextRole::kSmallBold, c.on_warning, words, Align::kCentre);
}

}  // namespace

void draw_app(Frame& frame, const AppView& view, const Words& words, UiState& state,
              Intents& intents, const LookView* look) {
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(
      {static_cast<float>(frame.display.width_px), static_cast<float>(frame.display.height_px)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoDecoration |
                                      ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                                      ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav;
  ImGui::Begin("panel", nullptr, kFlags);
  Painter paint(*ImGui::GetWindowDrawList(), frame.fonts);
  Ui ui{.frame = frame,
        .view = view,
        .tr = words,
        .state = state,
        .intents = intents,
        .paint = paint,
        .look = look};
  state.overflows.clear();
  state.pictures.clear();
  state.camera_picture_px = {0, 0};
  follow_view(state, view);
  paint.fill(ui.whole(), ui.colours().ground);
  draw_layers(ui);
  draw_lock_warning(ui);
  ImGui::End();
  ImGui::PopStyleVar(2);
}

}  // namespace batchwright::ui
