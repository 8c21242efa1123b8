#include "vision/evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/sha256.h"
#include "vision/internal/check_reader.h"

namespace batchwright::vision {

namespace {

constexpr const char* kFormat = "batchwright/check-evidence/1";
constexpr std::array kDecisions{"last_frame", "two_agree"};
constexpr std::array kSources{"v4l2", "folder", "clip", "files"};

std::string hash_of(std::string_view bytes) {
  return to_hex(sha256(bytes));
}

std::string read_sha256(const ObjectReader& json, const char* key) {
  auto text = json.text(key, 64);
  if (text.size() != 64 || !bytes_from_hex(text))
    json.report(key, "A SHA-256 as 64 hexadecimal digits belongs here.");
  return text;
}

void read_check(const ObjectReader& json, CheckEvidence& evidence) {
  json.only({"id", "version", "sha256"});
  evidence.check_id = json.text("id");
  evidence.check_version = json.text("version", 40);
  evidence.check_sha256_hex = read_sha256(json, "sha256");
}

// The text must be one that canonical_text writes, else "the same" would mean nothing.
std::string read_result(const ObjectReader& json, bool has_frames) {
  auto text = json.text("result", kEvidenceBytesMax);
  const auto parsed = parse_json(text, {kEvidenceBytesMax, 8});
  const auto result = parsed ? check_result_from_json(*parsed)
                             : Result<CheckResult>(std::unexpected(parsed.error()));
  if (!result || canonical_text(*result) != text)
    json.report("result", "This is not the canonical text of a check's result.");
  else if (!has_frames && result->verdict != Verdict::kNotPerformed)
    json.report("frames", "Without a frame nothing was judged.");
  return text;
}

CheckEvidence read_evidence(const ObjectReader& json) {
  json.only({"format", "check", "camera", "source", "expected", "frames", "decision", "engine",
             "result", "result_sha256"});
  CheckEvidence evidence;
  if (json.text("format") != kFormat)
    json.report("format", fmt::format("Only {} is known.", kFormat));
  read_check(json.object("check"), evidence);
  evidence.camera = json.text("camera", 60);
  evidence.source = json.text("source", 20);
  if (std::ranges::find(kSources, evidence.source) == kSources.end())
    json.report("source", "Known are v4l2, folder, clip and files.");
  for (const auto& one : json.objects("expected", 0, kReadingsMax)) {
    one.only({"name", "value"});
    evidence.expected.emplace_back(one.text("name"), one.text("value", kSymbolTextBytesMax));
  }
  for (const auto& one : json.objects("frames", 0, kEvidenceFramesMax)) {
    one.only({"sha256", "bytes"});
    evidence.frames.push_back(
        {read_sha256(one, "sha256"), one.whole("bytes", 1, static_cast<int>(kPictureBytesMax))});
  }
  const auto decision = std::ranges::find(kDecisions, json.text("decision", 40));
  if (decision == kDecisions.end())
    json.report("decision", "Known are last_frame and two_agree.");
  else
    evidence.decision = static_cast<Decision>(decision - kDecisions.begin());
  const auto engine = json.object("engine");
  engine.only({"name", "sha256"});
  evidence.engine = {engine.text("name"), read_sha256(engine, "sha256")};
  evidence.result_text = read_result(json, !evidence.frames.empty());
  evidence.result_sha256_hex = read_sha256(json, "result_sha256");
  return evidence;
}

Finding altered(const char* code, std::string place, std::string message) {
  return {Severity::kError, code, std::move(place), std::move(message)};
}

void verify_check(const CheckEvidence& evidence, std::string_view bytes, Findings& findings) {
  if (hash_of(bytes) != evidence.check_sha256_hex) {
    findings.push_back(altered("evidence.check", "check.sha256",
                               "This check file is not the one that judged, or it was altered."));
    return;
  }
  const auto reading = check_from_json(bytes);
  if (!reading.check) {
    findings.push_back(altered("evidence.check", "check", "The check file can't be used."));
    return;
  }
  const auto& check = *reading.check;
  if (check.id != evidence.check_id || check.version != evidence.check_version)
    findings.push_back(altered("evidence.check", "check",
                               "The evidence names another check or version than the file's."));
  if (check.camera != evidence.camera)
    findings.push_back(
        altered("evidence.check", "camera", "The evidence names another camera than the check's."));
  // One picture of several would decide alone, or a sequence be judged out of its middle.
  const bool is_sequence = std::holds_alternative<SequenceCheck>(check.rule);
  // The panel never lets one picture decide; somebody who judges a file may.
  const bool several = evidence.frames.size() > 1 || evidence.source != "files";
  if (is_sequence ? evidence.decision != Decision::kLastFrame
                  : several && evidence.decision != Decision::kTwoAgree)
    findings.push_back(
        altered("evidence.decision", "decision",
                "A check of this kind is not decided so. The evidence was altered."));
}

// Where in the evidence this frame stands, in words, when it merely changed its place.
std::string known_elsewhere(const CheckEvidence& evidence, const std::string& sha256_hex) {
  const auto at = std::ranges::find(evidence.frames, sha256_hex, &EvidenceFrame::sha256_hex);
  if (at == evidence.frames.end()) return {};
  return fmt::format(" It is frame {} of the evidence.", at - evidence.frames.begin() + 1);
}

// A device whose picture doesn't change stands still: the second one was no vote.
bool stands_still(const CheckEvidence& evidence, std::size_t i) {
  return evidence.source == "v4l2" && evidence.decision == Decision::kTwoAgree && i > 0 &&
         evidence.frames[i].sha256_hex == evidence.frames[i - 1].sha256_hex;
}

void verify_frames(const CheckEvidence& evidence, std::span<const std::string_view> frames,
                   Findings& findings) {
  if (frames.size() != evidence.frames.size())
    findings.push_back(altered("evidence.frames", "frames",
                               fmt::format("The attempt had {} frames, and {} are here.",
                                           evidence.frames.size(), frames.size())));
  const auto both = std::min(frames.size(), evidence.frames.size());
  for (std::size_t i = 0; i < both; ++i) {
    const auto& recorded = evidence.frames[i];
    const auto found = hash_of(frames[i]);
    const bool same_size = std::cmp_equal(frames[i].size(), recorded.bytes);
    if (stands_still(evidence, i))
      findings.push_back(
          altered("evidence.frame", fmt::format("frames[{}]", i),
                  fmt::format("Frame {} is the one before it: no second vote.", i + 1)));
    if (found == recorded.sha256_hex && same_size) continue;
    findings.push_back(altered("evidence.frame", fmt::format("frames[{}]", i),
                               fmt::format("Frame {} is not the one that was judged, or it was "
                                           "altered.{}",
                                           i + 1, known_elsewhere(evidence, found))));
  }
}

}  // namespace

const char* to_string(Decision decision) {
  return kDecisions[static_cast<std::size_t>(decision)];
}

CheckEvidence make_evidence(const Check& check, std::span<const std::string_view> frames,
                            ExpectedValues expected, EngineIdentity engine,
                            const CheckResult& result, Decision decision, std::string source) {
  CheckEvidence evidence;
  evidence.decision = decision;
  evidence.check_id = check.id;
  evidence.check_version = check.version;
  evidence.check_sha256_hex = check.sha256_hex;
  evidence.camera = check.camera;
  evidence.source = std::move(source);
  evidence.expected = std::move(expected);
  for (const auto frame : frames)
    evidence.frames.push_back({hash_of(frame), static_cast<std::int64_t>(frame.size())});
  evidence.engine = std::move(engine);
  evidence.result_text = canonical_text(result);
  evidence.result_sha256_hex = hash_of(evidence.result_text);
  return evidence;
}

std::string file_of(const CheckEvidence& evidence) {
  Json expected = Json::array();
  for (const auto& [name, value] : evidence.expected)
    expected.push_back({{"name", name}, {"value", value}});
  Json frames = Json::array();
  for (const auto& frame : evidence.frames)
    frames.push_back({{"sha256", frame.sha256_hex}, {"bytes", frame.bytes}});
  return batchwright::to_text(
      {{"format", kFormat},
       {"check",
        {{"id", evidence.check_id},
         {"version", evidence.check_version},
         {"sha256", evidence.check_sha256_hex}}},
       {"camera", evidence.camera},
       {"source", evidence.source},
       {"expected", expected},
       {"frames", frames},
       {"decision", to_string(evidence.decision)},
       {"engine", {{"name", evidence.engine.name}, {"sha256", evidence.engine.sha256_hex}}},
       {"result", evidence.result_text},
       {"result_sha256", evidence.result_sha256_hex}});
}

EvidenceReading evidence_from_json(std::string_view bytes) {
  EvidenceReading reading;
  const auto json = parse_json(bytes, {kEvidenceBytesMax, 6});
  if (!json) {
    reading.findings.push_back(
        {Severity::kError, "evidence.json", json.error().place, json.error().message});
    return reading;
  }
  auto evidence = read_evidence(ObjectReader(*json, "", reading.findings));
  if (!has_errors(reading.findings)) reading.evidence = std::move(evidence);
  return reading;
}

Findings verify_evidence(const CheckEvidence& evidence, std::string_view check,
                         std::span<const std::string_view> frames) {
  Findings findings;
  verify_check(evidence, check, findings);
  verify_frames(evidence, frames, findings);
  if (hash_of(evidence.result_text) != evidence.result_sha256_hex)
    findings.push_back(altered("evidence.result", "result",
                               "The recorded result was altered: it is not the one hashed."));
  return findings;
}

Findings compare_with(const CheckEvidence& evidence, const CheckResult& again) {
  Findings findings;
  const auto text = canonical_text(again);
  if (text == evidence.result_text) return findings;
  const auto recorded = parse_json(evidence.result_text), now = parse_json(text);
  if (!recorded || !now) {
    findings.push_back(altered("result.differs", "result", "The recorded result can't be read."));
    return findings;
  }
  const auto before = recorded->flatten(), after = now->flatten();
  const auto tell = [&](const std::string& place, const std::string& was, const std::string& is) {
    if (findings.size() < kDifferencesMax)
      findings.push_back(altered("result.differs", place.substr(1),
                                 fmt::format("recorded: {}, now: {}", was, is)));
    else if (findings.size() == kDifferencesMax)
      findings.push_back(altered("result.differs", "", "There are more differences."));
  };
  for (const auto& [place, value] : before.items()) {
    const auto at = after.find(place);
    if (at == after.end())
      tell(place, to_text(value), "nothing");
    else if (*at != value)
      tell(place, to_text(value), to_text(*at));
  }
  for (const auto& [place, value] : after.items())
    if (!before.contains(place)) tell(place, "nothing", to_text(value));
  return findings;
}

}  // namespace batchwright::vision
