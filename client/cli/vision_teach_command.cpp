// batchwright vision teach --check DRAFT --good DIR --bad DIR --out CHECK: derives the threshold of
// a check from pictures of good and bad, or says which of them stand in the way.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "client/cli/interrupt.h"
#include "client/cli/judge_pictures.h"
#include "client/cli/vision_commands.h"
#include "client/file.h"
#include "vision/teach.h"

namespace batchwright::client::cli {

namespace {

struct Options {
  std::string check, good, bad, out;
  std::vector<std::string> expected;
  bool json = false;
};

// The files of a folder by name, hidden ones left out.
Result<std::vector<std::filesystem::path>> pictures_in(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    std::error_code ignored;
    if (!at->is_regular_file(ignored) || at->path().filename().string().starts_with('.')) continue;
    files.push_back(at->path());
    if (files.size() > vision::kSamplesMax)
      return fail(ErrorCode::kFull, "This folder has too many pictures.", folder);
  }
  if (error) return fail(ErrorCode::kUnreadable, "This folder can't be read.", folder);
  std::ranges::sort(files);
  return files;
}

// Scores of one folder; a picture that says nothing is a finding.
Result<std::vector<vision::SampleScore>> score_folder(
    vision::Worker& worker, const ApprovedCheck& draft, const vision::ExpectedValues& expected,
    const std::string& folder, const Interrupt& interrupt, Findings& findings) {
  const auto files = pictures_in(folder);
  if (!files) return std::unexpected(files.error());
  const auto threshold = vision::threshold_of(draft.check);
  if (!threshold) return std::unexpected(threshold.error());
  std::vector<vision::SampleScore> samples;
  for (const auto& file : *files) {
    if (interrupt.was_asked()) return fail(ErrorCode::kCancelled, "Stopped. Nothing was written.");
    const auto bytes = load_file(file, vision::kPictureBytesMax);
    if (!bytes) return std::unexpected(bytes.error());
    const std::vector<std::string_view> frame{*bytes};
    const auto result = judge_frames(worker, draft, frame, expected, vision::Decision::kLastFrame);
    if (auto score = vision::score_of(file.string(), result, *threshold))
      samples.push_back(std::move(*score));
    else
      findings.push_back({Severity::kError, "teach.picture", file.string(),
                          fmt::format("This picture teaches nothing: {}{}{} (advice: {}).",
                                      to_string(result.verdict), result.reason.empty() ? "" : ", ",
                                      result.reason, to_string(result.quality.advice))});
  }
  return samples;
}

Json teaching_json(const vision::Teaching& teaching) {
  const auto missing = [](int errors, int samples) {
    return Json{{"for_1_percent", vision::samples_missing(errors, samples, 0.01)},
                {"for_0.1_percent", vision::samples_missing(errors, samples, 0.001)}};
  };
  return {{"threshold", teaching.threshold},
          {"good", teaching.good},
          {"bad", teaching.bad},
          {"good_lowest", teaching.good_lowest},
          {"bad_highest", teaching.bad_highest},
          {"false_accepts_left_out", teaching.false_accepts},
          {"false_rejects_left_out", teaching.false_rejects},
          {"false_accept_upper", teaching.false_accept_upper},
          {"false_reject_upper", teaching.false_reject_upper},
          {"missing_bad", missing(teaching.false_accepts, teaching.bad)},
          {"missing_good", missing(teaching.false_rejects, teaching.good)}};
}

void print_words(const vision::Teaching& teaching) {
  fmt::print(
      "Threshold {:.4f}: the worst of {} good samples scores {:.4f}, the best of {} bad ones "
      "{:.4f}.\n",
      teaching.threshold, teaching.good, teaching.good_lowest, teaching.bad, teaching.bad_highest);
  const auto tell = [](const char* what, const char* kind, double upper, int errors, int samples) {
    fmt::print(
        "{}: at most {:.1f} % (95 %), estimated by leaving each sample out. For 1 %: {} more "
        "{} samples, for 0.1 %: {}.\n",
        what, 100 * upper, vision::samples_missing(errors, samples, 0.01), kind,
        vision::samples_missing(errors, samples, 0.001));
  };
  tell("False accept", "bad", teaching.false_accept_upper, teaching.false_accepts, teaching.bad);
  tell("False reject", "good", teaching.false_reject_upper, teaching.false_rejects, teaching.good);
}

int refuse(const Options& options, const Findings& findings) {
  print_findings(findings, stderr);
  return report({ErrorCode::kRefused, "Nothing was taught and nothing written.", options.out});
}

int run(const Options& options) {
  const Interrupt interrupt;
  const auto expected = expected_from_text(options.expected);
  if (!expected) return report(expected.error());
  const auto draft = load_check(options.check);
  if (!draft) return report(draft.error());
  const auto worker = make_worker();
  Findings findings;
  const auto good = score_folder(*worker, *draft, *expected, options.good, interrupt, findings);
  if (!good) return report(good.error());
  const auto bad = score_folder(*worker, *draft, *expected, options.bad, interrupt, findings);
  if (!bad) return report(bad.error());
  const auto reading = vision::teach_threshold(*good, *bad);
  findings.insert(findings.end(), reading.findings.begin(), reading.findings.end());
  if (!findings.empty()) return refuse(options, findings);
  const auto today = to_text(SystemClock().now()).substr(0, 10);
  const auto taught = vision::with_teaching(draft->check, *reading.teaching, today);
  if (!taught.check) return refuse(options, taught.findings);
  if (auto saved = save_file(options.out, vision::file_of(*taught.check)); !saved)
    return report(saved.error());
  if (options.json)
    print_json(teaching_json(*reading.teaching));
  else
    print_words(*reading.teaching);
  return kDone;
}

}  // namespace

void add_vision_teach(CLI::App& vision, int& exit_code) {
  auto options = std::make_shared<Options>();
  auto* command =
      vision.add_subcommand("teach", "Derive a check's threshold from good and bad pictures");
  command->add_option("--check", options->check, "The draft")->required();
  command->add_option("--good", options->good, "Folder of pictures that must pass")->required();
  command->add_option("--bad", options->bad, "Folder of pictures that must not")->required();
  command->add_option("--out", options->out, "The taught check")->required();
  command->add_option("--expect", options->expected, "NAME=VALUE of the batch; repeatable")
      ->allow_extra_args(false);
  command->add_flag("--json", options->json, "One JSON object on standard output");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace batchwright::client::cli
