#include "vision/validation.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace batchwright::vision {

namespace {

constexpr std::array kAnswerNames{"pass", "pass_other_value", "fail", "undecided", "not_performed"};

bool is_accepted(Answer answer) {
  return answer == Answer::kPass || answer == Answer::kPassOtherValue;
}

std::size_t row_of(Verdict truth) {
  return truth == Verdict::kPass ? 0 : truth == Verdict::kFail ? 1 : 2;
}

// Counts one rate over the cases that it is about.
class Counter {
 public:
  void add(bool error) {
    ++trials_;
    if (error) ++errors_;
  }
  [[nodiscard]] Rate rate() const { return rate_of(errors_, trials_); }

 private:
  std::int64_t errors_ = 0, trials_ = 0;
};

struct BinCounter {
  Counter not_passed, accepted;
  void add(const JudgedCase& judged) {
    if (judged.asked->truth == Verdict::kPass)
      not_passed.add(!is_accepted(judged.answer));
    else
      accepted.add(is_accepted(judged.answer));
  }
};

using Cases = std::vector<const JudgedCase*>;

// Few values are bins of their own; many are cut into equal widths.
std::vector<std::pair<double, double>> bins_of(const std::set<double>& values) {
  std::vector<std::pair<double, double>> bins;
  if (values.size() <= kCurveBinsMax) {
    for (const double value : values) bins.emplace_back(value, value);
    return bins;
  }
  const double low = *values.begin(), high = *values.rbegin();
  const double width = (high - low) / static_cast<double>(kCurveBinsMax);
  for (std::size_t i = 0; i < kCurveBinsMax; ++i)
    bins.emplace_back(low + width * static_cast<double>(i),
                      i + 1 == kCurveBinsMax ? high : low + width * static_cast<double>(i + 1));
  return bins;
}

// The first bin whose upper end isn't below the value: a value on an edge belongs to the lower one.
std::size_t bin_of(const std::vector<std::pair<double, double>>& bins, double value) {
  for (std::size_t i = 0; i + 1 < bins.size(); ++i)
    if (value <= bins[i].second) return i;
  return bins.size() - 1;
}

Curve curve_of(const Cases& cases, const std::string& parameter) {
  std::set<double> values;
  for (const auto* judged : cases)
    if (const auto at = judged->asked->parameters.find(parameter);
        at != judged->asked->parameters.end())
      values.insert(at->second);
  const auto bins = bins_of(values);
  std::vector<BinCounter> counters(bins.size());
  for (const auto* judged : cases)
    if (const auto at = judged->asked->parameters.find(parameter);
        at != judged->asked->parameters.end())
      counters[bin_of(bins, at->second)].add(*judged);
  Curve curve{parameter, {}};
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const CurveBin bin{bins[i].first, bins[i].second, counters[i].not_passed.rate(),
                       counters[i].accepted.rate()};
    if (bin.not_passed.trials + bin.accepted.trials > 0) curve.bins.push_back(bin);
  }
  return curve;
}

GroupFigures figures_of(CaseGroup group, const Cases& cases) {
  GroupFigures figures;
  figures.group = group;
  Counter accept, plausible, random, undecidable, value, reject, no_decision;
  std::set<std::string> parameters;
  for (const auto* judged : cases) {
    const auto& asked = *judged->asked;
    const bool accepted = is_accepted(judged->answer);
    ++figures.matrix[row_of(asked.truth)][static_cast<std::size_t>(judged->answer)];
    for (const auto& [name, number] : asked.parameters) parameters.insert(name);
    if (asked.truth == Verdict::kPass) {
      reject.add(judged->answer == Answer::kFail);
      no_decision.add(!accepted && judged->answer != Answer::kFail);
      if (!asked.readings.empty()) value.add(judged->answer == Answer::kPassOtherValue);
    } else if (asked.truth == Verdict::kFail) {
      accept.add(accepted);
      if (asked.wrong == WrongKind::kPlausible) plausible.add(accepted);
      if (asked.wrong == WrongKind::kRandom) random.add(accepted);
    } else {
      undecidable.add(accepted);
    }
  }
  figures.false_accept = accept.rate();
  figures.false_accept_plausible = plausible.rate();
  figures.false_accept_random = random.rate();
  figures.accepted_undecidable = undecidable.rate();
  figures.wrong_value = value.rate();
  figures.false_reject = reject.rate();
  figures.no_decision = no_decision.rate();
  for (const auto& parameter : parameters) figures.curves.push_back(curve_of(cases, parameter));
  return figures;
}

