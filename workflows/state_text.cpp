// Canonical text "state/3": keys sorted, maps as arrays sorted by key, whole numbers only, nothing
// derived. Described in docs/formats/events.md; a change of form is a new version.
#include "base/bytes.h"
#include "base/json.h"
#include "workflows/internal/limits_of.h"
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
  return Json{{"actor", value.actor},         {"invalidated", value.invalidated},
              {"line_hash", value.line_hash}, {"raw", value.raw},
              {"reason", value.reason},       {"role", value.role},
              {"source", value.source},       {"superseded", value.superseded},
              {"time", value.time},           {"unit", value.unit},
              {"value", value.value},         {"verdict", value.verdict}};
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
              {"blocks", exception.blocks},
              {"class", exception.exception_class},
              {"comments", array_of(exception.comments)},
              {"entry", exception.entry},
              {"escalated", exception.escalated},
              {"id", exception.id},
              {"limit", exception.limit},
              {"message", exception.message},
              {"number", exception.number},
              {"plan", exception.plan},
              {"release", exception.release},
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

Json pairs_json(const std::map<std::string, std::string>& pairs) {
  Json array = Json::array();
  for (const auto& [name, value] : pairs) array.push_back(Json::array({name, value}));
  return array;
}

Json limits_json(const StepState& step) {
  Json array = Json::array();
  for (const auto& [entry, limits] : step.limits) {
    Json values = Json::array();
    for (const auto& [name, value] : pairs_of(limits)) {
      values.push_back(Json::array({name, value}));
    }
    array.push_back(Json{{"entry", entry}, {"limits", std::move(values)}});
  }
  return array;
}

Json overridden_json(const StepState& step) {
  Json array = Json::array();
  for (const auto& [gate, override] : step.overridden) {
    array.push_back(
        Json{{"gate", gate}, {"person", override.person}, {"unix_ms", override.unix_ms}});
  }
  return array;
}

Json to_json(const CheckAttempt& attempt) {
  Json readings = Json::array();
  for (const auto& [name, text] : attempt.readings) readings.push_back(Json::array({name, text}));
  return Json{{"actor", attempt.actor},
              {"camera", attempt.camera},
              {"check", attempt.check},
              {"evidence", attempt.evidence},
              {"line_hash", attempt.line_hash},
              {"put_right", attempt.put_right},
              {"readings", std::move(readings)},
              {"reason", attempt.reason},
              {"regions", array_of(attempt.regions)},
              {"score", attempt.score},
              {"sha256", attempt.sha256},
              {"threshold", attempt.threshold},
              {"time", attempt.time},
              {"verdict", attempt.verdict}};
}

Json checks_of(const StepState& step) {
  Json array = Json::array();
  for (const auto& [entry, check] : step.checks) {
    Json attempts = Json::array();
    for (const CheckAttempt& attempt : check.attempts) attempts.push_back(to_json(attempt));
    array.push_back(Json{{"attempts", std::move(attempts)},
                         {"entry", entry},
                         {"fail_stands", check.fail_stands},
                         {"failed", check.failed},
                         {"fails", check.fails},
                         {"no_verdicts", check.no_verdicts},
                         {"taken", array_of(check.taken)}});
  }
  return array;
}

Json challenges_of(const StepState& step) {
  Json array = Json::array();
  for (const auto& [entry, results] : step.challenges) {
    for (const auto& [check, result] : results) {
      array.push_back(Json{{"check", check},
                           {"entry", entry},
                           {"line_hash", result.line_hash},
                           {"passed", result.passed}});
    }
  }
  return array;
}

Json stood_in_of(const StepState& step) {
  Json array = Json::array();
  for (const StoodIn& made : step.stood_in) {
    array.push_back(Json{{"check_line", made.check_line},
                         {"checked_by", made.checked_by},
                         {"covered", array_of(made.covered)},
                         {"entry", made.entry},
                         {"equipment", made.equipment},
                         {"line_hash", made.line_hash},
                         {"meaning", made.meaning},
                         {"mode", made.mode},
                         {"role", made.role},
                         {"time", made.time},
                         {"voided_by", made.voided_by}});
  }
  return array;
}

