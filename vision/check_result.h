// What a check came to on a frame, with everything that decided it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "vision/label.h"
#include "vision/quality.h"

namespace batchwright::vision {

enum class Verdict : std::uint8_t {
  kPass,
  kFail,          // a good picture shows something else than what must be there
  kUndecided,     // a poor picture, or too close to a limit; `advice` says what would help
  kNotPerformed,  // nobody looked: the engine ended, hung or could not be started
};

// "pass", "fail", "undecided", "not_performed".
[[nodiscard]] const char* to_string(Verdict verdict);
[[nodiscard]] std::optional<Verdict> verdict_from_text(std::string_view name);

// One place, judged by itself: what the overlay draws and the table lists.
struct RegionResult {
  std::string region;  // id in the check, or a name of the rule's own such as "tags", "symbol"
  Verdict verdict = Verdict::kUndecided;
  // Stable code of what was found, for the screens' words: "ok", "missing", "extra", "swapped",
  // "turned", "moved", "wrong_colour", "other_text", "too_close_to_call" ...; each rule's header
  // lists its own.
  std::string code;
  std::string seen, expected;  // ids or values, not sentences
  double score = 0;            // 0..1, of what was expected here
  double threshold = 0;        // what the score had to reach
  Corners corners{};           // in the frame's pixels

  bool operator==(const RegionResult&) const = default;
};

struct CheckResult {
  Verdict verdict = Verdict::kNotPerformed;
  double score = 0, threshold = 0;    // of the region that decided
  std::vector<RegionResult> regions;  // in the check's order
  // What was read, for entries to take over: "gtin", "lot", "ph". Values as text with '.'.
  std::vector<std::pair<std::string, std::string>> readings;
  Quality quality;
  std::string reason;        // for people, when nothing could be concluded
  std::int64_t took_ms = 0;  // not part of the canonical text

  bool operator==(const CheckResult&) const = default;
};

// The worst of two for a whole: fail beats not performed beats undecided beats pass.
[[nodiscard]] Verdict worst(Verdict one, Verdict other);

inline constexpr std::size_t kRegionResultsMax = 256;
inline constexpr std::size_t kReadingsMax = 64;

// Canonical: the same result gives the same bytes. Scores with six decimals; `took_ms` left out.
// Evidence holds this text, and running the check again on the stored frame must give it again.
[[nodiscard]] std::string canonical_text(const CheckResult& result);

[[nodiscard]] Json to_json(const CheckResult& result);  // `took_ms` included
// Refuses unknown names, lists and texts over their limits, numbers that are none, and a pass
// without regions, with one that isn't a pass, or by a poor picture.
[[nodiscard]] Result<CheckResult> check_result_from_json(const Json& json);

// What must be on this batch's object, by name: {"gtin", "0952..."}. Only labels ask for any.
using ExpectedValues = std::vector<std::pair<std::string, std::string>>;

}  // namespace batchwright::vision
