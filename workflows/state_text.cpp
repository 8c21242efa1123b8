// Canonical text "state/1": keys sorted, maps as arrays sorted by key, whole numbers only, nothing
// derived. Described in docs/formats/events.md; a change of form is a new version.
#include "base/bytes.h"
#include "base/json.h"
#include "workflows/state.h"

namespace batchwright::workflows {
namespace {

template <typename Texts>
Json array_of(const Texts& texts) {
  Json array = Json::array();
  for (const std::string& text : texts) array.push_back(text);
  return array;
}

// Keys are written in sorted order by hand; state_test.cpp checks that they are.
Json to_json(const RecordedValue& value) {
  return Json{{"actor", value.actor}, {"line_hash", value.line_hash},
              {"raw", value.raw},     {"reason", value.reason},
              {"role", value.role},   {"superseded", value.superseded},
              {"time", value.time},   {"unit", value.unit},
              {"value", value.value}, {"verdict", value.verdict}};
}

Json to_json(const SignatureState& signature) {
  return Json{{"covered", array_of(signature.covered)},
              {"line_hash", signature.line_hash},
              {"mark", signature.mark},
              {"meaning", signature.meaning},
              {"name", signature.name},
              {"role", signature.role},
              {"signer", signature.signer},
              {"time", signature.time},
              {"voided_by", signature.voided_by}};
}

Json to_json(const ExceptionState& exception) {
  return Json{{"actor", exception.actor},
              {"class", exception.exception_class},
              {"comments", array_of(exception.comments)},
              {"entry", exception.entry},
              {"id", exception.id},
              {"limit", exception.limit},
              {"message", exception.message},
              {"number", exception.number},
              {"plan", exception.plan},
              {"released", exception.released},
              {"severity", exception.severity},
              {"step", exception.step},
              {"time", exception.time},
              {"value", exception.value}};
}

Json entries_of(const StepState& step) {
  Json entries = Json::array();
  for (const auto& [id, entry] : step.entries) {
    Json values = Json::array();
    for (const RecordedValue& value : entry.values) values.push_back(to_json(value));
    entries.push_back(Json{{"id", id}, {"values", std::move(values)}});
  }
  return entries;
}

Json counts_of(const std::map<std::string, int>& counts, const char* key) {
  Json array = Json::array();
  for (const auto& [name, count] : counts) {
    if (count != 0) array.push_back(Json{{"count", count}, {key, name}});
  }
  return array;
}

Json to_json(const StepRef& ref, const StepState& step) {
  Json signatures = Json::array();
  for (const SignatureState& signature : step.signatures) signatures.push_back(to_json(signature));
  return Json{{"completed_time", step.completed_time},
              {"entries", entries_of(step)},
              {"excused", array_of(step.excused)},
              {"held_by", step.held_by},
              {"lines", array_of(step.lines)},
              {"maximum_reported", step.maximum_reported},
              {"ready_time", step.ready_time},
              {"remeasured", counts_of(step.remeasured, "entry")},
              {"reopened", step.reopened},
              {"signatures", std::move(signatures)},
              {"started_by", step.started_by},
              {"started_time", step.started_time},
              {"status", to_string(step.status)},
              {"step", workflows::to_text(ref)}};
}

Json elements_of(const RunState& state) {
  Json elements = Json::array();
  for (const auto& [path, name] : state.elements) {
    elements.push_back(Json{{"element", path}, {"state", name}});
  }
  return elements;
}

Json exceptions_of(const RunState& state) {
  Json exceptions = Json::array();
  for (const std::string& id : state.exception_order) {
    exceptions.push_back(to_json(state.exceptions.at(id)));
  }
  return exceptions;
}

Json steps_of(const RunState& state) {
  Json steps = Json::array();
  for (const auto& [ref, step] : state.steps) steps.push_back(to_json(ref, step));
  return steps;
}

Json tokens_of(const RunState& state) {
  Json charts = Json::array();
  for (const auto& [chart, places] : state.tokens) {
    Json waiting = counts_of(places, "place");
    if (!waiting.empty()) charts.push_back(Json{{"chart", chart}, {"tokens", std::move(waiting)}});
  }
  return charts;
}

}  // namespace

std::string state_text(const RunState& state) {
  const Json json{{"challenges", array_of(state.challenges)},
                  {"conflicts", array_of(state.conflicts)},
                  {"elements", elements_of(state)},
                  {"ended_time", state.ended_time},
                  {"events", state.events},
                  {"exceptions", exceptions_of(state)},
                  {"format", "state/1"},
                  {"kind", state.kind},
                  {"last_unix_ms", state.last_unix_ms},
                  {"mbr_hash", state.mbr_hash},
                  {"not_understood", state.not_understood},
                  {"number", state.number},
                  {"run", state.run},
                  {"started_time", state.started_time},
                  {"status", to_string(state.status)},
                  {"steps", steps_of(state)},
                  {"tokens", tokens_of(state)}};
  return batchwright::to_text(json);
}

std::string state_hash(const RunState& state) {
  return to_hex(sha256(state_text(state)));
}

}  // namespace batchwright::workflows
