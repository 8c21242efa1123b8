#include "workflows/mbr_json.h"

#include "workflows/check.h"
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
  object.finish();
  return plan;
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
  mbr.batch_size = read_batch_size(object, report);
  mbr.draft = object.flag("draft", false);
  std::size_t index = 0;
  for (const Json& parameter : object.list("parameters", kParametersMax)) {
    const JsonPlace list = object.at("parameters");
    mbr.parameters.push_back(read_parameter(parameter, list.item(index++), report));
  }
  index = 0;
  for (const Json& plan : object.list("reaction_plans", kPlansMax)) {
    const JsonPlace list = object.at("reaction_plans");
    mbr.reaction_plans.push_back(read_plan(plan, list.item(index++), report));
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
