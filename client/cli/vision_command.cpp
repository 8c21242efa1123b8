// batchwright vision validate | teach | generate | kit: camera checks before they are used.
#include "client/cli/vision_commands.h"

namespace batchwright::client::cli {

void add_vision(CLI::App& app, int& exit_code) {
  auto* vision = app.add_subcommand("vision", "Teach, validate and challenge camera checks");
  vision->require_subcommand(1);
  add_vision_validate(*vision, exit_code);
  add_vision_teach(*vision, exit_code);
  add_vision_pictures(*vision, exit_code);
}

}  // namespace batchwright::client::cli