Json rate_json(const Rate& rate) {
  return {{"errors", rate.errors},
          {"trials", rate.trials},
          {"upper_95", rate.upper},
          {"interval_95", Json::array({rate.two_sided.lower, rate.two_sided.upper})}};
}

Json curve_json(const Curve& curve) {
  Json bins = Json::array();
  for (const auto& bin : curve.bins)
    bins.push_back({{"low", bin.low},
                    {"high", bin.high},
                    {"not_passed", rate_json(bin.not_passed)},
                    {"accepted", rate_json(bin.accepted)}});
  return {{"parameter", curve.parameter}, {"bins", bins}};
}

Json group_json(const GroupFigures& figures) {
  constexpr std::array kRows{"pass", "fail", "undecided"};
  Json matrix = Json::object();
  for (std::size_t row = 0; row < kRows.size(); ++row)
    for (std::size_t column = 0; column < kAnswers; ++column)
      matrix[kRows[row]][kAnswerNames[column]] = figures.matrix[row][column];
  Json curves = Json::array();
  for (const auto& curve : figures.curves) curves.push_back(curve_json(curve));
  return {{"group", to_string(figures.group)},
          {"matrix", matrix},
          {"false_accept", rate_json(figures.false_accept)},
          {"false_accept_plausible", rate_json(figures.false_accept_plausible)},
          {"false_accept_random", rate_json(figures.false_accept_random)},
          {"accepted_undecidable", rate_json(figures.accepted_undecidable)},
          {"wrong_value", rate_json(figures.wrong_value)},
          {"false_reject", rate_json(figures.false_reject)},
          {"no_decision", rate_json(figures.no_decision)},
          {"curves", curves}};
}

}  // namespace

const char* to_string(Answer answer) {
  return kAnswerNames[static_cast<std::size_t>(answer)];
}

Answer answer_of(const ChallengeCase& asked, const CheckResult& result) {
  switch (result.verdict) {
    case Verdict::kFail: return Answer::kFail;
    case Verdict::kUndecided: return Answer::kUndecided;
    case Verdict::kNotPerformed: return Answer::kNotPerformed;
    case Verdict::kPass: break;
  }
  const bool all_read = std::ranges::all_of(asked.readings, [&](const auto& reading) {
    return std::ranges::find(result.readings, reading) != result.readings.end();
  });
  return all_read ? Answer::kPass : Answer::kPassOtherValue;
}

Rate rate_of(std::int64_t errors, std::int64_t trials) {
  return {errors, trials, upper_bound_of_rate(errors, trials), bounds_of_rate(errors, trials)};
}

Validation validate(const std::vector<JudgedCase>& cases) {
  Validation validation;
  for (const auto group : {CaseGroup::kInGate, CaseGroup::kOutOfGate}) {
    Cases of_group;
    for (const auto& judged : cases)
      if (judged.asked->group == group) of_group.push_back(&judged);
    if (!of_group.empty()) validation.groups.push_back(figures_of(group, of_group));
  }
  for (const auto& judged : cases) {
    ++validation.of_split[static_cast<std::size_t>(judged.asked->split)];
    const bool harmful = judged.asked->truth == Verdict::kPass
                             ? judged.answer == Answer::kPassOtherValue
                             : is_accepted(judged.answer);
    if (!harmful) continue;
    ++validation.harmful;
    if (validation.listed.size() < kListedMax) validation.listed.push_back(judged.asked->id);
  }
  return validation;
}

Json to_json(const Validation& validation) {
  Json groups = Json::array();
  for (const auto& figures : validation.groups) groups.push_back(group_json(figures));
  Json splits = Json::object();
  for (const auto split : {Split::kDevelop, Split::kTune, Split::kSealed})
    splits[to_string(split)] = validation.of_split[static_cast<std::size_t>(split)];
  return {{"groups", groups},
          {"splits", splits},
          {"harmful", validation.harmful},
          {"harmful_listed", validation.listed}};
}

}  // namespace batchwright::vision
