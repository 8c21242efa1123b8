#include "client/recipe_file.h"

#include <filesystem>

#include "client/file.h"
#include "workflows/import_report.h"
#include "workflows/mbr_json.h"

namespace batchwright::client {

namespace {

constexpr std::size_t kRecipeBytesMax = 64u << 20;

bool looks_like_xml(const std::string& text) {
  const auto at = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return at != std::string::npos && text[at] == '<';
}

Result<std::string> load_answers(const std::string& file, const std::string& resolve_file) {
  if (!resolve_file.empty()) return load_file(resolve_file, 1u << 20);
  auto beside = std::filesystem::path(file).replace_extension(".resolve.toml");
  auto text = load_file(beside, 1u << 20);
  if (!text && text.error().code == ErrorCode::kNotFound) return std::string();
  return text;
}

Error named(Error error, const std::string& file) {
  error.place = error.place.empty() ? file : file + ": " + error.place;
  return error;
}

}  // namespace

Result<RecipeFile> load_recipe(const std::string& file, const std::string& resolve_file) {
  auto text = load_file(file, kRecipeBytesMax);
  if (!text) return std::unexpected(text.error());
  RecipeFile recipe;
  if (looks_like_xml(*text)) {
    auto answers = load_answers(file, resolve_file);
    if (!answers) return std::unexpected(answers.error());
    auto import =
        workflows::read_batchml(*text, *answers, std::filesystem::path(file).filename().string());
    if (!import) return std::unexpected(named(import.error(), file));
    recipe.report = workflows::import_report(*import);
    recipe.mbr = std::move(import->mbr);
    recipe.counts = import->counts;
    recipe.findings = std::move(import->findings);
    return recipe;
  }
  auto reading = workflows::read_mbr(*text);
  if (!reading) return std::unexpected(named(reading.error(), file));
  recipe.report = workflows::import_report(*reading);
  recipe.mbr = std::move(reading->mbr);
  recipe.counts.steps = recipe.mbr.count_steps();
  recipe.findings = std::move(reading->findings);
  return recipe;
}

}  // namespace batchwright::client
