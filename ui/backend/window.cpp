#include "ui/backend/window.h"

#include <GLFW/glfw3.h>
#include <X11/Xlib.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <utility>

#include "base/time.h"
#include "ui/backend/software_rasteriser.h"
#include "ui/backend/x11_button_times.h"
#include "ui/backend/x11_surface.h"

// From glfw3native.h, which would ask for the Xrandr headers as well.
extern "C" ::Display* glfwGetX11Display(void);
extern "C" ::Window glfwGetX11Window(GLFWwindow* window);

namespace batchwright::ui {
namespace {

constexpr std::int64_t kSleepMaxMs = 60'000;
constexpr int kTitleBarPx = 40;  // what a desktop puts over a window, about

// GLFW is one per process, and so is the connection that may break.
bool g_connection_broken = false;
void note_broken_connection(::Display*, void*) {
  g_connection_broken = true;
}
int say_nothing(::Display*) {
  return 0;
}

std::int64_t now_ms() {
  static const SystemClock clock;
  return clock.monotonic_ms();
}

}  // namespace

struct Window::State {
  Display display;
  GLFWwindow* window = nullptr;
  ::Display* x11 = nullptr;
  std::unique_ptr<X11Surface> surface;
  std::unique_ptr<SoftwareRasteriser> renderer;
  std::unique_ptr<X11ButtonTimes> button_times;
  FrameLoop* loop = nullptr;  // while run() is under way
  int wake_fd = -1;
  std::atomic<bool> stopping = false;
  bool is_exposed = false;  // the server lost a part of the picture
  Statistics statistics;

  ~State();
  static State* of(GLFWwindow* w) { return static_cast<State*>(glfwGetWindowUserPointer(w)); }
  void install_callbacks();
  bool wait(std::int64_t timeout_ms) const;
  void turn(std::optional<std::int64_t>& redraw_in_ms);
};

Window::State::~State() {
  if (g_connection_broken && surface) surface->abandon();
  surface.reset();
  // With the connection gone GLFW would only talk to a dead socket; the process ends soon anyway.
  if (!g_connection_broken) {
    if (window != nullptr) glfwDestroyWindow(window);
    glfwTerminate();
  }
  if (wake_fd >= 0) close(wake_fd);
}

namespace {

HardwareKey hardware_key(int key) {
  switch (key) {
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER: return HardwareKey::kEnter;
    case GLFW_KEY_TAB: return HardwareKey::kTab;
    case GLFW_KEY_BACKSPACE: return HardwareKey::kBackspace;
    case GLFW_KEY_ESCAPE: return HardwareKey::kEscape;
    default: return HardwareKey::kCharacter;
  }
}

void push_key(FrameLoop& loop, int key, int action, int mods) {
  if (action == GLFW_RELEASE) return;
  const HardwareKey known = hardware_key(key);
  if (known != HardwareKey::kCharacter) {
    loop.keys().push({known, 0, now_ms()});
  } else if (key == GLFW_KEY_RIGHT_BRACKET && (mods & GLFW_MOD_CONTROL) != 0) {
    loop.keys().push({HardwareKey::kCharacter, kGroupSeparator, now_ms()});
  }
}

}  // namespace

// Touches: the position callback is the only source of positions, see touch_queue.h.
void Window::State::install_callbacks() {
  glfwSetWindowUserPointer(window, this);
  glfwSetCursorPosCallback(window, [](GLFWwindow* w, double x, double y) {
    State* s = of(w);
    if (s->loop) s->loop->touches().moved(static_cast<float>(x), static_cast<float>(y), now_ms());
  });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int button, int action, int) {
    State* s = of(w);
    if (button != GLFW_MOUSE_BUTTON_LEFT) return;
    const std::int64_t at_ms = s->button_times->next(now_ms());
    if (s->loop) s->loop->touches().button(action == GLFW_PRESS, at_ms);
  });
  glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int, int action, int mods) {
    State* s = of(w);
    if (s->loop) push_key(*s->loop, key, action, mods);
  });
  glfwSetCharCallback(window, [](GLFWwindow* w, unsigned codepoint) {
    State* s = of(w);
    if (s->loop) s->loop->keys().push({HardwareKey::kCharacter, codepoint, now_ms()});
  });
  glfwSetWindowFocusCallback(window, [](GLFWwindow* w, int focused) {
    State* s = of(w);
    if (s->loop && focused == GLFW_FALSE) s->loop->touches().cancel();
  });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { of(w)->is_exposed = true; });
}

Window::Window(std::unique_ptr<State> state) : state_(std::move(state)) {}
Window::~Window() = default;

