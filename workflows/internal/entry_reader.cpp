#include <algorithm>

#include "workflows/internal/mbr_limits.h"
#include "workflows/internal/mbr_reader.h"

namespace batchwright::workflows {

namespace {

// [low, high]; either may be null.
void read_range(JsonObject& object, std::string_view key, std::optional<Decimal>& low,
                std::optional<Decimal>& high) {
  const Json* range = object.find(key);
  if (range == nullptr) return;
  const JsonPlace here = object.at(key);
  if (!range->is_array() || range->size() != 2) {
    object.report().error("range.invalid", here.text(),
                          "A range is [\"low\", \"high\"]; null leaves one side open.");
    return;
  }
  const Json& low_json = (*range)[0];
  const Json& high_json = (*range)[1];
  if (!low_json.is_null()) low = read_decimal(low_json, here.item(0), object.report());
  if (!high_json.is_null()) high = read_decimal(high_json, here.item(1), object.report());
}

// Keys that mean something for some kinds only are asked for only there, so that elsewhere they are
// unknown.
void read_number_keys(JsonObject& object, Entry& entry) {
  entry.unit = object.unit("unit");
  entry.places = object.whole("places", kPlacesMax);
  entry.rounding = object.name("rounding", kRoundingNames, Rounding::kHalfEven);
  entry.limits.target = object.decimal("target");
  read_range(object, "alert", entry.limits.alert_low, entry.limits.alert_high);
  read_range(object, "action", entry.limits.action_low, entry.limits.action_high);
  read_range(object, "hard", entry.limits.hard_low, entry.limits.hard_high);
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
  entry.stands_in_for = object.one_of("stands_in_for", kStandIns, "");
  object.finish();
  return entry;
}

SignatureRule read_signature(const Json& json, const JsonPlace& place, Report& report) {
  SignatureRule rule;
  JsonObject object(json, place, report);
  rule.meaning = object.one_of("meaning", kMeanings, "performed");
  if (std::string role = object.text("role"); !role.empty()) rule.role = std::move(role);
  rule.other_person = object.flag("other_person", false);
  object.finish();
  return rule;
}

}  // namespace

StepContent read_step_content(JsonObject& object) {
  StepContent step;
  step.instruction = object.words("instruction");
  step.picture = object.text("picture");
  std::size_t index = 0;
  for (const Json& entry : object.list("entries", kEntriesMax)) {
    const JsonPlace list = object.at("entries");
    step.entries.push_back(read_entry(entry, list.item(index++), object.report()));
  }
  index = 0;
  for (const Json& signature : object.list("signatures", kSignaturesMax)) {
    const JsonPlace list = object.at("signatures");
    step.signatures.push_back(read_signature(signature, list.item(index++), object.report()));
  }
  step.recovery = object.name("recovery", kRecoveryNames, Recovery::kResume);
  step.expected_s = object.whole("expected_s", kSecondsMax);
  step.minimum_s = object.whole("minimum_s", kSecondsMax);
  step.maximum_s = object.whole("maximum_s", kSecondsMax);
  step.unattended = object.flag("unattended", false);
  return step;
}

}  // namespace batchwright::workflows
