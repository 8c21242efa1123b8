// batchwright panel --store DIR [--display WxH@INCH] [--headless --story demo --pictures DIR
// --people FILE]
#include <fmt/format.h>

#include "client/cli/cli.h"
#include "client/demo/story.h"
#include "client/panel.h"
#include "client/resources.h"

namespace batchwright::client::cli {

namespace {

struct Options {
  std::vector<std::string> cameras, checks;
  std::string store, display = "1920x1080@15.6", photos, story = "demo", pictures, people, objects;
  bool window = false;
  bool headless = false;
  std::int64_t close_after_s = 0;
};

int tell(const Options& options, const ui::Display& display, const CameraOptions& cameras) {
  if (options.story != "demo")
    return report({ErrorCode::kNotFound, "The only story so far is: demo", options.story});
  const auto resources = resources_folder();
  auto told = tell_story({.store = options.store,
                          .pictures = options.pictures.empty() ? "pictures" : options.pictures,
                          .people = options.people.empty() ? resources / "demo" / "people.json"
                                                           : std::filesystem::path(options.people),
                          .photos = options.photos.empty() ? resources / "demo" / "photos"
                                                           : std::filesystem::path(options.photos),
                          .objects = options.objects,
                          .cameras = cameras,
                          .display = display});
  if (!told) return report(told.error());
  fmt::print(
      "Batch {} is {}: {} steps, {} signatures, {} exceptions, by {} taps. {} of {} lines are "
      "confirmed by the twin.\n",
      told->batch, told->state, told->steps, told->signatures, told->exceptions, told->taps,
      told->confirmed, told->head);
  return kDone;
}

int run(const Options& options) {
  auto display = display_from_text(options.display);
  if (!display) return report(display.error());
  auto cameras = camera_options(options.cameras, options.checks);
  if (!cameras) return report(cameras.error());
  if (options.headless) return tell(options, *display, *cameras);
  auto ended = run_panel({.store = options.store,
                          .display = *display,
                          .fullscreen = !options.window,
                          .photos = options.photos.empty() ? resources_folder() / "demo" / "photos"
                                                           : std::filesystem::path(options.photos),
                          .cameras = std::move(*cameras),
                          .close_after_ms = options.close_after_s * 1000});
  return ended ? kDone : report(ended.error());
}

}  // namespace

void add_panel(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("panel", "Open the touch panel");
  command->add_option("--store", options->store, "Folder of the record")->required();
  command->add_option("--display", options->display,
                      "Pixels and diagonal in inches (default 1920x1080@15.6)");
  command->add_flag("--window", options->window, "In a window instead of the whole screen");
  command->add_option("--photos", options->photos, "Picture folder that stands in for a camera");
  command->add_option("--camera", options->cameras,
                      "CAM-A=v4l2:/dev/v4l/by-id/NAME, CAM-A=folder:PATH or CAM-A=clip:PATH; "
                      "repeatable");
  command->add_option("--checks", options->checks, "Folder of approved check files; repeatable");
  command->add_option("--objects", options->objects,
                      "Pictures of what the story's hands put before the cameras");
  command->add_option("--close-after-s", options->close_after_s, "End by itself");
  command->add_flag("--headless", options->headless, "No display: simulated hands tell a story");
  command->add_option("--story", options->story, "Which story (default demo)");
  command->add_option("--pictures", options->pictures, "Where the story leaves its pictures");
  command->add_option("--people", options->people, "Passwords of the demonstration people");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace batchwright::client::cli
