// What the camera's preview costs the frame: how long turns of the panel take while a camera's step
// is on the screen, without pictures and with them.
//
//   bench_preview [FOLDER [SECONDS]]     FOLDER: pictures that stand in for the camera
//
// With a folder the whole way is taken: worker process, camera thread, scaling, texture, picture.
// Without one, pictures of noise come 15 times a second from a thread. Turns are made 60 times a
// second, as a window that is always asked to redraw would; the rule is 33 ms (R11).
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <vector>

#include "client/camera/camera_options.h"
#include "client/camera/camera_thread.h"
#include "client/camera/picture.h"
#include "client/panel_screen.h"
#include "ui/backend/headless.h"

namespace {

using namespace batchwright;
using SteadyClock = std::chrono::steady_clock;

constexpr auto kFrame = std::chrono::milliseconds(16);
constexpr const char* kCamera = "CAM-A";

ui::AppView camera_step() {
  ui::StepView step;
  step.step = "weigh/identify-tris#1";
  step.title = "Identify Tris";
  step.operation = "Weigh";
  step.instruction = "Show the label to the camera.";
  step.number = 7;
  step.total = 32;
  for (int i = 1; i <= 6; ++i)
    step.rail.push_back(
        {"", fmt::format("Step {}", i), i, i == 3 ? ui::Progress::kCurrent : ui::Progress::kTodo});
  ui::CameraView camera;
  camera.entry = "label";
  camera.camera = kCamera;
  step.camera = camera;
  ui::AppView view;
  view.screen = step;
  view.bar.product = "Tris-saline buffer 100 L";
  return view;
}

// What a person sees are the frames: how far apart they come. What a turn costs stays below that.
struct Times {
  std::vector<double> turns_ms, frames_ms;
  int pictures = 0;
};

double part(std::vector<double> times_ms, double share) {
  std::ranges::sort(times_ms);
  const auto at = static_cast<std::size_t>(share * static_cast<double>(times_ms.size()));
  return times_ms.at(std::min(at, times_ms.size() - 1));
}

Times measure(client::PanelScreen& screen, const ui::Display& display, client::Preview& preview,
              int seconds) {
  const auto view = camera_step();
  std::uint64_t drawn = 0;
  Times times;
  ui::Headless panel(display, screen.theme(), screen.fonts(), [&](ui::Frame& frame) {
    const auto look = preview.newest();
    ui::Intents intents;
    screen.draw(frame, view, intents, look.get());
    preview.want(screen.camera_picture_px());
    const auto version = look && look->picture ? look->picture->version : 0;
    if (version != drawn) ++times.pictures;
    drawn = version;
  });
  const auto end = SteadyClock::now() + std::chrono::seconds(seconds);
  const auto ms = [](SteadyClock::duration took) {
    return std::chrono::duration<double, std::milli>(took).count();
  };
  auto shown = SteadyClock::now();
  for (auto next = shown + kFrame; next < end; next += kFrame) {
    std::this_thread::sleep_until(next);
    const auto before = SteadyClock::now();
    panel.step();
    const auto after = SteadyClock::now();
    times.turns_ms.push_back(ms(after - before));
    times.frames_ms.push_back(ms(after - shown));
    shown = after;
  }
  return times;
}

// Noise of 1280 x 960, so that no tile stays as it was.
void pump(client::Preview& preview, const std::atomic<bool>& stop) {
  vision::Frame frame{vision::PixelFormat::kBgr, 1280, 960, 3840,
                      std::vector<std::uint8_t>(3840 * 960)};
  std::uint32_t seed = 1;
  while (!stop) {
    for (auto& byte : frame.bytes) {
      seed = seed * 1664525U + 1013904223U;
      byte = static_cast<std::uint8_t>(seed >> 24);
    }
    const auto [width, height] = preview.wanted_px();
    preview.give(
        {kCamera, ui::LookView::Quality::kSharp, client::picture_of(frame, width, height)});
    std::this_thread::sleep_for(std::chrono::milliseconds(66));
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> given;  // options of the benchmarks beside it mean nothing here
  for (int i = 1; i < argc; ++i)
    if (argv[i][0] != '-') given.emplace_back(argv[i]);
  const int seconds = given.size() > 1 ? std::atoi(given[1].c_str()) : 20;
  const auto display = ui::Display::from_diagonal(1920, 1080, 15.6);
  auto screen = client::PanelScreen::load(display);
  if (!screen) {
    fmt::print(stderr, "{}\n", screen.error().message);
    return 1;
  }
  const SystemClock clock;
  client::Preview preview;
  auto without = measure(**screen, display, preview, seconds);
  Times with;
  if (!given.empty()) {
    client::CameraThread camera(
        client::vision_lookout({client::vision_program()}, clock),
        {{.id = kCamera, .kind = vision::CameraKind::kFolder, .path = given[0]}}, preview,
        [](client::Jobs::Continuation) {});
    camera.watch(kCamera);
    with = measure(**screen, display, preview, seconds);
  } else {
    std::atomic<bool> stop = false;
    std::thread camera([&] { pump(preview, stop); });
    with = measure(**screen, display, preview, seconds);
    stop = true;
    camera.join();
  }
  fmt::print("{:<24} {:>7} {:>9} {:>9} {:>9} {:>9}\n", "", "n", "pictures", "p50 ms", "p99 ms",
             "max ms");
  for (const auto* times : {&without, &with})
    for (const auto* list : {&times->turns_ms, &times->frames_ms})
      fmt::print("{:<24} {:>7} {:>9} {:>9.3f} {:>9.3f} {:>9.3f}\n",
                 fmt::format("{}, {}", list == &times->turns_ms ? "turn" : "frame to frame",
                             times == &without ? "without" : "camera"),
                 list->size(), times->pictures, part(*list, 0.5), part(*list, 0.99),
                 part(*list, 1));
  fmt::print(
      "ratio of p99: {:.2f} from frame to frame, {:.1f} of a turn; limit of a frame: 33 ms\n",
      part(with.frames_ms, 0.99) / part(without.frames_ms, 0.99),
      part(with.turns_ms, 0.99) / part(without.turns_ms, 0.99));
  return 0;
}
