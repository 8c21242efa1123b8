// batchwright: the panel and its command line.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>

#include "client/cli/cli.h"

int main(int argc, char** argv) {
  namespace cli = batchwright::client::cli;
  // Standard output belongs to results; the log goes to standard error.
  spdlog::set_default_logger(spdlog::stderr_logger_mt("batchwright"));
  spdlog::set_level(spdlog::level::warn);

  CLI::App app("Batchwright: electronic batch records on a touch panel");
  app.require_subcommand(1);
  int exit_code = cli::kDone;
  cli::add_panel(app, exit_code);
  cli::add_teach(app, exit_code);
  cli::add_enroll(app, exit_code);
  cli::add_run(app, exit_code);
  cli::add_recipe(app, exit_code);
  cli::add_show(app, exit_code);
  cli::add_verify(app, exit_code);
  cli::add_export(app, exit_code);
  cli::add_read_label(app, exit_code);
  cli::add_check_image(app, exit_code);
  cli::add_vision(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? cli::kDone : cli::kRefused;
  }
  return exit_code;
}
