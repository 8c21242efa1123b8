// How simulated hands work with a camera: they put the object before it, ask it, and do what it
// says.
#include "client/demo/hands.h"

namespace batchwright::client {

namespace {

using State = ui::CameraView::State;

constexpr int kTriesMax = 3;  // of a check that comes to no verdict

}  // namespace

Result<void> Hands::tap_all(std::initializer_list<const char*> ids) {
  for (const char* id : ids)
    if (auto tapped = tap(id); !tapped) return tapped;
  return {};
}

Result<void> Hands::ask_camera(const ui::StepView& step, const ui::CameraView& view) {
  ++camera_tries_[step.step + ":" + view.entry];
  if (script_.before_check && !view.is_challenge) script_.before_check(step.step, view.camera);
  show(view.is_challenge ? "camera-challenge" : "camera-ready");
  return tap("next");
}

Result<void> Hands::decide(const ui::CameraView& view) {
  const bool both = view.state == State::kUndecided && view.may_check;
  if (auto opened = tap(both ? "camera:decide" : "next"); !opened) return opened;
  if (auto chosen = tap_all({"decision:ok", "check_reason:0"}); !chosen) return chosen;
  show("two-people-decide");
  return tap("dialog:decide");
}

Result<void> Hands::use_camera(const ui::StepView& step, const ui::CameraView& view) {
  switch (view.state) {
    case State::kReady:
    case State::kPutRight: return ask_camera(step, view);
    case State::kChecking: return fail(ErrorCode::kRefused, "The camera does not end.", step.step);
    case State::kCard: return tap("next");
    case State::kFailed:
      show("camera-failed-" + view.entry);
      if (auto told = tap_all({"next", "check_reason:0"}); !told) return told;
      show("put-right");
      return tap("dialog:put_right");
    case State::kUndecided:
      show("camera-undecided");
      if (view.may_check && script_.before_check &&
          camera_tries_[step.step + ":" + view.entry] < kTriesMax)
        return ask_camera(step, view);
      return decide(view);
    case State::kClosed: show("camera-off"); return decide(view);
    case State::kReading: show("camera-reading-" + view.entry); return tap("next");
    case State::kConfirm: show("camera-stands-in"); return tap("next");
    case State::kPassed: show("camera-passed-" + view.entry); return tap("next");
  }
  return {};
}

}  // namespace batchwright::client
