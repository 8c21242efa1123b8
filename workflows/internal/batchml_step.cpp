#include "workflows/internal/batchml_step.h"

#include <algorithm>

#include "base/quantity.h"
#include "base/text.h"
#include "workflows/internal/fold.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_limits.h"

namespace batchwright::workflows {

namespace {

// What data types of XML Schema mean here. Anything else is text.
bool is_number_type(std::string_view folded) {
  constexpr std::string_view kNumbers[] = {"integer",
                                           "positiveinteger",
                                           "nonnegativeinteger",
                                           "negativeinteger",
                                           "nonpositiveinteger",
                                           "int",
                                           "long",
                                           "short",
                                           "byte",
                                           "unsignedint",
                                           "unsignedlong",
                                           "unsignedshort",
                                           "unsignedbyte",
                                           "decimal",
                                           "double",
                                           "float"};
  return std::ranges::find(kNumbers, folded) != std::end(kNumbers);
}

// CTQ: critical to quality. BatchML has no finer word.
std::string criticality_of(const BatchmlParameter& parameter) {
  const std::string folded = fold(parameter.sub_type);
  if (folded == "ctq") return fold(parameter.type) == "processoutput" ? "CQA" : "CPP";
  return folded == "inprocess" ? "IPC" : "";
}

std::string title_of(const BatchmlParameter& parameter) {
  if (!parameter.description.empty()) return parameter.description;
  if (!parameter.type.empty()) return parameter.type + " " + parameter.id;
  return "Parameter " + parameter.id;
}

// "Instruction 1" says no more than that it is one.
bool is_instruction_label(const std::string& description) {
  return description.empty() || fold(description).starts_with("instruction");
}

bool has_no_unit(const std::string& unit) {
  return unit.empty() || fold(unit) == "null";
}

Words english(std::string text) {
  return {{"en", std::move(text)}};
}

}  // namespace

std::string presentable(std::string text, const std::string& place, Report& report) {
  if (checked_text(text, true)) return text;
  report.error(
      "text.invalid", place,
      "A text of the recipe is too long or holds characters that can't be shown. It was cut.");
  std::string cut;
  for (const char c : text) {
    if (c >= 0x20 && c < 0x7f && cut.size() < kTextCharactersMax) cut += c;
  }
  return cut;
}

std::string free_id(const std::string& wanted, std::size_t bytes_max, TakenIds& taken) {
  if (taken.ids.insert(wanted).second) return wanted;
  while (true) {  // ends: the number grows, and only ids of the file itself can stand in the way
    const std::string suffix = "-" + std::to_string(++taken.last_number);
    std::string id = to_slug(wanted.substr(0, bytes_max - suffix.size())) + suffix;
    if (taken.ids.insert(id).second) return id;
  }
}

BatchmlStepMaker::BatchmlStepMaker(const BatchmlRecipe& recipe, Resolution& resolution,
                                   Report& report)
    : recipe_(recipe), resolution_(resolution), report_(report) {
  for (const BatchmlParameter& parameter : recipe.procedure.parameters) {
    formula_.emplace(parameter.id, &parameter);
  }
  for (const BatchmlEnumerationSet& set : recipe.enumeration_sets) sets_.emplace(set.id, &set);
}

StepContent BatchmlStepMaker::make(const BatchmlElement& element, const std::string& place) {
  Making making;
  making.place = place;
  for (const std::string& equipment : element.equipment) {
    add_line(making, "Equipment: " + equipment, place);
  }
  for (const BatchmlParameter& parameter : element.parameters) add_parameter(parameter, making);
  if (making.step.entries.empty()) {
    BatchmlParameter none;
    none.id = "done";
    add_entry(making, EntryKind::kAcknowledge, none, "Done", place);
  }
  if (!making.instruction.empty()) making.step.instruction = english(std::move(making.instruction));
  return std::move(making.step);
}

void BatchmlStepMaker::add_parameter(const BatchmlParameter& given, Making& making) {
  if (given.is_empty() && given.has_value) {
    ++empty_parameters_;
    return;
  }
  const BatchmlParameter& known = *with_formula(&given);
  BatchmlParameter parameter = known;
  if (!given.description.empty()) parameter.description = given.description;
  const std::string place = making.place + " (parameter " + one_line(given.id) + ", line " +
                            std::to_string(given.line) + ")";
  if (making.step.entries.size() >= kEntriesMax) {
    report_.error("entry.count", place, "A step holds at most 200 entries; this one was left out.");
    return;
  }
  const std::string type = fold(parameter.data_type);
  if (type == "enumeration") {
    add_enumeration(parameter, making, place);
  } else if (parameter.value.empty() || type == "notation") {
    const bool shows_unit = !has_no_unit(parameter.unit) && !parameter.value.empty();
    std::string title = title_of(parameter);
    if (!has_no_unit(parameter.unit))
      title += " (" + unit(parameter.unit).value_or(parameter.unit) + ")";
    if (shows_unit || !parameter.value.empty()) title += ": " + parameter.value;
    add_entry(making, type == "datetime" ? EntryKind::kDateTime : EntryKind::kText, parameter,
              title, place);
  } else if (is_number_type(type)) {
    add_quantity(parameter, making, place);
  } else if (type == "boolean" &&
             (fold(parameter.value) == "true" || fold(parameter.value) == "false")) {
    add_entry(making, EntryKind::kYesNo, parameter, title_of(parameter), place).expected =
        fold(parameter.value) == "true";
  } else {
    const bool label = is_instruction_label(parameter.description);
    add_line(making, label ? parameter.value : parameter.description + ": " + parameter.value,
             place);
  }
}

void BatchmlStepMaker::add_quantity(const BatchmlParameter& parameter, Making& making,
                                    const std::string& place) {
  const auto target = Decimal::parse(parameter.value);
  if (!target) {
    report_.error("parameter.value", place,
                  "\"" + parameter.value +
                      "\" is not a number, although its type says so. Correct the recipe.");
    return;
  }
  const auto symbol = unit(parameter.unit);
  if (!symbol) {
    report_.error("unit.unknown", place,
                  "The unit \"" + parameter.unit +
                      "\" is not known. Say what it means in the resolution file, under [units].");
  }
  Entry& entry = add_entry(making, EntryKind::kDecimal, parameter, title_of(parameter), place);
  entry.unit = symbol.value_or("");
  entry.places = std::min(target->places(), kPlacesMax);
  entry.limits.target = *target;
}

void BatchmlStepMaker::add_enumeration(const BatchmlParameter& parameter, Making& making,
                                       const std::string& place) {
  const auto found = sets_.find(parameter.enumeration);
  const BatchmlEnumerationSet* set = found == sets_.end() ? nullptr : found->second;
  if (!parameter.value.empty()) {
    const bool listed = set != nullptr && set->folded.contains(fold(parameter.value));
    if (!listed) {
      report_.warning("enumeration.value", place,
                      "\"" + parameter.value + "\" is not in its enumeration set \"" +
                          one_line(parameter.enumeration) + "\". It is shown as it stands.");
    }
    add_entry(making, EntryKind::kAcknowledge, parameter,
              title_of(parameter) + ": " + parameter.value, place);
    return;
  }
  if (set == nullptr || set->values.empty()) {
    add_entry(making, EntryKind::kAcknowledge, parameter, title_of(parameter), place);
    return;
  }
  Entry& entry = add_entry(making, EntryKind::kChoice, parameter, title_of(parameter), place);
  for (const std::string& value : set->values) {
    const std::string choice = clean(value, place);
    const bool is_new =
        !choice.empty() && std::ranges::find(entry.choices, choice) == entry.choices.end();
    if (is_new) entry.choices.push_back(choice);
    if (entry.choices.size() == kChoicesMax) break;
  }
}

void BatchmlStepMaker::add_line(Making& making, const std::string& text, const std::string& place) {
  std::string longer = making.instruction;
  if (!longer.empty()) longer += '\n';
  longer += clean(text, place);
  if (count_characters(longer) > kTextCharactersMax) {
    report_.error("text.invalid", place,
                  "The instruction of this step is longer than 2,000 characters. Split the step.");
    return;
  }
  making.instruction = std::move(longer);
}

Entry& BatchmlStepMaker::add_entry(Making& making, EntryKind kind,
                                   const BatchmlParameter& parameter, const std::string& title,
                                   const std::string& place) {
  TakenIds taken;
  for (const Entry& entry : making.step.entries) taken.ids.insert(entry.id);
  Entry& entry = making.step.entries.emplace_back();
  entry.id = free_id(to_slug(one_line(parameter.id)), kSlugMax, taken);
  entry.kind = kind;
  std::string words = clean(title, place);
  entry.title = english(words.empty() ? entry.id : std::move(words));
  entry.criticality = criticality_of(parameter);
  return entry;
}

std::optional<std::string> BatchmlStepMaker::unit(const std::string& source) {
  if (has_no_unit(source)) return "";
  if (const auto answer = resolution_.unit(source)) {
    if (answer->empty()) return "";
    if (const Unit* known = find_unit(*answer)) return std::string(known->symbol);
    return std::nullopt;
  }
  const Unit* known = find_unit(source);
  return known == nullptr ? std::nullopt : std::optional(std::string(known->symbol));
}

const BatchmlParameter* BatchmlStepMaker::with_formula(const BatchmlParameter* parameter) const {
  if (parameter->has_value) return parameter;
  const auto found = formula_.find(parameter->id);
  return found == formula_.end() ? parameter : found->second;
}

std::string BatchmlStepMaker::clean(const std::string& text, const std::string& place) {
  return presentable(one_line(text), place, report_);
}

std::vector<Parameter> BatchmlStepMaker::formula() {
  std::vector<Parameter> parameters;
  TakenIds taken;
  for (const BatchmlParameter& source : recipe_.procedure.parameters) {
    if (parameters.size() == kParametersMax) break;
    const std::string place = "formula parameter " + one_line(source.id);
    Parameter parameter;
    parameter.id = free_id(to_slug(one_line(source.id)), kSlugMax, taken);
    parameter.title = english(clean(title_of(source), place));
    const auto value = Decimal::parse(source.value);
    if (value && is_number_type(fold(source.data_type))) {
      parameter.value = {*value, unit(source.unit).value_or("")};
    } else {
      parameter.text = source.value.empty() ? "-" : clean(source.value, place);
    }
    parameter.source = "BatchML formula";
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

void BatchmlStepMaker::report_empty_parameters() {
  if (empty_parameters_ == 0) return;
  report_.info("parameter.empty", "parameters",
               std::to_string(empty_parameters_) +
                   " parameters say nothing at all. Their steps ask only to acknowledge that they "
                   "are done.");
}

}  // namespace batchwright::workflows
