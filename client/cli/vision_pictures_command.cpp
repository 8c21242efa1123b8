// batchwright vision generate | kit: both are drawn by vision-campaign, the program that holds the
// scenes and the encoder; this one stays free of picture libraries.
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <memory>
#include <string>
#include <vector>

#include "client/cli/vision_commands.h"
#include "client/resources.h"

extern char** environ;

namespace batchwright::client::cli {

namespace {

constexpr const char* kProgram = "vision-campaign";

// Its output and its exit code are this command's.
int run_beside(const std::vector<std::string>& arguments) {
  const auto program = program_beside(kProgram).string();
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  pid_t child = 0;
  if (::posix_spawn(&child, program.c_str(), nullptr, nullptr, argv.data(), environ) != 0)
    return report({ErrorCode::kNotFound, "The program that draws can't be started.", program});
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return kRefused;
  if (!WIFEXITED(status))
    return report({ErrorCode::kRefused, "The program that draws ended early.", program});
  return WEXITSTATUS(status);
}

struct Options {
  std::string kind = "label", out, date, split = "develop", manifest;
  int count = 100, frames = 1;
  std::uint64_t seed = 1;
};

}  // namespace

void add_vision_pictures(CLI::App& vision, int& exit_code) {
  auto options = std::make_shared<Options>();
  auto* generate = vision.add_subcommand("generate", "Draw challenge pictures with known answers");
  generate->add_option("--kind", options->kind, "label, label-text, kit")
      ->check(CLI::IsMember({"label", "label-text", "kit"}));
  generate->add_option("--count", options->count, "How many scenes")->check(CLI::Range(1, 100'000));
  generate->add_option("--frames", options->frames, "Pictures of each scene, 1 to 3")
      ->check(CLI::Range(1, 3));
  generate->add_option("--seed", options->seed, "What the scenes are made from");
  generate->add_option("--split", options->split, "What they are for: develop, tune, sealed")
      ->check(CLI::IsMember({"develop", "tune", "sealed"}));
  generate->add_option("--date", options->date, "YYYY-MM-DD, for the manifest; else today");
  generate->add_option("--out", options->out, "Folder to write; must not hold a manifest yet")
      ->required();
  generate->callback([options, &exit_code] {
    std::vector<std::string> arguments{"generate",
                                       "--kind",
                                       options->kind,
                                       "--count",
                                       std::to_string(options->count),
                                       "--seed",
                                       std::to_string(options->seed),
                                       "--split",
                                       options->split,
                                       "--out",
                                       options->out};
    if (!options->date.empty()) arguments.insert(arguments.end(), {"--date", options->date});
    exit_code = run_beside(arguments);
  });
  auto* kit = vision.add_subcommand("kit", "Printable challenge cards for the site, as PDF");
  kit->add_option("--out", options->out, "The PDF to write")->required();
  kit->add_option("--date", options->date, "YYYY-MM-DD, for the cards; else today");
  kit->add_option("--manifest", options->manifest,
                  "Also write manifest.json: the cards as the challenge set of a label check");
  kit->callback([options, &exit_code] {
    std::vector<std::string> arguments{"kit", "--out", options->out};
    if (!options->manifest.empty())
      arguments.insert(arguments.end(), {"--manifest", options->manifest});
    if (!options->date.empty()) arguments.insert(arguments.end(), {"--date", options->date});
    exit_code = run_beside(arguments);
  });
}

}  // namespace batchwright::client::cli
