#include <algorithm>

#include "workflows/internal/camera_entries_json.h"
#include "workflows/internal/mbr_limits.h"
#include "workflows/internal/mbr_reader.h"

namespace batchwright::workflows {

namespace {

// A limit is a decimal, or {"formula": ...} when it depends on batch size, potency or other values.
void read_limit(const Json& json, const JsonPlace& place, std::optional<Decimal> Limits::* limit,
                Entry& entry, Report& report) {
  if (!json.is_object()) {
    entry.limits.*limit = read_decimal(json, place, report);
    return;
  }
  JsonObject object(json, place, report);
  if (auto formula = object.expression("formula", Need::kRequired)) {
    entry.limit_formulas.push_back({limit, std::move(*formula)});
  }
  object.finish();
}

struct RangeKeys {
  std::string_view key;
  std::optional<Decimal> Limits::*low, Limits::*high;
};

// [low, high]; either may be null.
void read_range(JsonObject& object, const RangeKeys& keys, Entry& entry) {
  const Json* range = object.find(keys.key);
  if (range == nullptr) return;
  const JsonPlace here = object.at(keys.key);
  if (!range->is_array() || range->size() != 2) {
    object.report().error("range.invalid", here.text(),
                          "A range is [\"low\", \"high\"]; null leaves one side open.");
    return;
  }
  const Json& low = (*range)[0];
  const Json& high = (*range)[1];
  if (!low.is_null()) read_limit(low, here.item(0), keys.low, entry, object.report());
  if (!high.is_null()) read_limit(high, here.item(1), keys.high, entry, object.report());
}

// Keys that mean something for some kinds only are asked for only there, so that elsewhere they are
// unknown.
void read_number_keys(JsonObject& object, Entry& entry) {
  entry.unit = object.unit("unit");
  entry.places = object.whole("places", kPlacesMax);
  entry.rounding = object.name("rounding", kRoundingNames, Rounding::kHalfEven);
  if (const Json* target = object.find("target")) {
    read_limit(*target, object.at("target"), &Limits::target, entry, object.report());
  }
  read_range(object, {"alert", &Limits::alert_low, &Limits::alert_high}, entry);
  read_range(object, {"action", &Limits::action_low, &Limits::action_high}, entry);
  read_range(object, {"hard", &Limits::hard_low, &Limits::hard_high}, entry);
}

std::optional<LateResult> read_late(JsonObject& object) {
  const Json* json = object.find("late");
  if (json == nullptr) return std::nullopt;
  const JsonPlace place = object.at("late");
  LateResult late;
  JsonObject result(*json, place, object.report());
  late.owner = result.text("owner", Need::kRequired);
  late.due_s = result.whole("due_s", kSecondsMax);
  late.consequence =
      result.name("consequence", kConsequenceNames, LateResult::Consequence::kBlocksRecord);
  late.blocks = result.text("blocks");
  result.finish();
  return late;
}

void read_choices(JsonObject& object, Entry& entry) {
  std::size_t index = 0;
  for (const Json& choice : object.list("choices", kChoicesMax, Need::kRequired)) {
    const JsonPlace list = object.at("choices");
    entry.choices.push_back(read_text(choice, list.item(index++), object.report()));
  }
}

Entry read_entry(const Json& json, const JsonPlace& place, Report& report) {
  Entry entry;
  JsonObject object(json, place, report);
  entry.id = object.slug("id", Need::kRequired);
  entry.title = object.words("title", Need::kRequired);
  entry.kind = object.name("kind", kEntryKindNames, EntryKind::kText, Need::kRequired);
  entry.required = object.flag("required", true);
  if (entry.kind == EntryKind::kDecimal || entry.kind == EntryKind::kComputed) {
    read_number_keys(object, entry);
  }
  if (entry.kind == EntryKind::kComputed) {
    entry.formula = object.expression("formula", Need::kRequired);
  }
  if (entry.kind == EntryKind::kYesNo && json.is_object() && json.contains("expected")) {
    entry.expected = object.flag("expected", true);
  }
  if (entry.kind == EntryKind::kChoice) read_choices(object, entry);
  entry.criticality = object.one_of("criticality", kCriticalities, "");
  entry.reaction_plan = object.slug("reaction_plan");
  entry.exception_class = object.text("exception_class");
  if (entry.kind == EntryKind::kText || entry.kind == EntryKind::kChoice) {
    entry.identifies = object.slug("identifies");
  }
  entry.captured_by = object.one_of("captured_by", kCaptureDevices, "");
  entry.may_be_not_applicable = object.flag("may_be_not_applicable", false);
  entry.late = read_late(object);
  entry.stands_in_for = object.one_of("stands_in_for", kStandIns, "");
  if (entry.kind == EntryKind::kCameraCheck) entry.camera_check = read_camera_check(json, object);
  if (entry.kind == EntryKind::kCameraChallenge) {
    entry.camera_challenge = read_camera_challenge(object);
  }
  object.finish();
  return entry;
}

SignatureRule read_signature(const Json& json, const JsonPlace& place, Report& report) {
  SignatureRule rule;
  JsonObject object(json, place, report);
  rule.meaning = object.one_of("meaning", kMeanings, "performed");
  if (std::string role = object.text("role"); !role.empty()) rule.role = std::move(role);
  rule.other_person = object.flag("other_person", false);
  rule.camera = read_stand_in(object);
  object.finish();
  return rule;
}

Gate read_gate(const Json& json, const JsonPlace& place, Report& report) {
  Gate gate;
  JsonObject object(json, place, report);
  gate.id = object.slug("id", Need::kRequired);
  gate.kind = object.name("kind", kGateKindNames, Gate::Kind::kStep, Need::kRequired);
  if (gate.kind == Gate::Kind::kCondition) {
    gate.condition = object.expression("condition", Need::kRequired);
  } else {
    gate.subject = object.text("subject", Need::kRequired);
  }
  gate.minimum_s = object.whole("minimum_s", kSecondsMax);
  gate.maximum_s = object.whole("maximum_s", kSecondsMax);
  gate.remedy = object.words("remedy", Need::kRequired);
  object.finish();
  return gate;
}

Effect read_effect(const Json& json, const JsonPlace& place, Report& report) {
  Effect effect;
  JsonObject object(json, place, report);
  effect.subject = object.text("subject", Need::kRequired);
  effect.state = object.one_of("state", kSubjectStates, "dirty");
  object.finish();
  return effect;
}

}  // namespace

StepContent read_step_content(JsonObject& object) {
  StepContent step;
  step.instruction = object.words("instruction");
  step.picture = object.text("picture");
  step.entries = read_list<Entry>(object, "entries", kEntriesMax, read_entry);
  step.signatures = read_list<SignatureRule>(object, "signatures", kSignaturesMax, read_signature);
  step.gates = read_list<Gate>(object, "gates", kGatesMax, read_gate);
  step.effects = read_list<Effect>(object, "effects", kGatesMax, read_effect);
  step.relies_on = read_list<std::string>(object, "relies_on", kGatesMax, read_text);
  step.recovery = object.name("recovery", kRecoveryNames, Recovery::kResume);
  step.expected_s = object.whole("expected_s", kSecondsMax);
  step.minimum_s = object.whole("minimum_s", kSecondsMax);
  step.maximum_s = object.whole("maximum_s", kSecondsMax);
  step.runs_in_hold = object.flag("runs_in_hold", true);
  step.unattended = object.flag("unattended", false);
  return step;
}

}  // namespace batchwright::workflows
