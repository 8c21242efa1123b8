// The real window on a virtual X server: real pointer events, real pictures. Skipped where Xvfb or
// xdotool is missing.
#include "ui/backend/window.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <thread>

#include "tests/ui/demo_screen.h"
#include "tests/ui/panel_fixture.h"
#include "tests/ui/virtual_display.h"
#include "tests/ui/x11_screen.h"

namespace batchwright::ui {
namespace {

using test::DemoScreen;
using test::VirtualDisplay;

constexpr std::int64_t kRunMaxMs = 20'000;  // no test may hang

std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// Processor time of this process.
std::int64_t cpu_ms() {
  return static_cast<std::int64_t>(std::clock()) * 1000 / CLOCKS_PER_SEC;
}

class WindowOnX : public ::testing::Test {
 protected:
  // Opens window and loop for `screen`; false (and a skip) where there is no X server to be had.
  bool open(const std::vector<std::string>& server_options = {}) {
    server_ = std::make_unique<VirtualDisplay>(server_options);
    if (!server_->is_running()) return false;
    auto opened = Window::open(test::compact_panel(), {.fullscreen = true, .ground = 0xd5d9db});
    EXPECT_TRUE(opened.has_value()) << opened.error().message;
    if (!opened) return false;
    window = std::move(*opened);
    loop =
        std::make_unique<FrameLoop>(window->display(), test::shipped_theme(),
                                    test::fonts_for(test::compact_panel()), [this](Frame& frame) {
                                      screen.draw(frame);
                                      if (redraw_ms > 0) frame.redraw_in_ms(redraw_ms);
                                    });
    return true;
  }

  void two_buttons() {
    screen.buttons = {{"left", {100, 200, 400, 400}}, {"right", {600, 200, 900, 400}}};
  }

  // Runs until `done`, each turn taking `stall_ms` longer than it need.
  void run_until(const std::function<bool()>& done, std::int64_t stall_ms = 0) {
    const std::int64_t end_ms = steady_ms() + kRunMaxMs;
    redraw_ms = 10;
    const auto result = window->run(*loop, [&] {
      if (stall_ms > 0) std::this_thread::sleep_for(std::chrono::milliseconds(stall_ms));
      return !done() && steady_ms() < end_ms;
    });
    EXPECT_TRUE(result.has_value());
  }

  // Lets an outside program drive the pointer or keyboard meanwhile, and a few turns more.
  void run_while(const std::vector<std::string>& program, std::int64_t stall_ms = 0) {
    const pid_t pid = test::start(program);
    ASSERT_GT(pid, 0);
    int turns_after = 0;
    bool ended = false;
    run_until(
        [&] {
          if (!ended) ended = waitpid(pid, nullptr, WNOHANG) == pid;
          return ended && ++turns_after > 3;
        },
        stall_ms);
  }

