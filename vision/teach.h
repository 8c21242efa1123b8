// Teaching a check: a threshold from pictures of good and bad, with what they prove about errors,
// and the check changed by one region, reference or threshold at a time. Pure values: who captures
// the pictures and draws the regions is asked elsewhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "vision/check.h"
#include "vision/check_result.h"

namespace batchwright::vision {

inline constexpr std::size_t kSamplesMax = 10'000;  // of each kind
// Between the lowest good and the highest bad score; less is no gap.
inline constexpr double kTeachGapMin = 0.02;

// What one picture says about the threshold that is taught: the lowest score of the regions that
// are judged by it, as each of them must reach it.
struct SampleScore {
  std::string name;              // of the picture, for findings
  std::string region;            // with the lowest score
  double score = 0;              // 0..1
  bool fails_otherwise = false;  // by another rule (position, turn ...), whatever the threshold
  bool operator==(const SampleScore&) const = default;
};

// `threshold`: the draft's. Nothing when the picture says nothing: too poor, not looked at, or no
// region was judged by it.
[[nodiscard]] std::optional<SampleScore> score_of(std::string name, const CheckResult& result,
                                                  double threshold);

struct Teaching {
  double threshold = 0;  // midway in the gap
  double good_lowest = 0, bad_highest = 0;
  int good = 0, bad = 0;  // samples
  // How many the threshold would have got wrong that the others alone would have given
  // (leave-one-out): a threshold is always right on the samples it was made from.
  int false_accepts = 0, false_rejects = 0;
  double false_accept_upper = 1, false_reject_upper = 1;  // one-sided 95 %, Clopper-Pearson
};

struct TeachReading {
  std::optional<Teaching> teaching;  // only without findings
  // teach.samples (none, or too many), teach.good_fails (a good one fails by another rule),
  // teach.overlap (one per sample on the wrong side of another, its name as place), teach.gap.
  Findings findings;
};

[[nodiscard]] TeachReading teach_threshold(const std::vector<SampleScore>& good,
                                           const std::vector<SampleScore>& bad);

// Samples beyond these until `errors` in all of them would prove the rate.
[[nodiscard]] std::int64_t samples_missing(int errors, int samples, double rate);

// The check's one threshold that scores must reach: score_min, else margin_min. kUnsupported for
// labels, which are right or wrong, clearances, whose limit is an object's size, and sequences,
// which one picture doesn't show.
[[nodiscard]] Result<double> threshold_of(const Check& check);

// Each gives a new draft, with its new file's hash, or every reason why that file would be none. A
// change of what is looked at takes `taught` away. With its teaching it is a whole check.
[[nodiscard]] CheckReading with_region(const Check& draft, Region region);  // new, or instead
[[nodiscard]] CheckReading without_region(const Check& draft, std::string_view region_id);
[[nodiscard]] CheckReading with_reference(const Check& draft, Reference reference);
[[nodiscard]] CheckReading with_teaching(const Check& draft, const Teaching& teaching,
                                         std::string when);

}  // namespace batchwright::vision
