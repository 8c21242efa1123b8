// batchwright run --recipe FILE --store DIR --auto --seed N [--twin URL]
#include <fmt/format.h>

#include <cstdio>

#include "base/bytes.h"
#include "client/auto_run.h"
#include "client/cli/cli.h"

namespace batchwright::client::cli {

namespace {

struct Options {
  AutoRunOptions run;
  bool automatic = false;
  bool json = false;
};

// Flushed at once: whoever kills the program reads only what was accepted (design, section 6).
void say_accepted(std::FILE* stream, const record::StoredLine& last,
                  const record::StoredLine& commit) {
  const auto entry = last.line.body.value("entry", std::string("-"));
  const auto text =
      fmt::format("accepted {} {} {} {} {}\n", commit.line.device, commit.line.seq,
                  to_hex(commit.hash), last.line.step.empty() ? "-" : last.line.step, entry);
  std::fputs(text.c_str(), stream);
  std::fflush(stream);
}

Json to_json(const AutoRunResult& result) {
  return {{"batch", result.batch},
          {"state", result.state},
          {"steps_completed", result.steps_completed},
          {"events", result.events},
          {"journal", result.journal},
          {"head", result.head},
          {"accepted", result.accepted},
          {"confirmed", result.confirmed},
          {"wedged", result.wedged}};
}

int run(const Options& options) {
  if (!options.automatic) {
    return report({ErrorCode::kRefused,
                   "Only simulated runs start from here; add --auto. People work at: batchwright "
                   "panel --store DIR",
                   ""});
  }
  // With --json standard output carries the one object only.
  std::FILE* stream = options.json ? stderr : stdout;
  auto result = auto_run(options.run, [&](const auto& last, const auto& commit) {
    say_accepted(stream, last, commit);
  });
  if (!result) return report(result.error());
  if (options.json)
    print_json(to_json(*result));
  else
    fmt::print(
        "Batch {} is {}. {} steps, {} events, head {}.\nProve it with: batchwright verify {}\n",
        result->batch, result->state, result->steps_completed, result->events, result->head,
        options.run.store);
  return result->state == "complete" ? kDone : kRefused;
}

}  // namespace

void add_run(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("run", "Execute a whole run by a simulated operator");
  command->add_option("--recipe", options->run.recipe, "Master batch record or BatchML file")
      ->required();
  command->add_option("--store", options->run.store, "Folder of the record")->required();
  command->add_flag("--auto", options->automatic, "Simulated operator, headless");
  command->add_option("--seed", options->run.seed, "What the simulated operator does (never keys)");
  command->add_option("--twin", options->run.twin, "Address of the twin to send the record to");
  command->add_option("--people", options->run.people,
                      "Passwords of demonstration people, for a store enrolled at a twin");
  command->add_flag("--json", options->json, "One JSON object on standard output");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace batchwright::client::cli
