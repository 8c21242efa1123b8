// Simulated hands: they look at what the panel shows and tap what a person would tap, through the
// same touch queue and widgets as a finger. Nothing here reaches behind the glass.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "client/camera/preview.h"
#include "client/desk.h"
#include "client/panel_screen.h"
#include "ui/backend/headless.h"

namespace batchwright::client {

// Who is at the panel and what they type. Keys of `values` are "step/path:entry"; the n-th time
// that entry is asked, the n-th text is typed (the last one again after that). Without one: the
// target, the expected answer, the first choice.
struct Script {
  std::map<std::string, std::string> passwords;  // person id -> password
  std::string operator_id;                       // who works
  std::map<std::string, std::vector<std::string>> values;
  // Called before a step is begun or continued, with its reference; may change `operator_id` or
  // pull the cable.
  std::function<void(const std::string& step)> at_step;
  // Called when a moment is worth a picture: sign-in, step, out-of-limit, correction, sign,
  // completed.
  std::function<void(const std::string& moment)> picture;
  // Called before a camera is asked; puts the next object before it. Empty: there is nothing to
  // put, and what the camera can't say two people decide.
  std::function<void(const std::string& step, const std::string& camera)> before_check;
  // Corrections made when a step is about to be signed: step -> entry, new value.
  std::map<std::string, std::pair<std::string, std::string>> corrections;
};

class Hands {
 public:
  // `preview`: what the cameras see; may be nullptr. All must live longer.
  Hands(const ui::Display& display, PanelScreen& screen, Desk& desk, Script script,
        Preview* preview = nullptr);

  // Works until the open batch is complete. kRefused with what stands on the screen when there is
  // no way on.
  [[nodiscard]] Result<void> work();
  // One decision: the dialog that stands, else the screen. False when the batch is complete.
  [[nodiscard]] Result<bool> act();
  [[nodiscard]] ui::Headless& panel() { return panel_; }
  [[nodiscard]] std::size_t taps() const { return taps_; }
  void take_over(const std::string& person) { script_.operator_id = person; }  // from at_step

 private:
  void draw(ui::Frame& frame);
  [[nodiscard]] Result<void> tap(const std::string& id);
  [[nodiscard]] Result<void> type(const std::string& text);
  [[nodiscard]] Result<void> write(const std::string& text);  // into the text sheet, then enter
  [[nodiscard]] Result<bool> tap_if_there(const std::string& id);
  // Selects the entry's card, turning the pages of the list when it is on another one. A step with
  // one entry shows none.
  [[nodiscard]] Result<void> select(const std::string& entry);

  [[nodiscard]] Result<bool> on(const ui::SignInView& view);
  [[nodiscard]] Result<bool> on(const ui::PasswordView& view);
  [[nodiscard]] Result<bool> on(const ui::RunListView& view);
  [[nodiscard]] Result<bool> on(const ui::StepView& view);
  [[nodiscard]] Result<bool> on(const ui::LockView& view);
  [[nodiscard]] Result<bool> on(const ui::TeachView&) { return false; }  // never on a panel
  [[nodiscard]] Result<bool> on(const ui::CompletedView& view);
  [[nodiscard]] Result<bool> on(const ui::WaysView& view);
  [[nodiscard]] Result<bool> on(const ui::MapView& view);
  [[nodiscard]] Result<bool> on(const ui::ExceptionListView& view);
  [[nodiscard]] Result<void> answer(const ui::OutOfLimitView& view);
  [[nodiscard]] Result<void> answer(const ui::SignView& view);
  [[nodiscard]] Result<void> answer(const ui::RecoveryView& view);
  [[nodiscard]] Result<void> answer(const ui::MessageView& view);
  [[nodiscard]] Result<void> give(const ui::StepView& step, const ui::EntryView& entry);
  [[nodiscard]] Result<void> correct(const ui::StepView& step, const std::string& entry,
                                     const std::string& value);
  [[nodiscard]] Result<bool> release(const ui::StepView& view);
  [[nodiscard]] Result<void> tap_all(std::initializer_list<const char*> ids);
  [[nodiscard]] Result<void> use_camera(const ui::StepView& step, const ui::CameraView& view);
  [[nodiscard]] Result<void> ask_camera(const ui::StepView& step, const ui::CameraView& view);
  [[nodiscard]] Result<void> decide(const ui::CameraView& view);
  [[nodiscard]] Result<void> leave_to(const std::string& person);
  [[nodiscard]] std::string value_for(const ui::StepView& step, const ui::EntryView& entry);
  [[nodiscard]] std::string person_with(const std::string& role_words) const;
  void show(const std::string& moment);

  PanelScreen& screen_;
  Desk& desk_;
  Script script_;
  Preview* preview_;
  ui::AppView view_;  // before panel_, which draws as soon as it is made
  ui::Headless panel_;
  std::map<std::string, std::size_t> asked_;
  std::map<std::string, int> camera_tries_;  // by step and entry
  std::string begun_step_;
  std::string return_to_;  // operator to give the panel back to after a release
  std::size_t taps_ = 0;
};

}  // namespace batchwright::client
