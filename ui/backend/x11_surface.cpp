#include "ui/backend/x11_surface.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <sys/ipc.h>
#include <sys/shm.h>

#include <cstdint>
#include <utility>
#include <vector>

namespace batchwright::ui {
namespace {

constexpr int kDepth = 24;

// A server on another machine has the extension and still refuses the segment; Xlib reports that
// through a handler.
bool g_attach_failed = false;
int note_attach_error(::Display*, XErrorEvent*) {
  g_attach_failed = true;
  return 0;
}

}  // namespace

struct X11Surface::State {
  ::Display* display = nullptr;
  ::Window window = 0;
  GC gc = nullptr;
  XImage* image = nullptr;
  XShmSegmentInfo segment = {};
  bool is_shared = false;
  bool is_abandoned = false;
  std::vector<std::uint32_t> own;

  bool create_shared(Visual* visual, int width_px, int height_px);
  bool create_own(Visual* visual, int width_px, int height_px);
};

bool X11Surface::State::create_shared(Visual* visual, int width_px, int height_px) {
  if (!XShmQueryExtension(display)) return false;
  image = XShmCreateImage(display, visual, kDepth, ZPixmap, nullptr, &segment,
                          static_cast<unsigned>(width_px), static_cast<unsigned>(height_px));
  if (image == nullptr) return false;
  const auto bytes =
      static_cast<std::size_t>(image->bytes_per_line) * static_cast<std::size_t>(height_px);
  segment.shmid = shmget(IPC_PRIVATE, bytes, IPC_CREAT | 0600);
  void* memory = segment.shmid >= 0 ? shmat(segment.shmid, nullptr, 0) : nullptr;
  if (segment.shmid >= 0 && reinterpret_cast<std::intptr_t>(memory) != -1) {
    segment.shmaddr = image->data = static_cast<char*>(memory);
    segment.readOnly = True;
    g_attach_failed = false;
    const auto handler = XSetErrorHandler(note_attach_error);
    XShmAttach(display, &segment);
    XSync(display, False);
    XSetErrorHandler(handler);
    is_shared = !g_attach_failed;
    if (!is_shared) shmdt(memory);
  }
  // Marked now, the segment goes away with the last process that uses it, even after a crash.
  if (segment.shmid >= 0) shmctl(segment.shmid, IPC_RMID, nullptr);
  if (is_shared) return true;
  image->data = nullptr;
  XDestroyImage(image);
  image = nullptr;
  return false;
}

bool X11Surface::State::create_own(Visual* visual, int width_px, int height_px) {
  own.assign(static_cast<std::size_t>(width_px) * static_cast<std::size_t>(height_px), 0);
  image = XCreateImage(display, visual, kDepth, ZPixmap, 0, reinterpret_cast<char*>(own.data()),
                       static_cast<unsigned>(width_px), static_cast<unsigned>(height_px), 32, 0);
  return image != nullptr;
}

X11Surface::X11Surface(std::unique_ptr<State> state) : state_(std::move(state)) {}

Result<std::unique_ptr<X11Surface>> X11Surface::create(void* display, unsigned long window,
                                                       int width_px, int height_px) {
  auto state = std::make_unique<State>();
  state->display = static_cast<::Display*>(display);
  state->window = window;
  Visual* visual = DefaultVisual(state->display, DefaultScreen(state->display));
  const int depth = DefaultDepth(state->display, DefaultScreen(state->display));
  if (depth != kDepth || visual->red_mask != 0xff0000 || visual->green_mask != 0xff00 ||
      visual->blue_mask != 0xff || ImageByteOrder(state->display) != LSBFirst) {
    return fail(ErrorCode::kUnsupported,
                "The display has a colour format this program can't show. Set the X server to "
                "24-bit colour.");
  }
  if (!state->create_shared(visual, width_px, height_px) &&
      !state->create_own(visual, width_px, height_px)) {
    return fail(ErrorCode::kFull, "There is not enough memory for a picture of the screen's size.");
  }
  state->gc = XCreateGC(state->display, state->window, 0, nullptr);
  return std::unique_ptr<X11Surface>(new X11Surface(std::move(state)));
}

X11Surface::~X11Surface() {
  const bool is_connected = !state_->is_abandoned;
  if (is_connected && state_->is_shared) {
    XShmDetach(state_->display, &state_->segment);
    XSync(state_->display, False);
  }
  if (is_connected && state_->gc != nullptr) XFreeGC(state_->display, state_->gc);
  if (state_->image != nullptr) {
    state_->image->data = nullptr;  // ours, not Xlib's
    XDestroyImage(state_->image);
  }
  if (state_->is_shared) shmdt(state_->segment.shmaddr);
}

Canvas X11Surface::canvas() const {
  const XImage& image = *state_->image;
  return {reinterpret_cast<std::uint32_t*>(image.data), image.width, image.height,
          image.bytes_per_line / static_cast<int>(sizeof(std::uint32_t))};
}

bool X11Surface::is_shared() const {
  return state_->is_shared;
}

void X11Surface::put(std::span<const PixelRect> areas) {
  if (areas.empty() || state_->is_abandoned) return;
  for (const PixelRect& area : areas) {
    const auto width = static_cast<unsigned>(area.width());
    const auto height = static_cast<unsigned>(area.height());
    if (state_->is_shared) {
      XShmPutImage(state_->display, state_->window, state_->gc, state_->image, area.x0, area.y0,
                   area.x0, area.y0, width, height, False);
    } else {
      XPutImage(state_->display, state_->window, state_->gc, state_->image, area.x0, area.y0,
                area.x0, area.y0, width, height);
    }
  }
  XSync(state_->display, False);
}

void X11Surface::abandon() {
  state_->is_abandoned = true;
}

}  // namespace batchwright::ui
