// batchwright teach --check DRAFT --out CHECK --camera CAM-A=...: the trainer's screen for one
// check.
#include <fmt/format.h>

#include "client/cli/cli.h"
#include "client/file.h"
#include "client/panel.h"
#include "client/resources.h"
#include "client/teach/teach_panel.h"

namespace batchwright::client::cli {

namespace {

struct Options {
  std::string check, out, display = "1920x1080@15.6", language = "en";
  std::vector<std::string> cameras;
  bool window = false;
  std::int64_t close_after_s = 0;
};

Result<vision::Check> load_draft(const std::string& file) {
  const auto bytes = load_file(file, vision::kCheckBytesMax);
  if (!bytes) return std::unexpected(bytes.error());
  auto reading = vision::draft_from_json(*bytes);
  if (reading.check) return std::move(*reading.check);
  print_findings(reading.findings, stderr);
  return fail(ErrorCode::kMalformed, "This is no draft of a check.", file);
}

int run(const Options& options) {
  const auto display = display_from_text(options.display);
  if (!display) return report(display.error());
  auto cameras = camera_options(options.cameras, {});
  if (!cameras) return report(cameras.error());
  auto draft = load_draft(options.check);
  if (!draft) return report(draft.error());
  auto words =
      ui::Words::load((resources_folder() / "strings" / "panel").string(), options.language);
  if (!words) return report(words.error());
  const auto ended = run_teach_panel(
      {.teach = {std::move(*draft), options.out, options.language, std::move(*words)},
       .cameras = std::move(cameras->sources),
       .display = *display,
       .fullscreen = !options.window,
       .close_after_ms = options.close_after_s * 1000});
  return ended ? kDone : report(ended.error());
}

}  // namespace

void add_teach(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("teach", "Teach a camera check on the panel");
  command->add_option("--check", options->check, "The draft")->required();
  command->add_option("--out", options->out, "The taught check")->required();
  command
      ->add_option("--camera", options->cameras,
                   "CAM-A=v4l2:/dev/v4l/by-id/NAME, CAM-A=folder:PATH or CAM-A=clip:PATH; "
                   "repeatable")
      ->required();
  command->add_option("--display", options->display,
                      "Pixels and diagonal in inches (default 1920x1080@15.6)");
  command->add_option("--language", options->language, "en or de")
      ->check(CLI::IsMember({"en", "de"}));
  command->add_flag("--window", options->window, "In a window instead of the whole screen");
  command->add_option("--close-after-s", options->close_after_s, "End by itself");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace batchwright::client::cli
