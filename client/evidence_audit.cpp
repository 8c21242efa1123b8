#include "client/evidence_audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "base/sha256.h"
#include "client/file.h"
#include "offline_store/store.h"
#include "record/evidence.h"
#include "vision/challenge_evidence.h"
#include "vision/evidence.h"

namespace batchwright::client {

namespace {

std::filesystem::path place_of(const std::filesystem::path& folder, const std::string& hex) {
  return folder / hex.substr(0, 2) / hex;
}

std::string text_of(const Json& body, const char* key) {
  const auto found = body.find(key);
  return found != body.end() && found->is_string() ? found->get<std::string>() : "";
}

// What the document of a check says otherwise than the line that names it.
std::string contradiction(const record::Line& line, const std::string& document) {
  const auto reading = vision::evidence_from_json(document);
  if (!reading.evidence) return "is no evidence of a check";
  const auto& evidence = *reading.evidence;
  const auto result = parse_json(evidence.result_text);
  if (!result || text_of(*result, "verdict") != text_of(line.body, "verdict"))
    return "has another verdict";
  if (evidence.check_sha256_hex != text_of(line.body, "check_sha256"))
    return "is of another check file";
  if (evidence.camera != text_of(line.body, "camera")) return "is of another camera";
  // A line names each file once, however often it was judged.
  std::vector<std::string> judged;
  for (const auto& frame : evidence.frames)
    if (std::ranges::find(judged, frame.sha256_hex) == judged.end())
      judged.push_back(frame.sha256_hex);
  auto named = record::evidence_of(line);
  std::erase(named, text_of(line.body, "evidence"));
  return named == judged ? "" : "was judged on other pictures";
}

// The same of the document of a challenge.
std::string challenge_contradiction(const record::Line& line, const std::string& document) {
  const auto summary = vision::summary_of_challenge(document);
  if (!summary) return "is no evidence of a challenge";
  if (summary->check_sha256_hex != text_of(line.body, "check_sha256"))
    return "is of another check file";
  if (summary->camera != text_of(line.body, "camera")) return "is of another camera";
  // Version 1 of the line named no set.
  if (line.body.contains("manifest") &&
      summary->manifest_sha256_hex != text_of(line.body, "manifest"))
    return "is of another challenge set";
  const auto says = [&](const char* key, int count) {
    return text_of(line.body, key) == std::to_string(count);
  };
  // A good one that passed counts only with the right readings, which the document doesn't have.
  const bool same = says("good", summary->good) && says("bad", summary->bad) &&
                    says("bad_failed", summary->bad_failed);
  bool passed = false;
  for (int count = 0; count <= summary->good_passed; ++count)
    passed = passed || says("good_passed", count);
  return same && passed ? "" : "has other counts";
}

// Of a challenge: what its document names, not the line: pictures of cards, and their manifest.
std::vector<std::string> named_by_challenge(const record::Line& line,
                                            const std::filesystem::path& folder) {
  const auto hex = text_of(line.body, "evidence");
  if (line.type != "camera_challenged" || !array_from_hex<32>(hex)) return {};
  const auto document = load_file(place_of(folder, hex), offline_store::kEvidenceBytesMax);
  if (!document) return {};
  auto summary = vision::summary_of_challenge(*document);
  return summary ? std::move(summary->files) : std::vector<std::string>{};
}

std::vector<std::string> files_of(const record::Line& line, const std::filesystem::path& folder) {
  auto files = record::evidence_of(line);
  for (auto& hex : named_by_challenge(line, folder)) files.push_back(std::move(hex));
  return files;
}

class Auditor {
 public:
  explicit Auditor(const std::filesystem::path& folder) : folder_(folder) {}

  void look_at(const record::Line& line, std::uint64_t number) {
    for (const auto& hex : files_of(line, folder_)) {
      const bool is_document =
          line.type.starts_with("camera_") && hex == text_of(line.body, "evidence");
      if (!seen_.insert(hex).second && !is_document) continue;
      look_at(hex, is_document ? &line : nullptr, number);
    }
    audit_.files = seen_.size();
  }

  EvidenceAudit take() { return std::move(audit_); }

 private:
  void look_at(const std::string& hex, const record::Line* line, std::uint64_t number) {
    const auto path = place_of(folder_, hex);
    const auto bytes = load_file(path, offline_store::kEvidenceBytesMax);
    std::error_code error;
    if (!bytes && !std::filesystem::exists(path, error)) {
      ++audit_.missing;
      return tell("evidence.missing", number,
                  fmt::format("A picture or file that this line rests on is not there: {}.", hex));
    }
    if (!bytes) return tell("evidence.unreadable", number, bytes.error().message);
    if (to_hex(sha256(*bytes)) != hex)
      return tell("evidence.altered", number,
                  fmt::format("A picture or file that this line rests on was altered: {}.", hex));
    if (line == nullptr) return;
    const auto what = line->type == "camera_challenged" ? challenge_contradiction(*line, *bytes)
                                                        : contradiction(*line, *bytes);
    if (!what.empty())
      tell("evidence.contradicts", number,
           fmt::format("The evidence that this line names {}: {}.", what, hex));
  }

  void tell(const char* code, std::uint64_t number, std::string message) {
    if (audit_.first_bad_line == 0) audit_.first_bad_line = number;
    auto& findings = audit_.findings;
    if (findings.size() < kEvidenceFindingsMax)
      findings.push_back(
          {Severity::kError, code, fmt::format("line {}", number), std::move(message)});
    else if (findings.size() == kEvidenceFindingsMax)
      findings.push_back({Severity::kError, "findings.more", "", "There are more of this kind."});
  }

  const std::filesystem::path& folder_;
  std::set<std::string> seen_;
  EvidenceAudit audit_;
};

}  // namespace

EvidenceAudit audit_evidence(const record::Package& package, const std::filesystem::path& folder) {
  Auditor auditor(folder);
  for (std::size_t i = 0; i < package.lines.size(); ++i)
    if (const auto line = record::decode(package.lines[i])) auditor.look_at(line->line, i + 1);
  auto audit = auditor.take();
  std::error_code error;
  if (audit.missing > 0 && !std::filesystem::exists(folder, error))
    audit.findings = {{Severity::kError, "evidence.missing",
                       fmt::format("line {}", audit.first_bad_line),
                       fmt::format("The record rests on {} pictures and files, this line on the "
                                   "first of them, and there is no folder {}.",
                                   audit.files, folder.string())}};
  return audit;
}

Result<EvidenceCopy> copy_evidence(const record::Package& package,
                                   const std::filesystem::path& from,
                                   const std::filesystem::path& to) {
  EvidenceCopy copy;
  std::set<std::string> seen;
  for (const auto& bytes : package.lines) {
    const auto line = record::decode(bytes);
    if (!line) continue;
    for (const auto& hex : files_of(line->line, from)) {
      if (!seen.insert(hex).second) continue;
      ++copy.files;
      const auto file = load_file(place_of(from, hex), offline_store::kEvidenceBytesMax);
      if (!file || to_hex(sha256(*file)) != hex) continue;
      const auto place = place_of(to, hex);
      std::error_code error;  // what it prevents, saving says
      std::filesystem::create_directories(place.parent_path(), error);
      if (auto saved = save_file(place, *file); !saved) return std::unexpected(saved.error());
      ++copy.copied;
    }
  }
  return copy;
}

}  // namespace batchwright::client