Result<std::unique_ptr<Window>> Window::open(Display display, const WindowOptions& options) {
  if (glfwInit() == GLFW_FALSE) {
    return fail(
        ErrorCode::kNotFound,
        "There is no display to open a window on. Start an X server, or run with --headless.");
  }
  auto state = std::make_unique<State>();
  g_connection_broken = false;
  glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API);
  glfwWindowHint(GLFW_RESIZABLE, GLFW_FALSE);
  glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);
  GLFWmonitor* monitor = options.fullscreen ? glfwGetPrimaryMonitor() : nullptr;
  if (monitor != nullptr) {
    const GLFWvidmode* mode = glfwGetVideoMode(monitor);
    display.width_px = mode->width;
    display.height_px = mode->height;
  } else if (GLFWmonitor* desktop = glfwGetPrimaryMonitor(); desktop != nullptr) {
    int x = 0, y = 0, width = 0, height = 0;
    glfwGetMonitorWorkarea(desktop, &x, &y, &width, &height);
    display = display.fitted(width, height - kTitleBarPx);
  }
  state->display = display;
  state->window = glfwCreateWindow(display.width_px, display.height_px, options.title.c_str(),
                                   monitor, nullptr);
  state->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (state->window == nullptr || state->wake_fd < 0) {
    return fail(ErrorCode::kIo, "The display server refused a window.");
  }
  if (monitor != nullptr) glfwSetInputMode(state->window, GLFW_CURSOR, GLFW_CURSOR_HIDDEN);
  state->x11 = glfwGetX11Display();
  // Xlib ends the process when its connection breaks; we say so instead, and let the caller end it.
  XSetIOErrorHandler(say_nothing);
  XSetIOErrorExitHandler(state->x11, note_broken_connection, nullptr);
  auto surface = X11Surface::create(state->x11, glfwGetX11Window(state->window), display.width_px,
                                    display.height_px);
  if (!surface) return std::unexpected(surface.error());
  state->surface = std::move(*surface);
  state->renderer = std::make_unique<SoftwareRasteriser>(state->surface->canvas(), options.ground);
  state->button_times = std::make_unique<X11ButtonTimes>(state->x11);
  state->statistics.shared_memory = state->surface->is_shared();
  state->install_callbacks();
  return std::unique_ptr<Window>(new Window(std::move(state)));
}

const Display& Window::display() const {
  return state_->display;
}

// Until the server or another thread has something for us, at most timeout_ms. False when the
// connection is gone.
bool Window::State::wait(std::int64_t timeout_ms) const {
  if (g_connection_broken) return false;
  if (XPending(x11) > 0) return true;
  std::array<pollfd, 2> sources = {{{ConnectionNumber(x11), POLLIN, 0}, {wake_fd, POLLIN, 0}}};
  const int ready = poll(sources.data(), sources.size(), static_cast<int>(timeout_ms));
  if (ready > 0 && (sources[1].revents & POLLIN) != 0) {
    std::uint64_t wakes = 0;
    static_cast<void>(read(wake_fd, &wakes, sizeof wakes) == sizeof wakes);
  }
  return (sources[0].revents & (POLLHUP | POLLERR | POLLNVAL)) == 0 && !g_connection_broken;
}

void Window::State::turn(std::optional<std::int64_t>& redraw_in_ms) {
  const std::int64_t began_ms = now_ms();
  button_times->peek(began_ms);
  glfwPollEvents();
  if (g_connection_broken) return;
  const FrameLoop::Shown shown = loop->run(now_ms(), *renderer);
  redraw_in_ms = shown.redraw_in_ms;
  if (is_exposed) {
    const PixelRect whole{0, 0, display.width_px, display.height_px};
    surface->put({&whole, 1});
    is_exposed = false;
  } else {
    surface->put(shown.damage);
  }
  ++statistics.turns;
  if (!shown.damage.empty()) ++statistics.pictures;
  statistics.slowest_turn_ms = std::max(statistics.slowest_turn_ms, now_ms() - began_ms);
}

Result<void> Window::run(FrameLoop& loop, const std::function<bool()>& keep_going) {
  state_->loop = &loop;
  state_->renderer->invalidate();
  std::optional<std::int64_t> redraw_in_ms = 0;
  bool is_connected = true;
  while (is_connected && !state_->stopping && glfwWindowShouldClose(state_->window) == GLFW_FALSE) {
    if (keep_going && !keep_going()) break;
    is_connected = state_->wait(std::min(redraw_in_ms.value_or(kSleepMaxMs), kSleepMaxMs));
    if (is_connected) state_->turn(redraw_in_ms);
    is_connected = is_connected && !g_connection_broken;
  }
  state_->loop = nullptr;
  state_->stopping = false;
  if (is_connected) return {};
  g_connection_broken = true;
  return fail(ErrorCode::kIo,
              "The connection to the display was lost. Every entry that was accepted is saved. "
              "Start the panel again.");
}

void Window::stop() {
  state_->stopping = true;
  wake();
}

void Window::wake() {
  const std::uint64_t one = 1;
  static_cast<void>(write(state_->wake_fd, &one, sizeof one) == sizeof one);
}

Window::Statistics Window::statistics() const {
  return state_->statistics;
}

}  // namespace batchwright::ui
