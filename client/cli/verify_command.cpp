// batchwright verify PATH [--trust FILE]: proves a record or names the first bad line.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "base/then.h"
#include "client/cli/cli.h"
#include "client/evidence_audit.h"
#include "client/file.h"
#include "client/record_package.h"
#include "record/verify.h"

namespace batchwright::client::cli {

namespace {

using Anchor = std::optional<record::TrustAnchor>;

struct Options {
  std::string path, trust, evidence;
  // Not the same as a name: `--trust "$FILE"` with nothing in FILE still asks for trust.
  bool is_trust_given = false;
  bool is_lines_only = false;
  bool json = false;
};

Result<Anchor> load_anchor(const Options& options) {
  if (!options.is_trust_given) return Anchor();
  auto anchor = then(
      load_file(options.trust, 64u << 10), [](const std::string& text) { return parse_json(text); },
      record::trust_anchor_from_json);
  if (!anchor) return std::unexpected(anchor.error());
  return Anchor(*anchor);
}

Json to_json(const record::VerifyReport& report) {
  Json json;
  json["proved"] = report.proved;
  json["anchored"] = report.anchored;
  json["first_bad"] = report.first_bad ? Json(*report.first_bad) : Json(nullptr);
  json["device"] = report.device;
  json["lines"] = report.lines;
  json["commits"] = report.commits;
  json["signatures"] = report.signatures;
  json["confirmed"] = report.confirmed_through;
  json["head"] = report.head;
  json["findings"] = Json::array();
  for (const auto& finding : report.findings)
    json["findings"].push_back({{"severity", to_string(finding.severity)},
                                {"code", finding.code},
                                {"place", finding.place},
                                {"message", finding.message}});
  return json;
}

// True when nothing says that the record was changed: only that it, or who signed it, does not lead
// back to the given anchor.
bool is_only_untrusted(const record::VerifyReport& report) {
  return std::ranges::all_of(report.findings, [](const Finding& finding) {
    return finding.severity != Severity::kError || finding.code == "trust.anchor" ||
           finding.code == "signature.untraced" || finding.code == "findings.more";
  });
}

bool is_only_incomplete(const record::VerifyReport& report) {
  return std::ranges::all_of(report.findings, [](const Finding& finding) {
    return finding.severity != Severity::kError || finding.code == "evidence.missing" ||
           finding.code == "findings.more";
  });
}

// Beside the lines themselves: an exported file has its pictures in a folder of its name.
std::filesystem::path evidence_folder(const Options& options) {
  if (!options.evidence.empty()) return options.evidence;
  std::error_code error;
  const bool is_store = std::filesystem::is_directory(options.path, error);
  return is_store ? std::filesystem::path(options.path) / "evidence"
                  : std::filesystem::path(options.path + ".evidence");
}

void add_evidence(const Options& options, const record::Package& package,
                  record::VerifyReport& report) {
  auto audit = audit_evidence(package, evidence_folder(options));
  if (audit.findings.empty()) return;
  report.proved = false;
  report.anchored = false;
  report.first_bad =
      std::min(report.first_bad.value_or(audit.first_bad_line), audit.first_bad_line);
  report.findings.insert(report.findings.end(), audit.findings.begin(), audit.findings.end());
}

const char* verdict(const record::VerifyReport& report, const Anchor& anchor) {
  if (!report.proved && is_only_incomplete(report))
    return "NOT PROVED (pictures or files that it rests on are missing)";
  if (!report.proved && !is_only_untrusted(report)) return "ALTERED";
  if (report.anchored) return "PROVED";
  if (anchor) return "NOT PROVED (the record does not lead back to the given trust file)";
  return "CONSISTENT, NOT ANCHORED (no trust file was given)";
}

void print_words(const record::VerifyReport& report, const Anchor& anchor) {
  print_findings(report.findings, stdout);
  const char* const words = verdict(report, anchor);
  if (!report.proved) {
    fmt::print("{}. The first bad place is {}. {} lines were read.\n", words,
               report.first_bad && *report.first_bad > 0 ? fmt::format("line {}", *report.first_bad)
                                                         : "outside the lines (see above)",
               report.lines);
    return;
  }
  fmt::print("{}. {} lines in {} commits, {} signatures, confirmed by the twin through line {}.\n",
             words, report.lines, report.commits, report.signatures, report.confirmed_through);
  fmt::print("Head {}\n", report.head);
}

int run(const Options& options) {
  auto anchor = load_anchor(options);
  if (!anchor) return report(anchor.error());
  auto package = load_package_to_verify(options.path, SystemClock().now());
  if (!package) {
    if (options.json && package.error().code == ErrorCode::kAltered)
      print_json({{"proved", false},
                  {"anchored", false},
                  {"first_bad", 0},
                  {"findings", Json::array({{{"severity", "error"},
                                             {"place", package.error().place},
                                             {"message", package.error().message}}})}});
    return report(package.error());
  }
  auto result = record::verify(*package, *anchor);
  if (!options.is_lines_only) add_evidence(options, *package, result);
  if (options.json)
    print_json(to_json(result));
  else
    print_words(result, *anchor);
  // Who gave an anchor asked whether the record leads back to it, and nothing less is a yes.
  return (*anchor ? result.anchored : result.proved) ? kDone : kRefused;
}

}  // namespace

void add_verify(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("verify", "Prove a record, or name the first bad line");
  command->add_option("path", options->path, "Exported journal, or the folder of a closed store")
      ->required();
  auto* trust = command->add_option("--trust", options->trust,
                                    "Trust anchor of the site (batchwright-twin trust)");
  command->add_option("--evidence", options->evidence,
                      "Folder with its pictures and files; else beside it (FILE.evidence)");
  command->add_flag("--lines-only", options->is_lines_only,
                    "Prove the lines alone, without the pictures and files they rest on");
  command->add_flag("--json", options->json, "One JSON object on standard output");
  command->callback([options, trust, &exit_code] {
    options->is_trust_given = trust->count() > 0;
    exit_code = run(*options);
  });
}

}  // namespace batchwright::client::cli
