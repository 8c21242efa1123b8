#include "client/presenter/entry.h"

#include "client/limits_in_force.h"

namespace batchwright::client::presenter {

namespace {

using workflows::EntryKind;
using Kind = ui::EntryView::Kind;
using Input = ui::EntryView::Input;

Kind kind_of(EntryKind kind) {
  switch (kind) {
    case EntryKind::kDecimal: return Kind::kDecimal;
    case EntryKind::kText: return Kind::kText;
    case EntryKind::kChoice: return Kind::kChoice;
    case EntryKind::kYesNo: return Kind::kYesNo;
    case EntryKind::kDateTime: return Kind::kDateTime;
    case EntryKind::kAcknowledge: return Kind::kAcknowledge;
    case EntryKind::kPhoto: return Kind::kPhoto;
    case EntryKind::kComputed: return Kind::kComputed;
    // What a camera says is shown and never entered.
    case EntryKind::kCameraCheck:
    case EntryKind::kCameraChallenge: return Kind::kCamera;
  }
  return Kind::kText;
}

std::string text_of(const std::optional<Decimal>& limit) {
  return limit ? limit->to_text() : std::string();
}

bool is_out(const std::string& verdict) {
  return verdict == "alert" || verdict == "action" || verdict == "implausible" ||
         verdict == "unexpected";
}

Input input_of(const workflows::RunState& run, const workflows::StepState& step,
               const workflows::Entry& entry, const workflows::RecordedValue* current) {
  if (entry.kind == EntryKind::kComputed || entry.kind == EntryKind::kCameraCheck ||
      entry.kind == EntryKind::kCameraChallenge) {
    return Input::kNone;
  }
  if (current == nullptr) {
    const bool waits = entry.late.has_value() || step.not_applicable.contains(entry.id);
    return waits ? Input::kNone : Input::kValue;
  }
  if (!current->source.empty()) return Input::kNone;  // captured: quality may invalidate it
  const auto* plan = run.mbr->find_plan(entry.reaction_plan);
  const auto used = step.remeasured.find(entry.id);
  const int further = used == step.remeasured.end() ? 0 : used->second;
  const bool broken = current->verdict == "action" || current->verdict == "unexpected";
  const bool running = step.status == workflows::StepStatus::kRunning;
  if (running && broken && plan != nullptr && further < plan->remeasure_max)
    return Input::kRemeasure;
  return Input::kCorrection;
}

// Why it is not asked now; empty when it is.
std::string note_of(const workflows::RunState& run, const workflows::StepRef& ref,
                    const workflows::StepState& step, const workflows::Entry& entry,
                    const Viewer& viewer) {
  const auto skipped = step.not_applicable.find(entry.id);
  if (skipped != step.not_applicable.end())
    return viewer.words("entry.skipped", {{"reason", skipped->second}});
  if (!entry.late) return {};
  const auto role = std::string(viewer.words("role." + entry.late->owner));
  const auto pending = run.pending.find(workflows::to_text(ref) + ":" + entry.id);
  if (pending == run.pending.end())
    return viewer.words(
        "entry.late",
        {{"role", role}, {"time", gap_text(std::int64_t{entry.late->due_s} * 1000, viewer.words)}});
  if (pending->second.received) return {};
  const auto& due = pending->second.due;
  return viewer.words(
      "entry.awaited",
      {{"role", role}, {"due", due.size() < 16 ? due : due.substr(0, 10) + " " + clock_text(due)}});
}

}  // namespace

std::string value_words(const workflows::Entry& entry, const workflows::RecordedValue& value,
                        const Viewer& viewer) {
  switch (entry.kind) {
    case EntryKind::kYesNo:
      return std::string(viewer.words(value.value == "yes" ? "value.yes" : "value.no"));
    case EntryKind::kAcknowledge: return std::string(viewer.words("value.done"));
    case EntryKind::kPhoto:
      return viewer.words("value.photo", {{"mark", value.value.substr(0, 8)}});
    case EntryKind::kDateTime:
      return value.value.size() >= 16 ? value.value.substr(0, 10) + " " + clock_text(value.value)
                                      : value.value;
    case EntryKind::kCameraCheck:
    case EntryKind::kCameraChallenge: {
      const std::string key = "check.value." + value.value;
      return viewer.words.has(key) ? std::string(viewer.words(key)) : value.value;
    }
    default: return value.value;
  }
}

ui::EntryView entry_view(const workflows::RunState& run, const workflows::StepRef& ref,
                         const workflows::Entry& entry, const Viewer& viewer) {
  const auto& step = run.steps.at(ref);
  const auto limits = limits_in_force(step, entry);
  ui::EntryView view;
  view.id = entry.id;
  view.title = in_language(entry.title, viewer.language);
  view.kind = kind_of(entry.kind);
  view.required = entry.required;
  view.unit = entry.unit;
  view.places = entry.places;
  view.target = text_of(limits.target);
  view.low = text_of(limits.action_low);
  view.high = text_of(limits.action_high);
  view.alert_low = text_of(limits.alert_low);
  view.alert_high = text_of(limits.alert_high);
  view.hard_low = text_of(limits.hard_low);
  view.hard_high = text_of(limits.hard_high);
  view.stands_in_for = entry.stands_in_for;
  view.note = note_of(run, ref, step, entry, viewer);
  for (const auto& choice : entry.choices) view.choices.push_back({choice, choice});
  const auto found = step.entries.find(entry.id);
  const auto* current = found == step.entries.end() ? nullptr : found->second.current();
  view.input = input_of(run, step, entry, current);
  if (found != step.entries.end()) view.values = static_cast<int>(found->second.values.size());
  const bool skipped = step.not_applicable.contains(entry.id);
  view.may_skip = entry.may_be_not_applicable && !skipped && current == nullptr &&
                  step.status == workflows::StepStatus::kRunning;
  if (skipped && current == nullptr) {
    view.state = ui::EntryView::State::kFilled;
    view.value = viewer.words("value.not_applicable");
  }
  if (current == nullptr) return view;
  view.state =
      is_out(current->verdict) ? ui::EntryView::State::kOut : ui::EntryView::State::kFilled;
  view.raw = current->raw;
  view.value = value_words(entry, *current, viewer);
  view.time = clock_text(current->time);
  return view;
}

}  // namespace batchwright::client::presenter
