// batchwright check-image --check FILE IMAGE...: judges pictures by a camera check; with --evidence
// it judges the frames of an attempt again and says whether the same bits come out.
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "client/cli/cli.h"
#include "client/cli/judge_pictures.h"
#include "client/file.h"

namespace batchwright::client::cli {

namespace {

struct CheckImageOptions {
  std::string check, evidence, save_evidence;
  std::vector<std::string> files, expected;
  bool frames = false, json = false;
};

// As the panel decides: of several pictures without memory, two must agree.
vision::Decision decision_of(const CheckImageOptions& options, const ApprovedCheck& approved) {
  const bool sequence = std::holds_alternative<vision::SequenceCheck>(approved.check.rule);
  return sequence || options.files.size() < 2 ? vision::Decision::kLastFrame
                                              : vision::Decision::kTwoAgree;
}

// Named pictures and their bytes, or why one of them can't be read.
Result<std::vector<std::string>> load_pictures(const std::vector<std::string>& files) {
  std::vector<std::string> pictures;
  for (const auto& file : files) {
    auto bytes = load_file(file, vision::kPictureBytesMax);
    if (!bytes) return std::unexpected(bytes.error());
    pictures.push_back(std::move(*bytes));
  }
  return pictures;
}

std::vector<std::string_view> views_of(const std::vector<std::string>& pictures) {
  return {pictures.begin(), pictures.end()};
}

Json line_of(const std::vector<std::string>& files, const vision::Check& check,
             const vision::CheckResult& result) {
  Json json{
      {"files", files},
      {"check", {{"id", check.id}, {"version", check.version}, {"sha256", check.sha256_hex}}}};
  json["result"] = to_json(result);
  return json;
}

void print_words(const std::string& name, const vision::CheckResult& result) {
  fmt::print("{}: {}{}{}\n", visible(name), to_string(result.verdict),
             result.reason.empty() ? "" : ": ", visible(result.reason));
  if (!result.quality.good && result.verdict == vision::Verdict::kUndecided)
    fmt::print("  the picture: {}\n", to_string(result.quality.advice));
  for (const auto& region : result.regions)
    fmt::print("  {}: {} ({}), seen '{}', expected '{}', score {:.4f}, needed {:.4f}\n",
               visible(region.region), to_string(region.verdict), visible(region.code),
               visible(region.seen), visible(region.expected), region.score, region.threshold);
  for (const auto& [name_read, value] : result.readings)
    fmt::print("  {} = {}\n", visible(name_read), visible(value));
}

int show(const CheckImageOptions& options, const std::vector<std::string>& files,
         const vision::Check& check, const vision::CheckResult& result) {
  if (options.json)
    print_json(line_of(files, check, result));
  else
    print_words(files.size() == 1
                    ? files.front()
                    : fmt::format("{} frames, the last {}", files.size(), files.back()),
                result);
  std::fflush(stdout);
  return result.verdict == vision::Verdict::kNotPerformed ? kRefused : kDone;
}

int save_evidence(const CheckImageOptions& options, const ApprovedCheck& approved,
                  const std::vector<std::string>& pictures, const vision::CheckResult& result,
                  const vision::ExpectedValues& expected) {
  auto engine = engine_identity();
  if (!engine) return report(engine.error());
  const auto evidence = vision::make_evidence(approved.check, views_of(pictures), expected, *engine,
                                              result, decision_of(options, approved));
  if (auto saved = save_file(options.save_evidence, vision::file_of(evidence)); !saved)
    return report(saved.error());
  return kDone;
}

bool was_not_performed(const vision::CheckEvidence& evidence) {
  const auto json = parse_json(evidence.result_text);
  return json && json->value("verdict", "") == to_string(vision::Verdict::kNotPerformed);
}

// Judges again; nothing is judged before everything is known to be what it was.
int repeat(const CheckImageOptions& options, const ApprovedCheck& approved,
           const std::vector<std::string>& pictures) {
  const auto bytes = load_file(options.evidence, vision::kEvidenceBytesMax);
  if (!bytes) return report(bytes.error());
  const auto reading = vision::evidence_from_json(*bytes);
  print_findings(reading.findings, stderr);
  if (!reading.evidence)
    return report({ErrorCode::kMalformed, "This is no evidence of a check.", options.evidence});
  const auto& evidence = *reading.evidence;
  const auto tell = [&](const char* answer, const Findings& findings) {
    if (options.json) {
      Json list = Json::array();
      for (const auto& one : findings)
        list.push_back({{"code", one.code}, {"place", one.place}, {"message", one.message}});
      print_json({{"answer", answer}, {"findings", list}});
    } else {
      print_findings(findings, stdout);
    }
  };
  const auto altered = vision::verify_evidence(evidence, approved.bytes, views_of(pictures));
  if (!altered.empty()) {
    tell("altered", altered);
    if (!options.json) fmt::print("ALTERED. Nothing was judged.\n");
    return kRefused;
  }
  const auto engine = engine_identity();
  if (engine && *engine != evidence.engine)
    std::fprintf(stderr, "batchwright: another build of the engine judged then.\n");
  if (was_not_performed(evidence)) {
    tell("nothing to judge", {});
    if (!options.json) fmt::print("NOTHING TO JUDGE. The attempt was not performed then.\n");
    return kRefused;
  }
  auto worker = make_worker();
  const auto again =
      judge_frames(*worker, approved, views_of(pictures), evidence.expected, evidence.decision);
  const auto different = vision::compare_with(evidence, again);
  tell(different.empty() ? "the same" : "different", different);
  if (!options.json)
    fmt::print("{}\n", different.empty() ? "THE SAME, bit for bit." : "DIFFERENT.");
  return different.empty() ? kDone : kRefused;
}

int judge_all(const CheckImageOptions& options, const ApprovedCheck& approved,
              const std::vector<std::string>& pictures, const vision::ExpectedValues& expected) {
  auto worker = make_worker();
  const bool together = options.frames || !options.save_evidence.empty() ||
                        std::holds_alternative<vision::SequenceCheck>(approved.check.rule);
  if (together) {
    const auto decision = decision_of(options, approved);
    const auto result = judge_frames(*worker, approved, views_of(pictures), expected, decision);
    const int shown = show(options, options.files, approved.check, result);
    if (options.save_evidence.empty()) return shown;
    return std::max(shown, save_evidence(options, approved, pictures, result, expected));
  }
  int exit_code = kDone;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const std::vector<std::string_view> one{pictures[i]};
    const auto result =
        judge_frames(*worker, approved, one, expected, vision::Decision::kLastFrame);
    exit_code = std::max(exit_code, show(options, {options.files[i]}, approved.check, result));
  }
  return exit_code;
}

int run(const CheckImageOptions& options) {
  if (!options.evidence.empty() && !(options.expected.empty() && options.save_evidence.empty()))
    return report({ErrorCode::kRefused,
                   "The evidence says what was expected: --expect and --save-evidence don't go "
                   "with --evidence.",
                   {}});
  const auto expected = expected_from_text(options.expected);
  if (!expected) return report(expected.error());
  const auto approved = load_check(options.check);
  if (!approved) return report(approved.error());
  const auto pictures = load_pictures(options.files);
  if (!pictures) return report(pictures.error());
  return options.evidence.empty() ? judge_all(options, *approved, *pictures, *expected)
                                  : repeat(options, *approved, *pictures);
}

}  // namespace

void add_check_image(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<CheckImageOptions>();
  auto* command = app.add_subcommand("check-image", "Judge pictures by a camera check");
  command->add_option("--check", options->check, "The approved check file")->required();
  command->add_option("images", options->files, "PNG, JPEG, WebP or BMP; of a sequence, in order")
      ->required();
  command->add_option("--expect", options->expected, "NAME=VALUE of the batch; repeatable")
      ->allow_extra_args(false);
  command->add_flag("--frames", options->frames,
                    "The images are frames of one attempt, in order (of a sequence always)");
  command->add_option("--evidence", options->evidence,
                      "Judge the frames of this attempt again and compare bit for bit");
  command->add_option("--save-evidence", options->save_evidence,
                      "Write the evidence of this attempt");
  command->add_flag("--json", options->json, "One JSON object per answer and line");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace batchwright::client::cli
