// What proves one attempt of a camera check (row E5): which check, on which frames, with which
// values, by which engine, and what it came to; each named by its SHA-256. One document, format
// batchwright/check-evidence/1 (docs/formats/check-evidence.md). The frames are stored beside it as
// they came; the record names the document by its hash.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "vision/check.h"
#include "vision/check_result.h"

namespace batchwright::vision {

inline constexpr std::size_t kEvidenceBytesMax = 4u << 20;
inline constexpr std::size_t kEvidenceFramesMax = 2000;  // of one attempt
inline constexpr const char* kEngineName = "batchwright-vision/1";

// How the frames became one result.
enum class Decision : std::uint8_t {
  kLastFrame,  // it is that of the last: of one picture, and of a sequence
  kTwoAgree,   // that of the last, with the verdict on which two of them agreed, else undecided
};
// "last_frame", "two_agree".
[[nodiscard]] const char* to_string(Decision decision);

// A stored picture file, not its pixels: the codec is part of what is run again.
struct EvidenceFrame {
  std::string sha256_hex;
  std::int64_t bytes = 0;
  bool operator==(const EvidenceFrame&) const = default;
};

// The code that judged. Thresholds and references are the check's, and under its hash.
struct EngineIdentity {
  std::string name = kEngineName;
  std::string sha256_hex;  // of the worker's program file
  bool operator==(const EngineIdentity&) const = default;
};

struct CheckEvidence {
  std::string check_id, check_version, check_sha256_hex;
  std::string camera;
  // Where its pictures came from: "v4l2", "folder", "clip" (CameraKind), or "files" that somebody
  // gave. Only the first one saw what was in front of it.
  std::string source = "files";
  ExpectedValues expected;
  // In their order. Each is given to the engine, the first one as a beginning. None only when
  // nobody looked.
  std::vector<EvidenceFrame> frames;
  Decision decision = Decision::kLastFrame;
  EngineIdentity engine;
  std::string result_text;  // canonical_text
  std::string result_sha256_hex;

  bool operator==(const CheckEvidence&) const = default;
};

// `frames`: the stored files' bytes.
[[nodiscard]] CheckEvidence make_evidence(const Check& check,
                                          std::span<const std::string_view> frames,
                                          ExpectedValues expected, EngineIdentity engine,
                                          const CheckResult& result,
                                          Decision decision = Decision::kLastFrame,
                                          std::string source = "files");

// Canonical: the same evidence gives the same bytes.
[[nodiscard]] std::string file_of(const CheckEvidence& evidence);

struct EvidenceReading {
  std::optional<CheckEvidence> evidence;  // only when no finding is an error
  Findings findings;                      // all of them
};

// What is no such document, or has unknown keys, is an error. Whether the hashes fit is not asked
// here: a document that was altered should still be read, to say what was.
[[nodiscard]] EvidenceReading evidence_from_json(std::string_view bytes);

// Everything that doesn't fit the check file's bytes and the stored frames, or the document itself:
// evidence.check, evidence.frame (place "frames[2]"), evidence.frames (their number),
// evidence.decision (one that a check of this kind doesn't have), evidence.result. Ask before
// anything is judged again; empty means that the run may begin.
[[nodiscard]] Findings verify_evidence(const CheckEvidence& evidence, std::string_view check,
                                       std::span<const std::string_view> frames);

// Every member of the result that came out otherwise than it was recorded, place by place with both
// values; empty means bit for bit the same. At most kDifferencesMax, then one that says so.
inline constexpr std::size_t kDifferencesMax = 40;
[[nodiscard]] Findings compare_with(const CheckEvidence& evidence, const CheckResult& again);

}  // namespace batchwright::vision
