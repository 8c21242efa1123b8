#include <algorithm>
#include <set>

#include "base/unit_scale.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_checks.h"
#include "workflows/internal/names.h"

namespace batchwright::workflows {

namespace {

void check_languages(const CheckContext& context) {
  std::set<std::string_view> seen;
  for (const std::string& language : context.mbr.languages) {
    if (!seen.insert(language).second) {
      context.report.error("language.duplicate", "languages",
                           "The language " + language + " is listed twice. Remove one.");
    }
  }
  if (!seen.contains("en")) {
    context.report.error("language.english", "languages",
                         "English (en) is missing. It is always one of the languages.");
  }
}

void check_parameters(const CheckContext& context) {
  std::set<std::string_view> seen;
  for (const Parameter& parameter : context.mbr.parameters) {
    const std::string place = "parameter " + parameter.id;
    if (!is_slug(parameter.id)) {
      context.report.error("id.invalid", place,
                           "Use letters, digits, _, - and . only for a parameter's id.");
    }
    if (!seen.insert(parameter.id).second) {
      context.report.error("parameter.duplicate", place,
                           "Two parameters have this id. Rename one.");
    }
    check_words(context, parameter.title, place, "title");
    if (!parse_unit(parameter.value.unit)) {
      context.report.error(
          "unit.unknown", place,
          "The unit \"" + parameter.value.unit + "\" is not known. Use a known one.");
    }
  }
}

void check_plans(const CheckContext& context) {
  std::set<std::string_view> seen;
  for (const ReactionPlan& plan : context.mbr.reaction_plans) {
    const std::string place = "plan " + plan.id;
    if (!is_slug(plan.id)) {
      context.report.error("id.invalid", place,
                           "Use letters, digits, _, - and . only for a plan's id.");
    }
    if (!seen.insert(plan.id).second) {
      context.report.error("plan.duplicate", place, "Two reaction plans have this id. Rename one.");
    }
    check_words(context, plan.what, place, "instruction");
    if (plan.holds && plan.calls_role.empty()) {
      context.report.error(
          "plan.role.missing", place,
          "This plan holds the step, but names no role that can release it. Add calls_role.");
    }
    if (std::ranges::find(kSeverities, plan.severity) == kSeverities.end()) {
      context.report.error("plan.severity", place,
                           "The severity must be minor, major or critical.");
    }
  }
}

}  // namespace

void check_words(const CheckContext& context, const Words& words, const std::string& place,
                 std::string_view what) {
  for (const std::string& language : context.mbr.languages) {
    const auto found = words.find(language);
    if (found != words.end() && !found->second.empty()) continue;
    context.report.error(
        "text.missing", place,
        "The " + std::string(what) + " is missing in language " + language + ". Add it.");
  }
}

void check_header(const CheckContext& context) {
  const Mbr& mbr = context.mbr;
  if (mbr.id.empty())
    context.report.error("mbr.id", "id", "The master batch record has no id. Give it one.");
  if (mbr.version.empty()) {
    context.report.error("mbr.version", "version",
                         "The master batch record has no version. Give it one.");
  }
  check_languages(context);
  check_words(context, mbr.title, "title", "title");
  if (!mbr.description.empty()) check_words(context, mbr.description, "description", "description");
  if (!parse_unit(mbr.batch_size.unit)) {
    context.report.error("unit.unknown", "batch_size",
                         "The unit \"" + mbr.batch_size.unit + "\" is not known. Use a known one.");
  }
  check_parameters(context);
  check_plans(context);
}

}  // namespace batchwright::workflows
