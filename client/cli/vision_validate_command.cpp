// batchwright vision validate DIR --check FILE: judges challenge pictures with known answers and
// reports what that proves, as PDF and JSON.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "base/bytes.h"
#include "base/sha256.h"
#include "client/camera/vote.h"
#include "client/cli/interrupt.h"
#include "client/cli/judge_pictures.h"
#include "client/cli/vision_commands.h"
#include "client/file.h"
#include "client/report/validation_report.h"

namespace batchwright::client::cli {

namespace {

struct Options {
  std::string folder, check, pdf, json, manifest_sha256;
  std::vector<std::string> splits;
};

Result<vision::ChallengeManifest> load_manifest(const Options& options) {
  const auto path = std::filesystem::path(options.folder) / "manifest.json";
  const auto bytes = load_file(path, vision::kManifestBytesMax);
  if (!bytes) return std::unexpected(bytes.error());
  auto reading = vision::manifest_from_json(*bytes);
  print_findings(reading.findings, stderr);
  if (!reading.manifest)
    return fail(ErrorCode::kMalformed, "This manifest can't be used.", path.string());
  if (!options.manifest_sha256.empty() && options.manifest_sha256 != reading.manifest->sha256_hex)
    return fail(ErrorCode::kAltered,
                fmt::format("The manifest is another one: its SHA-256 is {}.",
                            reading.manifest->sha256_hex),
                path.string());
  for (const auto& one : reading.manifest->cases)
    if (!one.card.empty())
      return fail(ErrorCode::kUnsupported,
                  "A card is laid before the camera at the panel; only pictures are judged here.",
                  one.id);
  return std::move(*reading.manifest);
}

// A picture that isn't the one the manifest was written for answers nothing.
Result<std::string> load_picture(const std::string& folder, const vision::ChallengeImage& image) {
  const auto path = std::filesystem::path(folder) / image.file;
  auto bytes = load_file(path, vision::kPictureBytesMax);
  if (!bytes) return bytes;
  if (to_hex(sha256(*bytes)) != image.sha256_hex)
    return fail(ErrorCode::kAltered, "This picture is not the one that the manifest names.",
                path.string());
  return bytes;
}

// Judges case after case; one thread.
class Judge {
 public:
  Judge(const Options& options, const ApprovedCheck& approved)
      : folder_(options.folder), approved_(approved), worker_(make_worker()) {}

  Result<vision::JudgedCase> judge(const vision::ChallengeCase& asked) {
    vision::JudgedCase judged{&asked, {}, {}, 0};
    // As the panel decides: of several pictures without memory two must agree.
    const bool votes = asked.images.size() > 1 &&
                       !std::holds_alternative<vision::SequenceCheck>(approved_.check.rule);
    Vote vote;
    for (const auto& image : asked.images) {
      const auto picture = load_picture(folder_, image);
      if (!picture) return std::unexpected(picture.error());
      const std::span bytes(reinterpret_cast<const std::uint8_t*>(picture->data()),
                            picture->size());
      judged.result = worker_->check(approved_.bytes, bytes, asked.values, judged.frames == 0);
      ++judged.frames;
      if (judged.result.verdict == vision::Verdict::kNotPerformed) break;
      if (!votes) continue;
      const bool ended = vote.add(judged.result);
      judged.result.verdict = vote.verdict();
      if (ended) break;
    }
    judged.answer = vision::answer_of(asked, judged.result);
    return judged;
  }

 private:
  std::string folder_;
  const ApprovedCheck& approved_;
  std::unique_ptr<vision::Worker> worker_;
};

Result<std::vector<vision::JudgedCase>> judge_all(const Options& options,
                                                  const ApprovedCheck& approved,
                                                  const vision::ChallengeManifest& manifest,
                                                  const Interrupt& interrupt) {
  std::vector<const vision::ChallengeCase*> asked;
  for (const auto& one : manifest.cases)
    if (options.splits.empty() ||
        std::ranges::find(options.splits, to_string(one.split)) != options.splits.end())
      asked.push_back(&one);
  if (asked.empty()) return fail(ErrorCode::kRefused, "The manifest has no case of this split.");
  Judge judge(options, approved);
  std::vector<vision::JudgedCase> judged;
  for (const auto* one : asked) {
    if (interrupt.was_asked()) return fail(ErrorCode::kCancelled, "Stopped. Nothing was written.");
    auto next = judge.judge(*one);
    if (!next) return std::unexpected(next.error());
    judged.push_back(std::move(*next));
    if (judged.size() % 50 == 0 || judged.size() == asked.size())
      std::fprintf(stderr, "%zu of %zu cases\n", judged.size(), asked.size());
  }
  // Asked during the last case, too: what its worker said may be the interrupt's doing.
  if (interrupt.was_asked()) return fail(ErrorCode::kCancelled, "Stopped. Nothing was written.");
  return judged;
}

void print_summary(const vision::Validation& validation) {
  for (const auto& figures : validation.groups) {
    fmt::print("{}:\n", to_string(figures.group));
    const auto tell = [](const char* name, const vision::Rate& rate) {
      if (rate.trials > 0)
        fmt::print("  {}: {} of {}, at most {} (95 %)\n", name, rate.errors, rate.trials,
                   client::report::percent(rate.upper));
    };
    tell("false accept", figures.false_accept);
    tell("accepted, must be undecided", figures.accepted_undecidable);
    tell("wrong value", figures.wrong_value);
    tell("false reject", figures.false_reject);
    tell("no decision", figures.no_decision);
  }
}

int run(const Options& options) {
  const Interrupt interrupt;  // from the first: a long manifest is read before any case is judged
  const auto approved = load_check(options.check);
  if (!approved) return report(approved.error());
  const auto manifest = load_manifest(options);
  if (!manifest) return report(manifest.error());
  const auto engine = engine_identity();
  if (!engine) return report(engine.error());
  std::fprintf(stderr, "manifest %s\n", manifest->sha256_hex.c_str());
  const auto judged = judge_all(options, *approved, *manifest, interrupt);
  if (!judged) return report(judged.error());
  const auto validation = vision::validate(*judged);
  client::report::ValidationFacts facts{approved->check, *manifest, *engine, options.splits, 0};
  for (const auto& one : *judged) facts.frames += one.frames;
  const auto pdf = client::report::validation_pdf(facts, validation);
  if (!pdf) return report(pdf.error());
  if (auto saved = save_file(options.pdf, *pdf); !saved) return report(saved.error());
  const auto json = to_text(client::report::validation_json(facts, validation)) + "\n";
  if (auto saved = save_file(options.json, json); !saved) return report(saved.error());
  print_summary(validation);
  return kDone;
}

}  // namespace

void add_vision_validate(CLI::App& vision, int& exit_code) {
  auto options = std::make_shared<Options>();
  auto* command =
      vision.add_subcommand("validate", "Judge challenge pictures and report what that proves");
  command->add_option("folder", options->folder, "Pictures with manifest.json")->required();
  command->add_option("--check", options->check, "The check file")->required();
  command->add_option("--out", options->pdf, "The report as PDF")->required();
  command->add_option("--json", options->json, "The same numbers as JSON")->required();
  command->add_option("--split", options->splits, "Only develop, tune or sealed; repeatable")
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"develop", "tune", "sealed"}));
  command->add_option("--manifest-sha256", options->manifest_sha256,
                      "Refuse every other manifest than this");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace batchwright::client::cli
