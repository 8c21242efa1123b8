#include "vision/teach.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/binomial_bounds.h"

namespace batchwright::vision {

namespace {

constexpr double kSameThreshold = 1e-6;  // results carry six decimals

using Samples = std::vector<SampleScore>;

Finding refusal(const char* code, std::string place, std::string message) {
  return {Severity::kError, code, std::move(place), std::move(message)};
}

std::vector<double> sorted_scores(const Samples& samples) {
  std::vector<double> scores;
  for (const auto& sample : samples)
    if (!sample.fails_otherwise) scores.push_back(sample.score);
  std::ranges::sort(scores);
  return scores;
}

void refuse_numbers(const Samples& samples, const char* kind, Findings& findings) {
  if (samples.empty() || samples.size() > kSamplesMax)
    findings.push_back(refusal("teach.samples", kind,
                               fmt::format("1 to {} {} samples are needed, and {} are here.",
                                           kSamplesMax, kind, samples.size())));
}

void refuse_overlap(const Samples& good, const Samples& bad, double good_lowest, double bad_highest,
                    Findings& findings) {
  for (const auto& sample : good)
    if (sample.score <= bad_highest)
      findings.push_back(refusal("teach.overlap", sample.name,
                                 fmt::format("This good sample scores {:.4f} in '{}', and a bad "
                                             "one {:.4f}.",
                                             sample.score, sample.region, bad_highest)));
  for (const auto& sample : bad)
    if (!sample.fails_otherwise && sample.score >= good_lowest)
      findings.push_back(refusal("teach.overlap", sample.name,
                                 fmt::format("This bad sample scores {:.4f} in '{}', and a good "
                                             "one {:.4f}.",
                                             sample.score, sample.region, good_lowest)));
}

// Only the sample next to the gap can move the threshold. One alone proves nothing: an error.
int left_out_good_errors(const std::vector<double>& good, double bad_highest) {
  return good.size() < 2 || good[0] < (good[1] + bad_highest) / 2 ? 1 : 0;
}

int left_out_bad_errors(const std::vector<double>& bad, double good_lowest) {
  const auto last = bad.size() - 1;
  return bad.size() < 2 || bad[last] >= (bad[last - 1] + good_lowest) / 2 ? 1 : 0;
}

CheckReading redrafted(const Check& draft) {
  return draft_from_json(file_of(draft));
}

struct ThresholdOf {
  double* operator()(LayoutCheck& rule) const { return &rule.score_min; }
  double* operator()(DisplayCheck& rule) const { return &rule.margin_min; }
  double* operator()(GaugeCheck& rule) const { return &rule.margin_min; }
  double* operator()(LampsCheck& rule) const { return &rule.margin_min; }
  double* operator()(LabelCheck&) const { return nullptr; }
  double* operator()(ClearanceCheck&) const { return nullptr; }
  double* operator()(SequenceCheck&) const { return nullptr; }
};

}  // namespace

std::optional<SampleScore> score_of(std::string name, const CheckResult& result, double threshold) {
  SampleScore sample{std::move(name), {}, 2, false};
  for (const auto& region : result.regions) {
    if (region.verdict == Verdict::kFail && region.score >= region.threshold)
      sample.fails_otherwise = true;
    if (std::abs(region.threshold - threshold) > kSameThreshold || region.score >= sample.score)
      continue;
    sample.region = region.region;
    sample.score = region.score;
  }
  if (!result.quality.good || result.verdict == Verdict::kNotPerformed || sample.region.empty())
    return std::nullopt;
  return sample;
}

TeachReading teach_threshold(const Samples& good, const Samples& bad) {
  TeachReading reading;
  refuse_numbers(good, "good", reading.findings);
  refuse_numbers(bad, "bad", reading.findings);
  for (const auto& sample : good)
    if (sample.fails_otherwise)
      reading.findings.push_back(refusal("teach.good_fails", sample.name,
                                         "This good sample fails by another rule of the check, "
                                         "whatever the threshold."));
  if (!reading.findings.empty()) return reading;
  const auto of_good = sorted_scores(good), of_bad = sorted_scores(bad);
  if (of_bad.empty()) {
    reading.findings.push_back(refusal("teach.samples", "bad",
                                       "No bad sample shows where the threshold must be: all of "
                                       "them fail by another rule."));
    return reading;
  }
  Teaching teaching;
  teaching.good_lowest = of_good.front();
  teaching.bad_highest = of_bad.back();
  refuse_overlap(good, bad, teaching.good_lowest, teaching.bad_highest, reading.findings);
  const double gap = teaching.good_lowest - teaching.bad_highest;
  if (reading.findings.empty() && gap < kTeachGapMin)
    reading.findings.push_back(
        refusal("teach.gap", "",
                fmt::format("The worst good sample scores {:.4f} and the best bad one {:.4f}: too "
                            "close for a threshold between them.",
                            teaching.good_lowest, teaching.bad_highest)));
  if (!reading.findings.empty()) return reading;
  teaching.threshold = (teaching.good_lowest + teaching.bad_highest) / 2;
  teaching.good = static_cast<int>(good.size());
  teaching.bad = static_cast<int>(bad.size());
  teaching.false_rejects = left_out_good_errors(of_good, teaching.bad_highest);
  teaching.false_accepts = left_out_bad_errors(of_bad, teaching.good_lowest);
  teaching.false_reject_upper = upper_bound_of_rate(teaching.false_rejects, teaching.good);
  teaching.false_accept_upper = upper_bound_of_rate(teaching.false_accepts, teaching.bad);
  reading.teaching = teaching;
  return reading;
}

std::int64_t samples_missing(int errors, int samples, double rate) {
  return std::max<std::int64_t>(0, trials_for_rate(errors, rate) - samples);
}

Result<double> threshold_of(const Check& check) {
  auto rule = check.rule;
  if (const double* threshold = std::visit(ThresholdOf(), rule)) return *threshold;
  return fail(
      ErrorCode::kUnsupported,
      fmt::format("A check of kind '{}' has no threshold that could be taught.", kind_of(check)));
}

CheckReading with_region(const Check& draft, Region region) {
  Check next = draft;
  next.taught.reset();
  const auto at = std::ranges::find(next.regions, region.id, &Region::id);
  if (at == next.regions.end())
    next.regions.push_back(std::move(region));
  else
    *at = std::move(region);
  return redrafted(next);
}

CheckReading without_region(const Check& draft, std::string_view region_id) {
  Check next = draft;
  next.taught.reset();
  std::erase_if(next.regions, [&](const Region& region) { return region.id == region_id; });
  return redrafted(next);
}

CheckReading with_reference(const Check& draft, Reference reference) {
  Check next = draft;
  next.taught.reset();
  const auto at = std::ranges::find(next.references, reference.id, &Reference::id);
  if (at == next.references.end())
    next.references.push_back(std::move(reference));
  else
    *at = std::move(reference);
  return redrafted(next);
}

CheckReading with_teaching(const Check& draft, const Teaching& teaching, std::string when) {
  Check next = draft;
  double* threshold = std::visit(ThresholdOf(), next.rule);
  if (threshold == nullptr) {
    CheckReading reading;
    reading.findings.push_back(
        refusal("teach.kind", "rule", "A check of this kind has no threshold to teach."));
    return reading;
  }
  *threshold = teaching.threshold;
  next.taught = Taught{std::move(when), teaching.good, teaching.bad, teaching.false_accept_upper,
                       teaching.false_reject_upper};
  auto reading = check_from_json(file_of(next));
  // A threshold that the file doesn't carry would be a check that nobody taught.
  if (reading.check && threshold_of(*reading.check) != teaching.threshold) {
    reading.check.reset();
    reading.findings.push_back(
        refusal("teach.kind", "rule", "The file of a check of this kind holds no threshold."));
  }
  return reading;
}

}  // namespace batchwright::vision
