#include "client/report/validation_report.h"

#include <fmt/format.h>

#include "client/report/flow.h"

namespace batchwright::client::report {

namespace {

using vision::CaseGroup;
using vision::GroupFigures;
using vision::Rate;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::vector<std::string> rate_row(const std::string& name, const Rate& rate) {
  if (rate.trials == 0) return {name, "no such case", "", "", ""};
  const auto share = static_cast<double>(rate.errors) / static_cast<double>(rate.trials);
  return {name, fmt::format("{} of {}", rate.errors, rate.trials), percent(share),
          percent(rate.upper),
          fmt::format("{} to {}", percent(rate.two_sided.lower), percent(rate.two_sided.upper))};
}

void add_facts(Flow& flow, const ValidationFacts& facts, const vision::Validation& validation) {
  const auto& manifest = facts.manifest;
  std::int64_t cases = 0;
  for (const auto count : validation.of_split) cases += count;
  flow.table({0.2, 0.8},
             {{"What", "Which"},
              {"Check", fmt::format("{} version {}, {}", facts.check.id, facts.check.version,
                                    vision::kind_of(facts.check))},
              {"Its SHA-256", facts.check.sha256_hex},
              {"Pictures", fmt::format("{}, made {}, {}{}{}", manifest.id, manifest.made,
                                       manifest.rendered ? "rendered" : "photographs",
                                       manifest.generator.empty() ? "" : "; ", manifest.generator)},
              {"Seed", manifest.seed.empty() ? "none" : manifest.seed},
              {"Manifest SHA-256", manifest.sha256_hex},
              {"Engine", fmt::format("{} {}", facts.engine.name, facts.engine.sha256_hex)},
              {"Cases judged",
               fmt::format("{} ({} develop, {} tune, {} sealed; asked for: {}), {} frames", cases,
                           validation.of_split[0], validation.of_split[1], validation.of_split[2],
                           facts.splits.empty() ? "all" : joined(facts.splits), facts.frames)}},
             false);
}

void add_matrix(Flow& flow, const GroupFigures& figures) {
  std::vector<std::vector<std::string>> rows{
      {"Must be", "pass", "pass, other value", "fail", "undecided", "not performed"}};
  constexpr std::array kTruths{"pass", "fail", "undecided"};
  for (std::size_t row = 0; row < kTruths.size(); ++row) {
    rows.push_back({kTruths[row]});
    for (const auto count : figures.matrix[row]) rows.back().push_back(std::to_string(count));
  }
  flow.table({0.2, 0.12, 0.2, 0.12, 0.16, 0.2}, rows, true);
}

void add_rates(Flow& flow, const GroupFigures& figures) {
  flow.table({0.34, 0.17, 0.13, 0.16, 0.2},
             {{"Rate", "errors", "share", "at most (95 %)", "95 % interval"},
              rate_row("False accept", figures.false_accept),
              rate_row("  of plausible wrong items", figures.false_accept_plausible),
              rate_row("  of random wrong items", figures.false_accept_random),
              rate_row("Accepted, must be undecided", figures.accepted_undecidable),
              rate_row("Wrong value read", figures.wrong_value),
              rate_row("False reject", figures.false_reject),
              rate_row("Good, but no decision", figures.no_decision)},
             true);
}

void add_curves(paper::Document& document, Flow& flow, const GroupFigures& figures) {
  constexpr double kHeightMm = 48;
  const double width = kTextWidthMm / 2;
  double y = 0;
  for (std::size_t i = 0; i < figures.curves.size(); ++i) {
    if (i % 2 == 0) y = flow.take(kHeightMm);
    draw_curve(document, {kMarginMm + width * static_cast<double>(i % 2), y}, width, kHeightMm,
               figures.curves[i]);
  }
}

void add_group(paper::Document& document, Flow& flow, const GroupFigures& figures) {
  flow.heading(figures.group == CaseGroup::kInGate
                   ? "Inside the limits that the check promises to work in"
                   : "Outside these limits, where undecided is right");
  add_matrix(flow, figures);
  add_rates(flow, figures);
  if (figures.curves.empty()) return;
  flow.paragraph(
      "Discs: share of cases that must pass and passed. Squares: share of cases that must not pass "
      "and were accepted. Bars: 95 % intervals.");
  add_curves(document, flow, figures);
}

void add_reading(Flow& flow) {
  flow.heading("How to read this");
  flow.paragraph(
      "Every case is one independent scene and one trial. \"At most\" is the exact one-sided upper "
      "bound of Clopper and Pearson (Biometrika 26, 1934): were the true rate higher, so few "
      "errors "
      "would be seen in fewer than 5 of 100 such validations. 0 errors in 299 cases prove 1 %, in "
      "2995 cases 0.1 %. The figures hold for pictures like these. Figures of rendered pictures "
      "say "
      "nothing of a camera, its light and its place until the check was tried there too.");
}

}  // namespace

std::string percent(double share) {
  if (share <= 0) return "0 %";
  if (share >= 1) return "100 %";
  if (share < 0.000001) return "< 0.0001 %";
  if (share > 0.9999) return fmt::format("{:.4f} %", std::min(100 * share, 99.9999));
  return fmt::format("{:.{}f} %", 100 * share, share < 0.0001 ? 4 : share < 0.01 ? 3 : 2);
}

Result<std::string> validation_pdf(const ValidationFacts& facts,
                                   const vision::Validation& validation) {
  paper::Document document({fmt::format("Validation of {} {}", facts.check.id, facts.check.version),
                            facts.manifest.made});
  Flow flow(document, fmt::format("Check {}  manifest {}", facts.check.sha256_hex.substr(0, 16),
                                  facts.manifest.sha256_hex.substr(0, 16)));
  const auto title = facts.check.title.find("en");
  flow.title(fmt::format("Validation of a camera check: {}",
                         title == facts.check.title.end() ? facts.check.id : title->second));
  add_facts(flow, facts, validation);
  for (const auto& figures : validation.groups) add_group(document, flow, figures);
  flow.heading("Cases that were accepted and must not be, or read wrongly");
  flow.paragraph(validation.harmful == 0
                     ? "None."
                     : fmt::format("{}: {}{}", validation.harmful, joined(validation.listed),
                                   std::cmp_less(validation.listed.size(), validation.harmful)
                                       ? " and more"
                                       : ""));
  add_reading(flow);
  return document.finish();
}

Json validation_json(const ValidationFacts& facts, const vision::Validation& validation) {
  Json json{{"format", "batchwright/validation-report/1"},
            {"check",
             {{"id", facts.check.id},
              {"version", facts.check.version},
              {"kind", vision::kind_of(facts.check)},
              {"sha256", facts.check.sha256_hex}}},
            {"manifest",
             {{"id", facts.manifest.id},
              {"made", facts.manifest.made},
              {"generator", facts.manifest.generator},
              {"seed", facts.manifest.seed},
              {"rendered", facts.manifest.rendered},
              {"sha256", facts.manifest.sha256_hex}}},
            {"engine", {{"name", facts.engine.name}, {"sha256", facts.engine.sha256_hex}}},
            {"asked_splits", facts.splits},
            {"frames", facts.frames}};
  json.update(to_json(validation));
  return json;
}

}  // namespace batchwright::client::report
