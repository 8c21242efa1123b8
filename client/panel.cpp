#include "client/panel.h"

#include <spdlog/spdlog.h>

#include <charconv>

#include "client/camera/camera_thread.h"
#include "client/panel_desk.h"
#include "client/panel_screen.h"
#include "client/session_thread.h"
#include "ui/backend/window.h"

namespace batchwright::client {

namespace {

template <typename Number>
bool read_number(std::string_view& text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

bool skip(std::string_view& text, char sign) {
  if (text.empty() || text.front() != sign) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

Result<ui::Display> display_from_text(const std::string& text) {
  std::string_view rest = text;
  int width = 0, height = 0;
  double diagonal_inch = 0;
  const bool read = read_number(rest, width) && skip(rest, 'x') && read_number(rest, height) &&
                    skip(rest, '@') && read_number(rest, diagonal_inch) && rest.empty();
  const bool sensible = width >= 640 && width <= 7680 && height >= 480 && height <= 4320 &&
                        diagonal_inch >= 7 && diagonal_inch <= 60;
  if (!read || !sensible)
    return fail(
        ErrorCode::kMalformed,
        "A display is written as WIDTHxHEIGHT@DIAGONAL in pixels and inches, as on the panel's "
        "box: 1920x1080@15.6",
        text);
  return ui::Display::from_diagonal(width, height, diagonal_inch);
}

Result<void> run_panel(const PanelOptions& options) {
  const SystemClock clock;
  auto panel = PanelDesk::open(options.store, options.photos, clock);
  if (!panel) return std::unexpected(panel.error());
  auto window = ui::Window::open(options.display, {.fullscreen = options.fullscreen});
  if (!window) return std::unexpected(window.error());
  const auto display = (*window)->display();
  auto screen = PanelScreen::load(display);
  if (!screen) return std::unexpected(screen.error());

  auto& preview = (*panel)->preview();
  preview.on_changed([&] { (*window)->wake(); });
  // The cameras outlive the session that asks them; nobody asks before it is there.
  Result<std::unique_ptr<SessionThread>> session;
  CameraThread cameras(vision_lookout({vision_program()}, clock), options.cameras.sources, preview,
                       [&](Jobs::Continuation continuation) {
                         if (session && *session) (*session)->post(std::move(continuation));
                       });
  (*panel)->use_cameras(options.cameras, cameras);
  session = SessionThread::start([&](Jobs& jobs) { return (*panel)->make_desk(jobs); },
                                 [&] { (*window)->wake(); });
  if (!session) return std::unexpected(session.error());
  // What the twin sent is taken in on the session thread; the sync thread only knocks.
  auto connected = (*panel)->connect([&] {
    (*session)->post([&] {
      if (auto loaded = (*panel)->session().reload_catalogue(); !loaded)
        spdlog::error("what the twin sent can't be used, code {}",
                      static_cast<int>(loaded.error().code));
    });
  });
  if (!connected) return std::unexpected(connected.error());

  ui::FrameLoop loop(display, (*screen)->theme(), (*screen)->fonts(), [&](ui::Frame& frame) {
    const auto view = (*session)->view();
    ui::Intents intents;
    const auto look = preview.newest();
    (*screen)->draw(frame, *view, intents, look.get());
    preview.want((*screen)->camera_picture_px());
    if (frame.touch.down) (*session)->touched();
    if (!intents.empty()) (*session)->post(std::move(intents));
  });
  const auto started_ms = clock.monotonic_ms();
  auto ended = (*window)->run(loop, [&] {
    return options.close_after_ms == 0 ||
           clock.monotonic_ms() - started_ms < options.close_after_ms;
  });
  (*panel)->disconnect();  // nothing knocks any more
  cameras.stop();
  session->reset();  // finishes what was tapped
  if (auto closed = (*panel)->store().close(); !closed) return closed;
  return ended;
}

}  // namespace batchwright::client
