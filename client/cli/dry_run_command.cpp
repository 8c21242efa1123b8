// batchwright recipe dry-run FILE: plays the recipe in every way and says what came of it.
#include <fmt/format.h>

#include "client/cli/cli.h"
#include "client/file.h"
#include "client/recipe_file.h"
#include "workflows/dry_run.h"

namespace batchwright::client::cli {

namespace {

struct Options {
  std::string file, resolve, out, scenario;
  bool json = false;
};

int dry_run(const Options& options) {
  auto recipe = load_recipe(options.file, options.resolve);
  if (!recipe) return report(recipe.error());
  if (has_errors(recipe->findings)) {
    print_findings(recipe->findings, stderr);
    fmt::print(stderr, "This recipe can't run yet, so it can't be played either.\n");
    return kRefused;
  }
  workflows::DryRunOptions how;
  how.scenario = options.scenario;
  const auto mbr = std::make_shared<const workflows::Mbr>(std::move(recipe->mbr));
  const auto played = workflows::dry_run(mbr, how);
  const Json json = workflows::to_json(played);
  if (!options.out.empty()) {
    if (auto saved = save_file(options.out, to_text(json)); !saved) return report(saved.error());
  }
  if (options.json) {
    print_findings(played.findings, stderr);
    print_json(json);
  } else {
    fmt::print("{}", workflows::to_text(played));
  }
  return has_errors(played.findings) ? kRefused : kDone;
}

}  // namespace

void add_dry_run(CLI::App& recipe, int& exit_code) {
  auto options = std::make_shared<Options>();
  auto* command = recipe.add_subcommand(
      "dry-run", "Play it in every way: each transition, limit, gate, time and fault");
  command->add_option("file", options->file, "BatchML master recipe (.xml) or .mbr.json")
      ->required();
  command->add_option("--resolve", options->resolve,
                      "The author's answers (default: FILE without .xml + .resolve.toml)");
  command->add_option("-o,--out", options->out, "File for the report, canonical JSON");
  command->add_option("--scenario", options->scenario,
                      "Only this scenario of the recipe, or all of them: all");
  command->add_flag("--json", options->json, "One JSON object on standard output");
  command->callback([options, &exit_code] { exit_code = dry_run(*options); });
}

}  // namespace batchwright::client::cli
