#include "base/json.h"
#include "workflows/internal/names.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows {

namespace {

// Defaults are left out, so that one MBR has one text.
void put(Json& json, const char* key, const std::string& text) {
  if (!text.empty()) json[key] = text;
}

void put(Json& json, const char* key, const Words& words) {
  if (words.empty()) return;
  Json& object = json[key] = Json::object();
  for (const auto& [language, text] : words) object[language] = text;
}

void put(Json& json, const char* key, int seconds) {
  if (seconds != 0) json[key] = seconds;
}

void put(Json& json, const char* key, const std::optional<Decimal>& value) {
  if (value) json[key] = value->to_text();
}

void put(Json& json, const char* key, const std::optional<Expression>& expression) {
  if (expression) json[key] = expression->text();
}

void put_range(Json& json, const char* key, const std::optional<Decimal>& low,
               const std::optional<Decimal>& high) {
  if (!low && !high) return;
  const auto side = [](const std::optional<Decimal>& value) {
    return value ? Json(value->to_text()) : Json(nullptr);
  };
  json[key] = Json::array({side(low), side(high)});
}

Json to_json(const Quantity& quantity) {
  Json json = Json::object();
  json["value"] = quantity.value.to_text();
  put(json, "unit", quantity.unit);
  return json;
}

Json to_json(const Parameter& parameter) {
  Json json = Json::object();
  json["id"] = parameter.id;
  put(json, "title", parameter.title);
  if (parameter.text.empty()) {
    json["value"] = parameter.value.value.to_text();
    put(json, "unit", parameter.value.unit);
  } else {
    json["text"] = parameter.text;
  }
  put(json, "source", parameter.source);
  return json;
}

Json to_json(const ReactionPlan& plan) {
  Json json = Json::object();
  json["id"] = plan.id;
  put(json, "what", plan.what);
  put(json, "calls_role", plan.calls_role);
  put(json, "remeasure_max", plan.remeasure_max);
  put(json, "remeasure_after_s", plan.remeasure_after_s);
  if (plan.holds) json["holds"] = true;
  if (plan.severity != "minor") json["severity"] = plan.severity;
  return json;
}

Json to_json(const Entry& entry) {
  Json json = Json::object();
  json["id"] = entry.id;
  put(json, "title", entry.title);
  json["kind"] = name_of(kEntryKindNames, entry.kind);
  if (!entry.required) json["required"] = false;
  put(json, "unit", entry.unit);
  put(json, "places", entry.places);
  if (entry.rounding != Rounding::kHalfEven)
    json["rounding"] = name_of(kRoundingNames, entry.rounding);
  const Limits& limits = entry.limits;
  put(json, "target", limits.target);
  put_range(json, "alert", limits.alert_low, limits.alert_high);
  put_range(json, "action", limits.action_low, limits.action_high);
  put_range(json, "hard", limits.hard_low, limits.hard_high);
  if (entry.expected) json["expected"] = *entry.expected;
  if (entry.kind == EntryKind::kChoice) json["choices"] = entry.choices;
  put(json, "formula", entry.formula);
  put(json, "criticality", entry.criticality);
  put(json, "reaction_plan", entry.reaction_plan);
  put(json, "stands_in_for", entry.stands_in_for);
  return json;
}

Json to_json(const SignatureRule& rule) {
  Json json = Json::object();
  json["meaning"] = rule.meaning;
  json["role"] = rule.role;
  if (rule.other_person) json["other_person"] = true;
  return json;
}

template <typename T>
void put_list(Json& json, const char* key, const std::vector<T>& items) {
  if (items.empty()) return;
  Json& list = json[key] = Json::array();
  for (const T& item : items) list.push_back(to_json(item));
}

void put_step(Json& json, const StepContent& step) {
  put(json, "instruction", step.instruction);
  put(json, "picture", step.picture);
  put_list(json, "entries", step.entries);
  put_list(json, "signatures", step.signatures);
  if (step.recovery != Recovery::kResume) json["recovery"] = name_of(kRecoveryNames, step.recovery);
  put(json, "expected_s", step.expected_s);
  put(json, "minimum_s", step.minimum_s);
  put(json, "maximum_s", step.maximum_s);
  if (step.unattended) json["unattended"] = true;
}

Json to_json(const Node& node) {
  Json json = Json::object();
  json["id"] = node.id;
  json["kind"] = name_of(kNodeKindNames, node.kind);
  put(json, "element", node.element);
  put(json, "condition", node.condition);
  put(json, "condition_source", node.condition_source);
  return json;
}

Json to_json(const Chart& chart) {
  Json json = Json::object();
  Json& nodes = json["nodes"] = Json::array();
  for (const Node& node : chart.nodes) nodes.push_back(to_json(node));
  Json& links = json["links"] = Json::array();
  for (const Link& link : chart.links) links.push_back(Json::array({link.from, link.to}));
  return json;
}

// Recursion is bounded: readers accept at most 16 levels.
Json to_json(const Element& element, Level default_level) {
  Json json = Json::object();
  json["id"] = element.id;
  put(json, "title", element.title);
  if (!element.step || element.level != default_level)
    json["level"] = name_of(kLevelNames, element.level);
  if (element.step) {
    put_step(json, *element.step);
    return json;
  }
  Json& children = json["children"] = Json::array();
  for (const Element& child : element.children) children.push_back(to_json(child, Level::kStep));
  json["chart"] = to_json(element.chart);
  return json;
}

}  // namespace

std::string write_mbr(const Mbr& mbr) {
  Json json = Json::object();
  json["format"] = "batchwright/mbr/1";
  json["id"] = mbr.id;
  json["version"] = mbr.version;
  put(json, "title", mbr.title);
  put(json, "product", mbr.product);
  put(json, "description", mbr.description);
  json["languages"] = mbr.languages;
  if (!mbr.batch_size.value.is_zero() || !mbr.batch_size.unit.empty()) {
    json["batch_size"] = to_json(mbr.batch_size);
  }
  if (mbr.draft) json["draft"] = true;
  put_list(json, "parameters", mbr.parameters);
  put_list(json, "reaction_plans", mbr.reaction_plans);
  put(json, "provenance", mbr.provenance);
  json["procedure"] = to_json(mbr.procedure, Level::kProcedure);
  return to_text(json);
}

}  // namespace batchwright::workflows