  DemoScreen screen;
  std::int64_t redraw_ms = 0;
  std::unique_ptr<VirtualDisplay> server_;
  std::unique_ptr<FrameLoop> loop;
  std::unique_ptr<Window> window;
};

// Left and right in turn. The same button comes again after twice `rest_s`, well past the debounce,
// also where a loaded machine squeezes the taps together.
std::vector<std::string> taps_in_turn(int taps, const std::string& rest_s) {
  std::vector<std::string> words = {"xdotool"};
  const auto add = [&words](std::initializer_list<std::string> more) {
    words.insert(words.end(), more);
  };
  add({"sleep", "0.6"});
  for (int i = 0; i < taps; ++i) {
    add({"mousemove", i % 2 == 0 ? "250" : "750", "300", "mousedown", "1", "sleep", "0.03"});
    add({"mouseup", "1", "sleep", rest_s});
  }
  return words;
}

TEST_F(WindowOnX, FortyTapsReachTheirButtonsThoughEveryTurnIsSlow) {
  if (!test::is_installed("xdotool")) GTEST_SKIP() << "xdotool is not installed";
  std::vector<std::int64_t> stalls_ms = {250};
  if (std::getenv("BATCHWRIGHT_LONG_TESTS") != nullptr) stalls_ms = {0, 50, 100, 250, 500};
  if (!open()) GTEST_SKIP() << "Xvfb is not installed";
  for (const std::int64_t stall_ms : stalls_ms) {
    screen = DemoScreen();
    two_buttons();
    run_while(taps_in_turn(40, "0.17"), stall_ms);
    EXPECT_EQ(screen.taps["left"], 20) << stall_ms << " ms";
    EXPECT_EQ(screen.taps["right"], 20) << stall_ms << " ms";
  }
}

TEST_F(WindowOnX, TapsMadeWhileTheWindowWasBusyKeepTheirOwnTimes) {
  if (!test::is_installed("xdotool")) GTEST_SKIP() << "xdotool is not installed";
  if (!open()) GTEST_SKIP() << "Xvfb is not installed";
  two_buttons();
  int turns = 0;
  run_until([&] { return ++turns > 3; });
  const pid_t pid = test::start(taps_in_turn(12, "0.3"));
  ASSERT_GT(pid, 0);
  waitpid(pid, nullptr, 0);  // nobody reads events meanwhile
  turns = 0;
  run_until([&] { return ++turns > 3; });
  // Read at one moment, they would look like bounces of two taps.
  EXPECT_EQ(screen.taps["left"], 6);
  EXPECT_EQ(screen.taps["right"], 6);
}

TEST_F(WindowOnX, WhatIsDrawnIsWhatIsShownWithSharedMemoryAndWithout) {
  for (const bool shared : {true, false}) {
    if (!open(shared ? std::vector<std::string>{}
                     : std::vector<std::string>{"-extension", "MIT-SHM"})) {
      GTEST_SKIP() << "Xvfb is not installed";
    }
    two_buttons();
    screen.text = "What is drawn is what is shown";
    int turns = 0;
    run_until([&] { return ++turns > 3; });
    EXPECT_EQ(window->statistics().shared_memory, shared);
    const Picture shown = test::picture_of_x_screen();
    SoftwareRasteriser expected(window->display().width_px, window->display().height_px, 0xd5d9db);
    loop->run(steady_ms(), expected);
    const auto difference = compare(copy_of(expected.canvas()), shown);
    EXPECT_FALSE(difference.has_value()) << difference->summary;
    loop.reset();
    window.reset();
    server_.reset();
  }
}

TEST_F(WindowOnX, SleepsWhileNothingHappensAndWakesForAnotherThread) {
  if (!open()) GTEST_SKIP() << "Xvfb is not installed";
  two_buttons();
  const auto run_for = [this](std::int64_t ms) {
    std::thread other([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(ms));
      window->stop();
    });
    EXPECT_TRUE(window->run(*loop).has_value());
    other.join();
  };
  run_for(500);  // first frame, and whatever the server says about a new window
  const std::uint64_t turns_before = window->statistics().turns;
  const std::int64_t cpu_before_ms = cpu_ms();
  run_for(1500);
  EXPECT_LE(window->statistics().turns - turns_before, 2u) << "one at the start, one to stop";
  EXPECT_LE(cpu_ms() - cpu_before_ms, 60) << "of 1,500 ms, with one full picture";
}

TEST_F(WindowOnX, WedgeScannerArrivesWithItsGroupSeparator) {
  if (!test::is_installed("xdotool")) GTEST_SKIP() << "xdotool is not installed";
  if (!open()) GTEST_SKIP() << "Xvfb is not installed";
  run_while({"xdotool", "sleep", "0.6", "type", "--delay", "5", "10ABC"});
  run_while({"xdotool", "sleep", "0.2", "key", "ctrl+bracketright", "key", "2", "key", "Return"});
  EXPECT_EQ(screen.scanned,
            "10ABC\x1d"
            "2");
}

TEST_F(WindowOnX, NoDisplayIsSaidPlainly) {
  unsetenv("DISPLAY");
  const auto opened = Window::open(test::compact_panel(), {});
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, ErrorCode::kNotFound);
  EXPECT_NE(opened.error().message.find("--headless"), std::string::npos);
}

// In a process of its own: GLFW can't forget a connection that died.
void lose_the_server() {
  VirtualDisplay server;
  auto window = Window::open(test::compact_panel(), {});
  if (!window) std::_Exit(2);
  DemoScreen screen;
  FrameLoop loop((*window)->display(), test::shipped_theme(),
                 test::fonts_for(test::compact_panel()), [&screen](Frame& frame) {
                   screen.draw(frame);
                   frame.redraw_in_ms(10);
                 });
  int turns = 0;
  const auto result = (*window)->run(loop, [&] {
    if (++turns == 10) server.end();
    return turns < 1000;
  });
  const bool said = !result && result.error().code == ErrorCode::kIo;
  window->reset();
  std::_Exit(said ? 0 : 3);
}

TEST(WindowDeathTest, LostServerIsAnErrorAndNotTheEndOfTheProcess) {
  if (!test::is_installed("Xvfb")) GTEST_SKIP() << "Xvfb is not installed";
  EXPECT_EXIT(lose_the_server(), ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace batchwright::ui