Json to_json(const StepRef& ref, const StepState& step) {
  Json signatures = Json::array();
  for (const SignatureState& signature : step.signatures) signatures.push_back(to_json(signature));
  return Json{{"challenges", challenges_of(step)},
              {"checks", checks_of(step)},
              {"completed_time", step.completed_time},
              {"entries", entries_of(step)},
              {"excused", array_of(step.excused)},
              {"forced", step.forced},
              {"held_by", step.held_by},
              {"held_ms", step.held_ms},
              {"limits", limits_json(step)},
              {"lines", array_of(step.lines)},
              {"maximum_reported", step.maximum_reported},
              {"not_applicable", pairs_json(step.not_applicable)},
              {"overridden", overridden_json(step)},
              {"ready_time", step.ready_time},
              {"redline", step.redline},
              {"remeasured", counts_of(step.remeasured, "entry")},
              {"reopened", step.reopened},
              {"reopened_by", step.reopened_by},
              {"repeat", step.repeat},
              {"signatures", std::move(signatures)},
              {"started_by", step.started_by},
              {"started_time", step.started_time},
              {"status", to_string(step.status)},
              {"step", workflows::to_text(ref)},
              {"stood_in", stood_in_of(step)},
              {"voided", step.voided}};
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

Json equipment_of(const RunState& state) {
  Json array = Json::array();
  for (const auto& [requirement, bound] : state.equipment) {
    array.push_back(Json{{"actor", bound.actor},
                         {"class", bound.equipment_class},
                         {"equipment", bound.equipment},
                         {"requirement", requirement},
                         {"time", bound.time}});
  }
  return array;
}

Json pending_of(const RunState& state) {
  Json array = Json::array();
  for (const auto& [place, pending] : state.pending) {
    array.push_back(Json{{"blocks", pending.blocks},
                         {"consequence", pending.consequence},
                         {"due", pending.due},
                         {"out_of_specification", pending.out_of_specification},
                         {"overdue_reported", pending.overdue_reported},
                         {"owner", pending.owner},
                         {"place", place},
                         {"received", pending.received}});
  }
  return array;
}

Json hold_of(const RunState& state) {
  return Json{{"exception", state.hold.exception},
              {"kind", state.hold.kind},
              {"maximum_ms", state.hold.maximum_ms},
              {"maximum_reported", state.hold.maximum_reported},
              {"since_unix_ms", state.hold.since_unix_ms}};
}

Json relations_of(const RunState& state) {
  Json array = Json::array();
  for (const RunRelation& relation : state.relations) {
    array.push_back(
        Json{{"detail", relation.detail}, {"relation", relation.relation}, {"run", relation.run}});
  }
  return array;
}

Json handovers_of(const RunState& state) {
  Json array = Json::array();
  for (const Handover& handover : state.handovers) {
    array.push_back(Json{{"from", handover.from},
                         {"handed_over_time", handover.handed_over_time},
                         {"note", handover.note},
                         {"taken_over_time", handover.taken_over_time},
                         {"to", handover.to}});
  }
  return array;
}

Json redlines_of(const RunState& state) {
  Json array = Json::array();
  for (const auto& [id, redline] : state.redlines) {
    array.push_back(Json{{"approvers", array_of(redline.approvers)},
                         {"change", redline.change},
                         {"id", id},
                         {"in_force", redline.in_force},
                         {"order", redline.order},
                         {"proposer", redline.proposer},
                         {"quality", redline.quality},
                         {"reason", redline.reason},
                         {"rejected", redline.rejected},
                         {"rejection", redline.rejection},
                         {"step", redline.step}});
  }
  return array;
}

Json reviews_of(const RunState& state) {
  Json array = Json::array();
  for (const Review& review : state.reviews) {
    array.push_back(Json{{"actor", review.actor},
                         {"decision", review.decision},
                         {"ended", review.ended},
                         {"reason", review.reason},
                         {"stage", review.stage},
                         {"time", review.time}});
  }
  return array;
}

Json suitability_of(const RunState& state) {
  Json array = Json::array();
  for (const auto& [check, known] : state.suitability) {
    array.push_back(Json{{"challenged_at", known.challenged_at},
                         {"check", check},
                         {"disabled", known.disabled},
                         {"manifest", known.manifest},
                         {"sha256", known.sha256}});
  }
  return array;
}

Json refusals_of(const RunState& state) {
  Json recent = Json::array();
  for (const auto& [what, unix_ms] : state.refusals.recent) {
    recent.push_back(Json{{"what", what}, {"unix_ms", unix_ms}});
  }
  return Json{{"count", state.refusals.count}, {"recent", std::move(recent)}};
}

}  // namespace

std::string state_text(const RunState& state) {
  const Json json{{"challenges", array_of(state.challenges)},
                  {"clock_reported", state.clock_reported},
                  {"conflicts", array_of(state.conflicts)},
                  {"conflicts_reported", state.conflicts_reported},
                  {"decided_by", pairs_json(state.decided_by)},
                  {"elements", elements_of(state)},
                  {"ended_time", state.ended_time},
                  {"equipment", equipment_of(state)},
                  {"events", state.events},
                  {"exceptions", exceptions_of(state)},
                  {"format", "state/3"},
                  {"handovers", handovers_of(state)},
                  {"held_elements", pairs_json(state.held_elements)},
                  {"hold", hold_of(state)},
                  {"kind", state.kind},
                  {"last_unix_ms", state.last_unix_ms},
                  {"materials", pairs_json(state.materials)},
                  {"mbr_hash", state.mbr_hash},
                  {"not_understood", state.not_understood},
                  {"number", state.number},
                  {"pending", pending_of(state)},
                  {"recall_told", state.recall_told},
                  {"recalled", state.recalled},
                  {"redlines", redlines_of(state)},
                  {"refusals", refusals_of(state)},
                  {"relations", relations_of(state)},
                  {"reviews", reviews_of(state)},
                  {"run", state.run},
                  {"started_time", state.started_time},
                  {"status", to_string(state.status)},
                  {"steps", steps_of(state)},
                  {"suitability", suitability_of(state)},
                  {"time_limits_reported", array_of(state.time_limits_reported)},
                  {"tokens", tokens_of(state)}};
  return batchwright::to_text(json);
}

std::string state_hash(const RunState& state) {
  return to_hex(sha256(state_text(state)));
}

}  // namespace batchwright::workflows
