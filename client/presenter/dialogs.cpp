#include <fmt/format.h>

#include <algorithm>

#include "client/limits_in_force.h"
#include "client/presenter/entry.h"
#include "record/signature.h"

namespace batchwright::client::presenter {

namespace {

using Side = ui::OutOfLimitView::Side;

// Which limit of its class the value broke, and on which side; an answer that was not expected has
// none.
void say_side(const workflows::Limits& limits, const workflows::ExceptionState& exception,
              ui::OutOfLimitView& view) {
  auto low = limits.action_low;
  auto high = limits.action_high;
  if (exception.exception_class == "alert_limit") {
    low = limits.alert_low;
    high = limits.alert_high;
  } else if (exception.exception_class == "implausible_value") {
    low = limits.hard_low;
    high = limits.hard_high;
  }
  const auto value = Decimal::parse(exception.value);
  if (!value) return;
  if (high && *value > *high) {
    view.side = Side::kAbove;
    view.limit = high->to_text();
  } else if (low && *value < *low) {
    view.side = Side::kBelow;
    view.limit = low->to_text();
  }
}

// The value names an instance of equipment or a lot.
bool identifies(const workflows::RunState& run, const workflows::ExceptionState& exception) {
  auto ref = workflows::step_ref_from_text(exception.step);
  const auto* element = ref ? run.mbr->procedure.find(ref->path) : nullptr;
  if (element == nullptr || !element->step || exception.limit.empty()) return false;
  const auto& entries = element->step->entries;
  const auto entry = std::ranges::find(entries, exception.entry, &workflows::Entry::id);
  return entry != entries.end() && !entry->identifies.empty();
}

}  // namespace

ui::OutOfLimitView out_of_limit_view(const workflows::RunState& run,
                                     const workflows::ExceptionState& exception,
                                     const Viewer& viewer) {
  ui::OutOfLimitView view;
  view.entry = exception.entry;
  view.value = exception.value;
  view.side = Side::kUnexpected;
  view.exception = exception.id;
  view.exception_number = exception.number;
  view.action = exception.exception_class != "alert_limit";
  auto ref = workflows::step_ref_from_text(exception.step);
  const auto* element = ref ? run.mbr->procedure.find(ref->path) : nullptr;
  if (element != nullptr && element->step) {
    const auto entry =
        std::ranges::find(element->step->entries, exception.entry, &workflows::Entry::id);
    if (entry != element->step->entries.end()) {
      view.entry_title = in_language(entry->title, viewer.language);
      view.unit = entry->unit;
      const auto state = run.steps.find(*ref);
      if (state != run.steps.end()) {
        say_side(limits_in_force(state->second, *entry), exception, view);
        const auto shown = entry_view(run, *ref, *entry, viewer);
        view.may_remeasure = shown.input == ui::EntryView::Input::kRemeasure;
      }
    }
  }
  if (identifies(run, exception)) view.value = exception.limit;  // why it may not be used
  if (view.side == Side::kUnexpected && (exception.value == "yes" || exception.value == "no"))
    view.value = std::string(viewer.words(exception.value == "yes" ? "value.yes" : "value.no"));
  if (const auto* plan = run.mbr->find_plan(exception.plan); plan != nullptr) {
    view.plan = plan->id;
    view.plan_words = in_language(plan->what, viewer.language);
    if (!plan->calls_role.empty())
      view.calls = std::string(viewer.words("role." + plan->calls_role));
  }
  return view;
}

ui::SignView sign_view(const workflows::RunState& run, const workflows::StepRef& step,
                       const record::SignatureStatement& statement, const Viewer& viewer) {
  ui::SignView view;
  view.step = statement.step;
  view.meaning = statement.meaning;
  view.meaning_words = viewer.words("meaning_words." + statement.meaning);
  view.entries = static_cast<int>(statement.covered.size());
  view.mark = record::record_mark(record::to_text(statement));
  view.signer = statement.signer;
  view.signer_name = statement.name;
  view.role = viewer.words("role." + statement.role);
  if (auto time = instant_from_text(statement.time)) view.time = to_display(*time);
  const auto* element = run.mbr->procedure.find(step.path);
  const auto state = run.steps.find(step);
  if (element == nullptr || !element->step || state == run.steps.end()) return view;
  view.rows.push_back({in_language(element->title, viewer.language),
                       viewer.words("sign.step", {{"n", fmt::to_string(element->number)}})});
  for (const auto& entry : element->step->entries) {
    const auto found = state->second.entries.find(entry.id);
    if (found == state->second.entries.end()) continue;
    for (const auto& value : found->second.values) {
      auto words = value_words(entry, value, viewer);
      if (!value.unit.empty()) words += " " + value.unit;
      if (value.superseded) words += " " + std::string(viewer.words("sign.superseded"));
      view.rows.push_back({in_language(entry.title, viewer.language), words});
    }
  }
  std::string numbers;
  for (const auto& id : run.exception_order) {
    const auto& exception = run.exceptions.at(id);
    if (exception.step == statement.step)
      numbers += (numbers.empty() ? "" : ", ") + exception.number;
  }
  view.rows.push_back({std::string(viewer.words("sign.exceptions")),
                       numbers.empty() ? std::string(viewer.words("sign.none")) : numbers});
  return view;
}

}  // namespace batchwright::client::presenter
