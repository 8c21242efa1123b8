// batchwright recipe diff A B [--json]
#include <fmt/format.h>

#include <array>

#include "client/cli/recipe_commands.h"
#include "client/recipe_file.h"
#include "workflows/mbr_diff.h"

namespace batchwright::client::cli {

namespace {

struct Options {
  std::array<std::string, 2> files;
  bool json = false;
};

// 1 says "they differ", so whatever stops the comparison is 2.
int stopped(const Error& error) {
  (void)report(error);
  return kUnreadable;
}

Result<workflows::Mbr> load(const std::string& file) {
  auto recipe = load_recipe(file);
  if (!recipe) return std::unexpected(recipe.error());
  if (!recipe->mbr.text.empty()) return std::move(recipe->mbr);
  print_findings(recipe->findings, stderr);
  return fail(ErrorCode::kMalformed,
              "This recipe has errors, so that it can't be compared. Settle them first.", file);
}

int diff(const Options& options) {
  auto before = load(options.files[0]);
  if (!before) return stopped(before.error());
  auto after = load(options.files[1]);
  if (!after) return stopped(after.error());
  const auto diff = workflows::diff_mbr(*before, *after);
  if (options.json)
    fmt::print("{}\n", diff.text);
  else
    fmt::print("{} {} -> {} {}\n\n{}", before->id, before->version, after->id, after->version,
               workflows::describe(diff));
  return diff.empty() ? kDone : kDifferent;
}

}  // namespace

void add_recipe_diff(CLI::App& recipe, int& exit_code) {
  auto options = std::make_shared<Options>();
  auto* command = recipe.add_subcommand(
      "diff", "What differs between two recipes; exit 0: nothing, 1: something, 2: can't tell");
  command->add_option("before", options->files[0], "The older recipe")->required();
  command->add_option("after", options->files[1], "The newer recipe")->required();
  command->add_flag("--json", options->json, "One canonical JSON object, which the hash covers");
  command->callback([options, &exit_code] { exit_code = diff(*options); });
}

}  // namespace batchwright::client::cli
