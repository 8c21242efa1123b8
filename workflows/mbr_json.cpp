#include "workflows/mbr_json.h"

#include "workflows/check.h"
#include "workflows/internal/expectations_json.h"
#include "workflows/internal/mbr_limits.h"
#include "workflows/internal/mbr_reader.h"
#include "workflows/internal/numbering.h"

namespace batchwright::workflows {

namespace {

constexpr std::string_view kFormat = "batchwright/mbr/1";
constexpr std::string_view kFormatFamily = "batchwright/mbr/";
// 16 levels of elements and 16 of groups between two of them, in JSON levels.
constexpr int kJsonDepthMax = 160;

Parameter read_parameter(const Json& json, const JsonPlace& place, Report& report) {
  Parameter parameter;
  JsonObject object(json, place, report);
  parameter.id = object.slug("id", Need::kRequired);
  parameter.title = object.words("title", Need::kRequired);
  const bool numeric = json.is_object() && json.contains("value");
  const bool textual = json.is_object() && json.contains("text");
  if (numeric == textual) {
    report.error("parameter.value", place.text(),
                 "A parameter has either \"value\" or \"text\". Give exactly one.");
  }
  if (numeric) {
    parameter.value.value = object.decimal("value").value_or(Decimal());
    parameter.value.unit = object.unit("unit");
  }
  if (textual) parameter.text = object.text("text", Need::kRequired);
  parameter.source = object.text("source");
  object.finish();
  return parameter;
}

ReactionPlan read_plan(const Json& json, const JsonPlace& place, Report& report) {
  ReactionPlan plan;
  JsonObject object(json, place, report);
  plan.id = object.slug("id", Need::kRequired);
  plan.what = object.words("what", Need::kRequired);
  plan.calls_role = object.text("calls_role");
  plan.remeasure_max = object.whole("remeasure_max", kRemeasureMax);
  plan.remeasure_after_s = object.whole("remeasure_after_s", kSecondsMax);
  plan.holds = object.flag("holds", false);
  plan.severity = object.one_of("severity", kSeverities, "minor");
  plan.hold_level = object.name("hold_level", kHoldLevelNames, HoldLevel::kStep);
  plan.hold_max_s = object.whole("hold_max_s", kSecondsMax);
  plan.escalate_after_s = object.whole("escalate_after_s", kSecondsMax);
  plan.escalate_severity = object.one_of("escalate_severity", kSeverities, "");
  plan.escalate_role = object.text("escalate_role");
  object.finish();
  return plan;
}

TimeLimit read_time_limit(const Json& json, const JsonPlace& place, Report& report) {
  TimeLimit limit;
  JsonObject object(json, place, report);
  limit.id = object.slug("id", Need::kRequired);
  limit.title = object.words("title", Need::kRequired);
  limit.from = object.text("from", Need::kRequired);
  limit.to = object.text("to", Need::kRequired);
  limit.minimum_s = object.whole("minimum_s", kSecondsMax);
  limit.maximum_s = object.whole("maximum_s", kSecondsMax);
  limit.reaction_plan = object.slug("reaction_plan");
  object.finish();
  return limit;
}

EquipmentRequirement read_equipment(const Json& json, const JsonPlace& place, Report& report) {
  EquipmentRequirement requirement;
  JsonObject object(json, place, report);
  requirement.id = object.slug("id", Need::kRequired);
  requirement.equipment_class = object.text("class", Need::kRequired);
  requirement.title = object.words("title", Need::kRequired);
  object.finish();
  return requirement;
}

MaterialRequirement read_material(const Json& json, const JsonPlace& place, Report& report) {
  MaterialRequirement requirement;
  JsonObject object(json, place, report);
  requirement.id = object.slug("id", Need::kRequired);
  requirement.item = object.text("item", Need::kRequired);
  requirement.title = object.words("title", Need::kRequired);
  object.finish();
  return requirement;
}

std::vector<std::string> read_languages(JsonObject& object, Report& report) {
  std::vector<std::string> languages;
  std::size_t index = 0;
  for (const Json& language : object.list("languages", kLanguagesMax)) {
    const JsonPlace list = object.at("languages");
    languages.push_back(read_text(language, list.item(index++), report));
  }
  if (languages.empty()) languages.emplace_back("en");
  return languages;
}

Quantity read_batch_size(JsonObject& document, Report& report) {
  const Json* json = document.find("batch_size");
  if (json == nullptr) return {};
  const JsonPlace place = document.at("batch_size");
  JsonObject object(*json, place, report);
  Quantity size;
  size.value = object.decimal("value", Need::kRequired).value_or(Decimal());
  size.unit = object.unit("unit");
  object.finish();
  return size;
}

Mbr read_document(const Json& json, Report& report) {
  const JsonPlace root;
  JsonObject object(json, root, report);
  Mbr mbr;
  (void)object.find("format");   // checked by the caller
  (void)object.find("$schema");  // for editors
  mbr.id = object.text("id", Need::kRequired);
  mbr.version = object.text("version", Need::kRequired);
  mbr.title = object.words("title", Need::kRequired);
  mbr.product = object.text("product");
  mbr.description = object.words("description");
  mbr.languages = read_languages(object, report);
  mbr.markets = read_list<std::string>(object, "markets", kMarketsMax, read_text);
  mbr.batch_size = read_batch_size(object, report);
  mbr.draft = object.flag("draft", false);
  mbr.parameters = read_list<Parameter>(object, "parameters", kParametersMax, read_parameter);
  mbr.reaction_plans = read_list<ReactionPlan>(object, "reaction_plans", kPlansMax, read_plan);
  mbr.time_limits = read_list<TimeLimit>(object, "time_limits", kRequirementsMax, read_time_limit);
  mbr.equipment =
      read_list<EquipmentRequirement>(object, "equipment", kRequirementsMax, read_equipment);
  mbr.materials =
      read_list<MaterialRequirement>(object, "materials", kRequirementsMax, read_material);
  mbr.planned_hold_max_s = object.whole("planned_hold_max_s", kSecondsMax);
  if (const Json* expectations = object.find("expectations")) {
    mbr.expectations = read_expectations(*expectations, object.at("expectations"), report);
  }
  mbr.provenance = object.text("provenance");
  if (const Json* procedure = object.find("procedure", Need::kRequired)) {
    mbr.procedure = ElementReader(report).read(*procedure, object.at("procedure"), 0);
  }
  object.finish();
  return mbr;
}

// The format's name comes first: a document of another kind gets one clear refusal instead of many
// findings.
Result<void> check_format(const Json& json) {
  const auto format = json.is_object() ? json.find("format") : json.end();
  if (!json.is_object() || format == json.end() || !format->is_string()) {
    return fail(ErrorCode::kMalformed,
                "This is not a master batch record. Its first key should be \"format\": "
                "\"batchwright/mbr/1\".");
  }
  const auto& name = format->get_ref<const std::string&>();
  if (name == kFormat) return {};
  if (name.starts_with(kFormatFamily)) {
    return fail(ErrorCode::kUnsupported,
                "This master batch record has format " + name +
                    "; this program reads batchwright/mbr/1. Use a newer program.",
                "/format");
  }
  return fail(ErrorCode::kMalformed, "This is not a master batch record but \"" + name + "\".",
              "/format");
}

}  // namespace

Result<MbrReading> read_mbr(std::string_view text) {
  auto json = parse_json(text, {.bytes_max = kMbrBytesMax, .depth_max = kJsonDepthMax});
  if (!json) return std::unexpected(std::move(json.error()));
  if (auto right_format = check_format(*json); !right_format) {
    return std::unexpected(std::move(right_format.error()));
  }
  Report report;
  MbrReading reading;
  reading.mbr = read_document(*json, report);
  if (number_steps(reading.mbr.procedure) > kStepsMax) {
    report.error("step.count", "/procedure", "There are more than 100,000 steps.");
  }
  const bool complete = !report.has_errors();
  for (Finding& finding : check_mbr(reading.mbr)) report.add(std::move(finding));
  reading.findings = report.take();
  if (complete) {
    reading.mbr.text = write_mbr(reading.mbr);
    reading.mbr.hash = sha256(reading.mbr.text);
  }
  return reading;
}

}  // namespace batchwright::workflows
