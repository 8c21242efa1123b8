// vision-campaign generate | kit, which `batchwright vision` starts.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "base/time.h"
#include "vision/challenge/challenge_folder.h"
#include "vision/challenge/main/commands.h"
#include "vision/challenge/site_kit.h"
#include "vision/engine/check_engine.h"

namespace batchwright::vision::challenge {

namespace {

struct Options {
  std::string kind = "label", split = "develop", out, date;
  FolderFacts facts;
};

int failed(const Error& error) {
  std::fprintf(stderr, "%s (%s)\n", error.message.c_str(), error.place.c_str());
  return error.code == ErrorCode::kIo ? 2 : 1;
}

std::string date_of(const Options& options) {
  return options.date.empty() ? to_text(SystemClock().now()).substr(0, 10) : options.date;
}

int generate(Options options) {
  settle_engine();
  options.facts.folder = options.out;
  options.facts.date = date_of(options);
  options.facts.split = split_from_text(options.split).value_or(Split::kDevelop);
  for (const auto& kind : scene_kinds()) {
    if (kind.name != options.kind) continue;
    const auto hash = write_challenge(kind, options.facts);
    if (!hash) return failed(hash.error());
    std::puts(("manifest: " + *hash).c_str());
    return 0;
  }
  return failed({ErrorCode::kNotFound, "Known are label and label-text.", options.kind});
}

int write_kit(const Options& options) {
  const auto pdf = site_kit_pdf(date_of(options));
  if (!pdf) return failed(pdf.error());
  std::ofstream file(options.out + ".part", std::ios::binary);
  file.write(pdf->data(), static_cast<std::streamsize>(pdf->size()));
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(options.out + ".part", options.out, error);
  if (!file || error)
    return failed({ErrorCode::kIo, "This file could not be written.", options.out});
  return 0;
}

}  // namespace

void add_generate(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  options->facts.count = 100;
  options->facts.seed = 1;
  auto* command = app.add_subcommand("generate", "Pictures with known answers and their manifest");
  command->add_option("--kind", options->kind, "label, label-text");
  command->add_option("--count", options->facts.count, "How many scenes")
      ->check(CLI::Range(1, static_cast<int>(kCasesMax)));
  command->add_option("--frames", options->facts.frames, "Pictures of each scene")
      ->check(CLI::Range(1, 3));
  command->add_option("--seed", options->facts.seed, "What the scenes are made from");
  command->add_option("--split", options->split, "develop, tune, sealed")
      ->check(CLI::IsMember({"develop", "tune", "sealed"}));
  command->add_option("--date", options->date, "YYYY-MM-DD; else today");
  command->add_option("--out", options->out, "An empty folder, or one to be made")->required();
  command->callback([options, &exit_code] { exit_code = generate(*options); });
}

void add_kit(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("kit", "Challenge cards to print, as PDF");
  command->add_option("--date", options->date, "YYYY-MM-DD; else today");
  command->add_option("--out", options->out, "The PDF")->required();
  command->callback([options, &exit_code] { exit_code = write_kit(*options); });
}

}  // namespace batchwright::vision::challenge
