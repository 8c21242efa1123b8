// vision-campaign: the long proofs of the camera checks on rendered scenes.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "base/time.h"
#include "vision/challenge/campaigns.h"
#include "vision/challenge/challenge_folder.h"
#include "vision/challenge/demo_assets.h"
#include "vision/challenge/site_kit.h"

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

// What `batchwright vision generate` and `vision kit` start.
struct PictureOptions {
  std::string kind = "label", split = "develop", out, manifest;
  std::string date = batchwright::to_text(SystemClock().now()).substr(0, 10);
  FolderFacts facts;
};

int generate(PictureOptions options) {
  options.facts.folder = options.out;
  options.facts.date = options.date;
  options.facts.split = vision::split_from_text(options.split).value_or(vision::Split::kDevelop);
  const auto hash = write_challenge(options.kind, options.facts);
  if (!hash) return failed(hash.error());
  std::puts(("manifest: " + *hash).c_str());
  return 0;
}

void add_pictures(CLI::App& app, PictureOptions& options, int& exit_code) {
  auto* pictures = app.add_subcommand("generate", "Pictures with known answers, in a folder");
  pictures->add_option("--kind", options.kind, "label, label-text, kit");
  pictures->add_option("--count", options.facts.count, "How many scenes")
      ->check(CLI::Range(1, static_cast<int>(vision::kCasesMax)));
  pictures->add_option("--frames", options.facts.frames, "Pictures of each")
      ->check(CLI::Range(1, 3));
  pictures->add_option("--seed", options.facts.seed, "What the scenes are made from");
  pictures->add_option("--split", options.split, "develop, tune, sealed")
      ->check(CLI::IsMember({"develop", "tune", "sealed"}));
  auto* kit = app.add_subcommand("kit", "Challenge cards to print, as PDF");
  for (auto* command : {pictures, kit}) {
    command->add_option("--date", options.date, "YYYY-MM-DD, stated on them; else today");
    command->add_option("--out", options.out, "Folder or PDF to write")->required();
  }
  kit->add_option("--manifest", options.manifest, "Also write the cards' challenge set here");
  pictures->callback([&] { exit_code = generate(options); });
  kit->callback([&] {
    if (const auto written = write_site_kit(options.out, options.date, options.manifest); !written)
      exit_code = failed(written.error());
  });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Long proofs of the camera checks on rendered scenes");
  app.require_subcommand(1);
  CampaignOptions options;
  int exit_code = 0;
  const std::vector<Campaign> campaigns{
      label_campaign(),     sequences(),          display_campaign(),
      gauge_campaign(),     lamp_campaign(),      kits_campaign(),
      more_kits_campaign(), clearance_campaign(), tags_campaign(),
  };
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
  PictureOptions picture_options;
  add_pictures(app, picture_options, exit_code);
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
