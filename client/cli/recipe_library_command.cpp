// batchwright recipe build SOURCE --library LIB -o OUT | recipe where-used BLOCK --library LIB
// MBR...
#include <fmt/format.h>

#include "base/bytes.h"
#include "client/cli/recipe_commands.h"
#include "client/file.h"
#include "client/recipe_file.h"
#include "workflows/step_library.h"

namespace batchwright::client::cli {

namespace {

constexpr std::size_t kFileBytesMax = 64u << 20;

struct Options {
  std::string source, library, out, block;
  std::vector<std::string> adopt, files;
  bool json = false;
};

Result<workflows::StepLibrary> load_library(const std::string& file) {
  auto text = load_file(file, kFileBytesMax);
  if (!text) return std::unexpected(text.error());
  auto reading = workflows::read_library(*text);
  if (!reading) return std::unexpected(reading.error());
  print_findings(reading->findings, stderr);
  if (has_errors(reading->findings))
    return fail(ErrorCode::kMalformed, "This library has errors. Nothing was written.", file);
  return std::move(reading->library);
}

Result<std::vector<workflows::BlockName>> names_of(const std::vector<std::string>& texts) {
  std::vector<workflows::BlockName> names;
  for (const auto& text : texts) {
    auto name = workflows::block_name_from_text(text);
    if (!name) return std::unexpected(name.error());
    names.push_back(std::move(*name));
  }
  return names;
}

int build(const Options& options) {
  auto adopt = names_of(options.adopt);
  if (!adopt) return report(adopt.error());
  auto library = load_library(options.library);
  if (!library) return report(library.error());
  auto text = load_file(options.source, kFileBytesMax);
  if (!text) return report(text.error());
  auto building = workflows::build_source(*text, *library, *adopt);
  if (!building) return report(building.error());
  const auto& [mbr, findings] = building->reading;
  print_findings(findings, stderr);
  if (mbr.text.empty())
    return report(
        {ErrorCode::kRefused, "The source has errors. Nothing was written.", options.source});
  if (auto saved = save_file(options.out, mbr.text + "\n"); !saved) return report(saved.error());
  fmt::print("{} {}: {} steps written to {}.\n", mbr.id, mbr.version, mbr.count_steps(),
             options.out);
  for (const auto& pin : building->pins)
    fmt::print("{}@{} sha256 {}\n", pin.block, pin.version, pin.sha256);
  return has_errors(findings) ? kRefused : kDone;
}

// How what a record pinned stands to the library now.
std::string standing(const workflows::BlockPin& pin, const workflows::StepLibrary& library) {
  const auto* block = library.find(pin.block, pin.version);
  if (block == nullptr) return "missing";
  if (to_hex(block->hash) != pin.sha256) return "altered";
  return library.newest(pin.block) > pin.version ? "newer" : "newest";
}

std::string words_for(const std::string& state, int newest) {
  if (state == "missing") return "the library doesn't have this version";
  if (state == "altered") return "the library's block is not what was pinned";
  return state == "newer" ? fmt::format("version {} exists", newest) : "the newest";
}

int where_used(const Options& options) {
  auto library = load_library(options.library);
  if (!library) return report(library.error());
  const int newest = library->newest(options.block);
  if (newest == 0)
    return report({ErrorCode::kNotFound, "The library has no such block.", options.block});
  Json json = Json::object();
  json["block"] = options.block;
  json["newest"] = newest;
  Json& users = json["users"] = Json::array();
  bool sound = true;
  for (const auto& file : options.files) {
    auto recipe = load_recipe(file);
    if (!recipe) return report(recipe.error());
    for (const auto& pin : workflows::pins_of(recipe->mbr)) {
      if (pin.block != options.block) continue;
      const auto state = standing(pin, *library);
      sound = sound && (state == "newer" || state == "newest");
      Json user = Json::object();
      user["file"] = file;
      user["mbr"] = recipe->mbr.id;
      user["version"] = recipe->mbr.version;
      user["hash"] = to_hex(recipe->mbr.hash);
      user["pinned"] = pin.version;
      user["standing"] = state;
      users.push_back(std::move(user));
      if (!options.json)
        fmt::print("{} {} pins {}@{}: {} ({})\n", recipe->mbr.id, recipe->mbr.version, pin.block,
                   pin.version, words_for(state, newest), file);
    }
  }
  if (options.json)
    print_json(json);
  else
    fmt::print("{} of {} records use {}; its newest version is {}.\n", users.size(),
               options.files.size(), options.block, newest);
  return sound ? kDone : kRefused;
}

}  // namespace

void add_recipe_library(CLI::App& recipe, int& exit_code) {
  auto options = std::make_shared<Options>();
  auto* build_command =
      recipe.add_subcommand("build", "Write the blocks of a recipe source out into a record");
  build_command->add_option("source", options->source, "Recipe source")->required();
  build_command->add_option("--library", options->library, "Step library")->required();
  build_command->add_option("-o,--out", options->out, "Record to write (.mbr.json)")->required();
  build_command->add_option("--adopt", options->adopt, "BLOCK@VERSION to use instead");
  build_command->callback([options, &exit_code] { exit_code = build(*options); });

  auto* used =
      recipe.add_subcommand("where-used", "Which records use a block, and in what version");
  used->add_option("block", options->block, "Id of the block")->required();
  used->add_option("--library", options->library, "Step library")->required();
  used->add_option("records", options->files, "Records to look at")->required();
  used->add_flag("--json", options->json, "One JSON object on standard output");
  used->callback([options, &exit_code] { exit_code = where_used(*options); });
}

}  // namespace batchwright::client::cli
