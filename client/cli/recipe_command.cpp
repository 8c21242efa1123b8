// batchwright recipe import FILE -o OUT | recipe check FILE; the rest of `recipe` is added from
// files of its own.
#include <fmt/format.h>

#include <filesystem>

#include "client/cli/recipe_commands.h"
#include "client/file.h"
#include "client/recipe_file.h"
#include "workflows/import_report.h"

namespace batchwright::client::cli {

namespace {

struct Options {
  std::string file, out, resolve;
  bool json = false;
};

int finish(const Findings& findings, const Json& summary, bool json, const std::string& done) {
  const bool errors = has_errors(findings);
  print_findings(findings, json ? stderr : stdout);
  if (json)
    print_json(summary);
  else
    fmt::print("{}\n", done);
  return errors ? kRefused : kDone;
}

int import(const Options& options) {
  auto recipe = load_recipe(options.file, options.resolve);
  if (!recipe) return report(recipe.error());
  if (auto saved = save_file(options.out, recipe->mbr.text + "\n"); !saved)
    return report(saved.error());
  const auto& counts = recipe->counts;
  return finish(
      recipe->findings, recipe->report, options.json,
      fmt::format("{} steps, {} transitions, {} links, {} parameters. {} written to {}.",
                  counts.steps, counts.transitions, counts.links, counts.parameters,
                  recipe->mbr.draft ? "A DRAFT that can't run yet was" : "A runnable record was",
                  options.out));
}

int check(const Options& options) {
  auto recipe = load_recipe(options.file, options.resolve);
  if (!recipe) return report(recipe.error());
  return finish(recipe->findings, recipe->report, options.json,
                has_errors(recipe->findings)
                    ? "This recipe can't run yet."
                    : fmt::format("{} {}: ready to run, {} steps.", recipe->mbr.id,
                                  recipe->mbr.version, recipe->mbr.count_steps()));
}

void add_common(CLI::App& command, Options& options) {
  command.add_option("file", options.file, "BatchML master recipe (.xml) or .mbr.json")->required();
  command.add_option("--resolve", options.resolve,
                     "The author's answers (default: FILE without .xml + .resolve.toml)");
  command.add_flag("--json", options.json, "One JSON object on standard output");
}

}  // namespace

void add_recipe(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  auto* recipe = app.add_subcommand("recipe", "Import, check and compare master batch records");
  recipe->require_subcommand(1);
  auto* import_command = recipe->add_subcommand("import", "Read a recipe, write the native form");
  add_common(*import_command, *options);
  import_command->add_option("-o,--out", options->out, "File to write")->required();
  import_command->callback([options, &exit_code] { exit_code = import(*options); });
  auto* check_command =
      recipe->add_subcommand("check", "Name everything that stops it from running");
  add_common(*check_command, *options);
  check_command->callback([options, &exit_code] { exit_code = check(*options); });
  add_recipe_diff(*recipe, exit_code);
  add_recipe_library(*recipe, exit_code);
  add_dry_run(*recipe, exit_code);
}

}  // namespace batchwright::client::cli
