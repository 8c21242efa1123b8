// What a check came to on challenge pictures, counted: the figures that a validation report states,
// and nothing that isn't counted (row E8). Pure: the pictures were judged elsewhere.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/binomial_bounds.h"
#include "base/json.h"
#include "vision/challenge_manifest.h"

namespace batchwright::vision {

// What one case came to.
enum class Answer : std::uint8_t {
  kPass,
  kPassOtherValue,  // passed, and what was read is not what is there
  kFail,
  kUndecided,
  kNotPerformed,
};
inline constexpr std::size_t kAnswers = 5;
[[nodiscard]] const char* to_string(Answer answer);  // "pass", "pass_other_value", "fail" ...

struct JudgedCase {
  const ChallengeCase* asked = nullptr;  // of the manifest, which outlives this
  Answer answer = Answer::kNotPerformed;
  CheckResult result;  // of the frame that decided, or the last
  int frames = 0;      // that were judged
};

[[nodiscard]] Answer answer_of(const ChallengeCase& asked, const CheckResult& result);

// `errors` in `trials`, with everything the count proves at 95 % confidence.
struct Rate {
  std::int64_t errors = 0, trials = 0;
  double upper = 1;       // one-sided
  ShareBounds two_sided;  // 95 % interval
  bool operator==(const Rate&) const = default;
};
[[nodiscard]] Rate rate_of(std::int64_t errors, std::int64_t trials);

// Cases that must pass and those that must not, by one parameter of how the scenes were made.
struct CurveBin {
  double low = 0, high = 0;  // both included; equal where the bin is one value
  Rate not_passed;           // of those that must pass: fail, undecided, not performed
  Rate accepted;             // of those that must not pass
  bool operator==(const CurveBin&) const = default;
};
struct Curve {
  std::string parameter;
  std::vector<CurveBin> bins;  // from low to high, none of them without a case
  bool operator==(const Curve&) const = default;
};
inline constexpr std::size_t kCurveBinsMax = 8;

// In-gate and out-of-gate cases are never added up.
struct GroupFigures {
  CaseGroup group = CaseGroup::kInGate;
  // Rows: what must come out (pass, fail, undecided); columns: Answer.
  std::array<std::array<std::int64_t, kAnswers>, 3> matrix{};
  Rate false_accept;            // of what must fail
  Rate false_accept_plausible;  // of that part, apart
  Rate false_accept_random;
  Rate accepted_undecidable;  // of what must be undecided
  Rate wrong_value;           // of what must pass and has values to read
  Rate false_reject;          // of what must pass
  Rate no_decision;           // of what must pass
  std::vector<Curve> curves;
  bool operator==(const GroupFigures&) const = default;
};

struct Validation {
  std::vector<GroupFigures> groups;        // those that have cases, in-gate first
  std::array<std::int64_t, 3> of_split{};  // cases judged, by Split
  // Every case that came out otherwise than it must with harm: accepted, or read wrongly. At most
  // kListedMax ids; `harmful` counts all.
  std::vector<std::string> listed;
  std::int64_t harmful = 0;
  bool operator==(const Validation&) const = default;
};
inline constexpr std::size_t kListedMax = 100;

[[nodiscard]] Validation validate(const std::vector<JudgedCase>& cases);

[[nodiscard]] Json to_json(const Validation& validation);

}  // namespace batchwright::vision
