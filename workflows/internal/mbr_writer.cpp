#include "base/json.h"
#include "workflows/internal/camera_entries_json.h"
#include "workflows/internal/expectations_json.h"
#include "workflows/internal/json_put.h"
#include "workflows/internal/names.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows {

namespace {

Json limit_json(const Entry& entry, std::optional<Decimal> Limits::* limit) {
  for (const LimitFormula& computed : entry.limit_formulas) {
    if (computed.limit == limit) return Json{{"formula", computed.formula.text()}};
  }
  const auto& value = entry.limits.*limit;
  return value ? Json(value->to_text()) : Json(nullptr);
}

void put_range(Json& json, const char* key, const Entry& entry,
               std::optional<Decimal> Limits::* low, std::optional<Decimal> Limits::* high) {
  Json range = Json::array({limit_json(entry, low), limit_json(entry, high)});
  if (!range[0].is_null() || !range[1].is_null()) json[key] = std::move(range);
}

Json to_json(const LateResult& late) {
  Json json = Json::object();
  json["owner"] = late.owner;
  put(json, "due_s", late.due_s);
  json["consequence"] = name_of(kConsequenceNames, late.consequence);
  put(json, "blocks", late.blocks);
  return json;
}

Json to_json(const Gate& gate) {
  Json json = Json::object();
  json["id"] = gate.id;
  json["kind"] = name_of(kGateKindNames, gate.kind);
  put(json, "subject", gate.subject);
  put(json, "condition", gate.condition);
  put(json, "minimum_s", gate.minimum_s);
  put(json, "maximum_s", gate.maximum_s);
  put(json, "remedy", gate.remedy);
  return json;
}

Json to_json(const Effect& effect) {
  return Json{{"subject", effect.subject}, {"state", effect.state}};
}

Json to_json(const TimeLimit& limit) {
  Json json = Json::object();
  json["id"] = limit.id;
  put(json, "title", limit.title);
  json["from"] = limit.from;
  json["to"] = limit.to;
  put(json, "minimum_s", limit.minimum_s);
  put(json, "maximum_s", limit.maximum_s);
  put(json, "reaction_plan", limit.reaction_plan);
  return json;
}

Json to_json(const EquipmentRequirement& requirement) {
  Json json = Json::object();
  json["id"] = requirement.id;
  json["class"] = requirement.equipment_class;
  put(json, "title", requirement.title);
  return json;
}

Json to_json(const MaterialRequirement& requirement) {
  Json json = Json::object();
  json["id"] = requirement.id;
  json["item"] = requirement.item;
  put(json, "title", requirement.title);
  return json;
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
  if (plan.hold_level != HoldLevel::kStep) {
    json["hold_level"] = name_of(kHoldLevelNames, plan.hold_level);
  }
  put(json, "hold_max_s", plan.hold_max_s);
  put(json, "escalate_after_s", plan.escalate_after_s);
  put(json, "escalate_severity", plan.escalate_severity);
  put(json, "escalate_role", plan.escalate_role);
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
  if (Json target = limit_json(entry, &Limits::target); !target.is_null()) {
    json["target"] = std::move(target);
  }
  put_range(json, "alert", entry, &Limits::alert_low, &Limits::alert_high);
  put_range(json, "action", entry, &Limits::action_low, &Limits::action_high);
  put_range(json, "hard", entry, &Limits::hard_low, &Limits::hard_high);
  if (entry.expected) json["expected"] = *entry.expected;
  if (entry.kind == EntryKind::kChoice) json["choices"] = entry.choices;
  put(json, "formula", entry.formula);
  put(json, "criticality", entry.criticality);
  put(json, "reaction_plan", entry.reaction_plan);
  put(json, "exception_class", entry.exception_class);
  put(json, "identifies", entry.identifies);
  put(json, "captured_by", entry.captured_by);
  if (entry.may_be_not_applicable) json["may_be_not_applicable"] = true;
  if (entry.late) json["late"] = to_json(*entry.late);
  put(json, "stands_in_for", entry.stands_in_for);
  if (entry.camera_check) put_camera_check(json, *entry.camera_check);
  if (entry.camera_challenge) put_camera_challenge(json, *entry.camera_challenge);
  return json;
}

Json to_json(const SignatureRule& rule) {
  Json json = Json::object();
  json["meaning"] = rule.meaning;
  json["role"] = rule.role;
  if (rule.other_person) json["other_person"] = true;
  if (rule.camera) put_stand_in(json, *rule.camera);
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
  put_list(json, "gates", step.gates);
  put_list(json, "effects", step.effects);
  if (!step.relies_on.empty()) json["relies_on"] = step.relies_on;
  if (!step.runs_in_hold) json["runs_in_hold"] = false;
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
  put(json, "chosen_by", node.chosen_by);
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
  if (!mbr.markets.empty()) json["markets"] = mbr.markets;
  if (!mbr.batch_size.value.is_zero() || !mbr.batch_size.unit.empty()) {
    json["batch_size"] = to_json(mbr.batch_size);
  }
  if (mbr.draft) json["draft"] = true;
  put_list(json, "parameters", mbr.parameters);
  put_list(json, "reaction_plans", mbr.reaction_plans);
  put_list(json, "time_limits", mbr.time_limits);
  put_list(json, "equipment", mbr.equipment);
  put_list(json, "materials", mbr.materials);
  put(json, "planned_hold_max_s", mbr.planned_hold_max_s);
  if (!mbr.expectations.empty()) json["expectations"] = write_expectations(mbr.expectations);
  put(json, "provenance", mbr.provenance);
  json["procedure"] = to_json(mbr.procedure, Level::kProcedure);
  return to_text(json);
}

}  // namespace batchwright::workflows
