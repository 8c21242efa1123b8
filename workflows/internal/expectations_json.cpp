#include "workflows/internal/expectations_json.h"

#include "workflows/internal/json_put.h"
#include "workflows/internal/mbr_limits.h"

namespace batchwright::workflows {
namespace {

using Range = Expectations::CertifiedRange;
using Precedence = Expectations::Precedence;
using Independence = Expectations::Independence;
using Required = Expectations::Required;

std::vector<std::string> read_texts(JsonObject& object, std::string_view key) {
  return read_list<std::string>(object, key, kEntriesMax, read_text);
}

Range read_range(const Json& json, const JsonPlace& place, Report& report) {
  Range range;
  JsonObject object(json, place, report);
  range.entry = object.text("entry", Need::kRequired);
  range.low = object.decimal("low");
  range.high = object.decimal("high");
  range.unit = object.unit("unit");
  object.finish();
  return range;
}

Precedence read_precedence(const Json& json, const JsonPlace& place, Report& report) {
  Precedence precedence;
  JsonObject object(json, place, report);
  precedence.first = object.text("first", Need::kRequired);
  precedence.then = object.text("then", Need::kRequired);
  object.finish();
  return precedence;
}

Independence read_independence(const Json& json, const JsonPlace& place, Report& report) {
  Independence independence;
  JsonObject object(json, place, report);
  independence.step = object.text("step", Need::kRequired);
  independence.meaning = object.one_of("meaning", kMeanings, "verified");
  object.finish();
  return independence;
}

Required read_required(const Json& json, const JsonPlace& place, Report& report) {
  Required required;
  JsonObject object(json, place, report);
  required.step = object.text("step", Need::kRequired);
  required.entries = read_texts(object, "entries");
  required.gates = read_texts(object, "gates");
  required.signatures = read_texts(object, "signatures");
  object.finish();
  return required;
}

ScenarioEvent read_event(const Json& json, const JsonPlace& place, Report& report) {
  ScenarioEvent event;
  JsonObject object(json, place, report);
  event.step = object.text("step");
  event.instance = object.whole("instance", kStepsMax);
  event.action = object.text("action", Need::kRequired);
  event.entry = object.text("entry");
  event.value = object.text("value");
  event.reason = object.text("reason");
  event.person = object.text("person");
  event.seconds = object.whole("seconds", kSecondsMax);
  object.finish();
  return event;
}

Scenario read_scenario(const Json& json, const JsonPlace& place, Report& report) {
  Scenario scenario;
  JsonObject object(json, place, report);
  scenario.id = object.slug("id", Need::kRequired);
  scenario.events = read_list<ScenarioEvent>(object, "events", kScenarioEventsMax, read_event);
  scenario.exceptions = read_texts(object, "exceptions");
  if (std::string ends = object.text("ends"); !ends.empty()) scenario.ends = std::move(ends);
  object.finish();
  return scenario;
}

Json to_json(const Range& range) {
  Json json{{"entry", range.entry}};
  put(json, "low", range.low);
  put(json, "high", range.high);
  put(json, "unit", range.unit);
  return json;
}

Json to_json(const Precedence& precedence) {
  return Json{{"first", precedence.first}, {"then", precedence.then}};
}

Json to_json(const Independence& independence) {
  return Json{{"step", independence.step}, {"meaning", independence.meaning}};
}

Json to_json(const Required& required) {
  Json json{{"step", required.step}};
  put(json, "entries", required.entries);
  put(json, "gates", required.gates);
  put(json, "signatures", required.signatures);
  return json;
}

Json to_json(const ScenarioEvent& event) {
  Json json = Json::object();
  put(json, "step", event.step);
  put(json, "instance", event.instance);
  json["action"] = event.action;
  put(json, "entry", event.entry);
  put(json, "value", event.value);
  put(json, "reason", event.reason);
  put(json, "person", event.person);
  put(json, "seconds", event.seconds);
  return json;
}

Json to_json(const Scenario& scenario) {
  Json json = Json::object();
  json["id"] = scenario.id;
  for (const ScenarioEvent& event : scenario.events) json["events"].push_back(to_json(event));
  put(json, "exceptions", scenario.exceptions);
  if (scenario.ends != "complete") json["ends"] = scenario.ends;
  return json;
}

template <typename T>
void put_list(Json& json, const char* key, const std::vector<T>& items) {
  if (items.empty()) return;
  Json& list = json[key] = Json::array();
  for (const T& item : items) list.push_back(to_json(item));
}

}  // namespace

Expectations read_expectations(const Json& json, const JsonPlace& place, Report& report) {
  Expectations expectations;
  JsonObject object(json, place, report);
  expectations.ranges = read_list<Range>(object, "ranges", kExpectationsMax, read_range);
  expectations.precedes =
      read_list<Precedence>(object, "precedes", kExpectationsMax, read_precedence);
  expectations.independent =
      read_list<Independence>(object, "independent", kExpectationsMax, read_independence);
  expectations.required = read_list<Required>(object, "required", kExpectationsMax, read_required);
  expectations.scenarios =
      read_list<Scenario>(object, "scenarios", kExpectationsMax, read_scenario);
  object.finish();
  return expectations;
}

Json write_expectations(const Expectations& expectations) {
  Json json = Json::object();
  put_list(json, "ranges", expectations.ranges);
  put_list(json, "precedes", expectations.precedes);
  put_list(json, "independent", expectations.independent);
  put_list(json, "required", expectations.required);
  put_list(json, "scenarios", expectations.scenarios);
  return json;
}

}  // namespace batchwright::workflows
