#include "client/teach/teach_panel.h"

#include <mutex>

#include "client/camera/camera_thread.h"
#include "client/panel_screen.h"
#include "ui/backend/window.h"

namespace batchwright::client {

namespace {

// Continuations from the camera's thread, run in the frame that follows.
class Mailbox {
 public:
  void post(Jobs::Continuation continuation) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(continuation));
  }
  void run() {
    std::vector<Jobs::Continuation> due;
    {
      const std::lock_guard lock(mutex_);
      due.swap(waiting_);
    }
    for (const auto& continuation : due) continuation();
  }

 private:
  std::mutex mutex_;
  std::vector<Jobs::Continuation> waiting_;
};

}  // namespace

Result<void> run_teach_panel(TeachPanelOptions options) {
  const SystemClock clock;
  auto window = ui::Window::open(options.display, {.fullscreen = options.fullscreen});
  if (!window) return std::unexpected(window.error());
  const auto display = (*window)->display();
  auto screen = PanelScreen::load(display);
  if (!screen) return std::unexpected(screen.error());
  Mailbox mailbox;
  Preview preview;
  preview.on_changed([&] { (*window)->wake(); });
  CameraThread cameras(vision_lookout({vision_program()}, clock), std::move(options.cameras),
                       preview, [&](Jobs::Continuation continuation) {
                         mailbox.post(std::move(continuation));
                         (*window)->wake();
                       });
  TeachDesk desk(std::move(options.teach), cameras, preview, clock);
  ui::FrameLoop loop(display, (*screen)->theme(), (*screen)->fonts(), [&](ui::Frame& frame) {
    mailbox.run();
    ui::Intents intents;
    const auto look = preview.newest();
    (*screen)->draw(frame, desk.view(), intents, look.get());
    preview.want((*screen)->camera_picture_px());
    for (const auto& intent : intents)
      if (const auto* teach = std::get_if<ui::Teach>(&intent)) {
        desk.handle(*teach);
        (*window)->wake();
      }
  });
  const auto started_ms = clock.monotonic_ms();
  auto ended = (*window)->run(loop, [&] {
    const bool late =
        options.close_after_ms > 0 && clock.monotonic_ms() - started_ms >= options.close_after_ms;
    return !desk.is_left() && !late;
  });
  cameras.stop();  // nothing answers the desk any more
  return ended;
}

}  // namespace batchwright::client
