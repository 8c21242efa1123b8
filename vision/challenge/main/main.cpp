// vision-campaign: the long proofs of the camera checks on rendered scenes.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "vision/challenge/campaigns.h"
#include "vision/challenge/demo_assets.h"

namespace {

using namespace batchwright;
using namespace batchwright::vision::challenge;

int failed(const Error& error) {
  std::fprintf(stderr, "%s %s\n", error.message.c_str(), error.place.c_str());
  return 1;
}

CLI::App* add_command(CLI::App& app, const std::string& name, const std::string& about,
                      CampaignOptions& options) {
  auto* command = app.add_subcommand(name, about);
  command->add_option("--cases,--scenes,--frames", options.cases, "How many")
      ->check(CLI::Range(1, 1'000'000));
  command->add_option("--seed", options.seed, "What the cases are made from");
  command->add_option("--jobs", options.jobs, "Processes at once")->check(CLI::Range(1, 64));
  return command;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Long proofs of the camera checks on rendered scenes");
  app.require_subcommand(1);
  CampaignOptions options;
  int exit_code = 0;
  const std::vector<Campaign> campaigns{};  // one line each
  for (const auto& campaign : campaigns) {
    auto* command = add_command(app, campaign.name, campaign.about, options);
    command->add_option("--commit", options.commit, "What is measured, for the page");
    command->add_option("--date", options.date, "YYYY-MM-DD, for the page");
    command->add_option("--out", options.out, "Markdown file; else standard output");
    command->callback([&] {
      if (const auto done = run_campaign(campaign, options); !done)
        exit_code = failed(done.error());
    });
  }
  add_command(app, "determinism", "One hash over results of every kind", options)->callback([&] {
    const auto hash = determinism(options);
    if (hash)
      std::puts(hash->c_str());
    else
      exit_code = failed(hash.error());
  });
  std::string folder;
  bool only_checks = false;
  auto* assets = app.add_subcommand("demo-assets", "Check files and pictures of the demonstration");
  assets->add_option("--out", folder, "Folder to write to")->required();
  assets->add_flag("--only-checks", only_checks, "The check files alone");
  assets->callback([&] {
    if (const auto done = write_demo_assets(folder, only_checks); !done)
      exit_code = failed(done.error());
  });
  CLI11_PARSE(app, argc, argv);
  return exit_code;
}
