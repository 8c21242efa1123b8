#include <fmt/format.h>

#include <algorithm>

#include "client/presenter/entry.h"
#include "client/releasing.h"
#include "workflows/releasing.h"

namespace batchwright::client::presenter {

namespace {

using workflows::RunState;
using workflows::StepRef;
using workflows::StepState;
using workflows::StepStatus;

struct Place {
  const workflows::Element* parent = nullptr;
  std::string parent_path;
};

Place parent_of(const workflows::Mbr& mbr, const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return {&mbr.procedure, ""};
  const auto parent_path = path.substr(0, slash);
  return {mbr.procedure.find(parent_path), parent_path};
}

// The newest instance of a step that exists, or instance 0 when it never became ready.
StepRef newest(const RunState& run, const std::string& path) {
  const auto made = run.instances.find(path);
  return {path, made == run.instances.end() ? 0 : made->second};
}

bool has_exception(const RunState& run, const StepRef& step) {
  const auto text = workflows::to_text(step);
  return std::ranges::any_of(run.exceptions,
                             [&](const auto& item) { return item.second.step == text; });
}

ui::Progress progress_of(const RunState& run, const StepRef& step, const StepRef& current) {
  if (step.path == current.path) return ui::Progress::kCurrent;
  const auto found = run.steps.find(step);
  if (found == run.steps.end()) return ui::Progress::kTodo;
  if (has_exception(run, step)) return ui::Progress::kException;
  return found->second.status == StepStatus::kComplete ? ui::Progress::kDone : ui::Progress::kTodo;
}

std::vector<ui::RailItemView> rail_of(const RunState& run, const StepRef& step, const Place& place,
                                      const Viewer& viewer) {
  std::vector<ui::RailItemView> rail;
  if (place.parent == nullptr) return rail;
  for (const auto& child : place.parent->children) {
    if (!child.step) continue;
    const auto path = place.parent_path.empty() ? child.id : place.parent_path + "/" + child.id;
    const auto ref = newest(run, path);
    ui::RailItemView item;
    item.path = ref.instance > 0 ? workflows::to_text(ref) : "";
    item.title = in_language(child.title, viewer.language);
    item.number = child.number;
    item.progress = progress_of(run, ref, step);
    rail.push_back(std::move(item));
  }
  return rail;
}

std::string join(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

// The words of what stops the step or a beginning; empty when nothing does. While the batch is
// pausing or stopping, running steps are brought to their end and no other begins.
std::string why_it_waits(const RunState& run, const StepRef& step, const StepState& state) {
  using workflows::RunStatus;
  if (state.status == StepStatus::kComplete || state.status == StepStatus::kAborted) return {};
  const bool begins = state.status == StepStatus::kReady;
  switch (run.status) {
    case RunStatus::kHeld:
    case RunStatus::kHolding:
    case RunStatus::kRestarting: return "next.run_held";
    case RunStatus::kPaused: return "next.run_paused";
    case RunStatus::kPausing: return begins ? "next.run_pausing" : "";
    case RunStatus::kStopping: return begins ? "next.run_stopping" : "";
    case RunStatus::kStopped:
    case RunStatus::kAborting:
    case RunStatus::kAborted: return state.reopened ? "" : "next.run_over";
    default: break;
  }
  const auto stop = stop_of(run, step);
  if (stop && stop->is_recall) return "next.recalled";
  if (!stop || stop->element.empty()) return {};
  const bool pausing = run.elements.at(stop->element) == std::string_view("pausing");
  return pausing && !begins ? "" : "next.operation_stopped";
}

ui::NextView next_of(const RunState& run, const StepRef& step, const StepState& state,
                     const workflows::StepContent& content, const Viewer& viewer) {
  using Label = ui::NextView::Label;
  const auto& words = viewer.words;
  if (const auto why = why_it_waits(run, step, state); !why.empty())
    return {state.status == StepStatus::kReady ? Label::kBegin : Label::kNext, false,
            std::string(words(why))};
  if (state.status == StepStatus::kReady) return {Label::kBegin, true, ""};
  if (state.status == StepStatus::kComplete || state.status == StepStatus::kAborted)
    return {Label::kContinue, true, ""};
  const auto need = workflows::needs(run, step, viewer.now);
  if (need.held) return {Label::kNext, false, std::string(words("next.held"))};
  if (!need.missing_entries.empty()) {
    std::vector<std::string> titles;
    for (const auto& id : need.missing_entries) {
      const auto entry = std::ranges::find(content.entries, id, &workflows::Entry::id);
      titles.push_back(entry == content.entries.end() ? id
                                                      : in_language(entry->title, viewer.language));
      if (titles.size() == 2 && need.missing_entries.size() > 3) {
        titles.push_back(
            words("next.more", {{"n", fmt::to_string(need.missing_entries.size() - 2)}}));
        break;
      }
    }
    const auto* key = need.missing_entries.size() == 1 ? "next.missing_one" : "next.missing";
    return {Label::kNext, false, words(key, {{"what", join(titles)}})};
  }
  if (!need.missing_signatures.empty()) return {Label::kSign, true, ""};
  if (need.minimum_left_ms > 0)
    return {Label::kComplete, false,
            words("next.minimum", {{"time", gap_text(need.minimum_left_ms + 999, words)}})};
  return {Label::kNext, true, ""};
}

std::vector<ui::TimerView> timers_of(const RunState& run, const StepRef& step,
                                     const StepState& state, const workflows::StepContent& content,
                                     const Viewer& viewer) {
  std::vector<ui::TimerView> timers;
  if (state.status != StepStatus::kRunning) return timers;
  const auto elapsed_s = workflows::needs(run, step, viewer.now).elapsed_ms / 1000;
  const auto clock = [](std::int64_t s) { return fmt::format("{}:{:02}", s / 60, s % 60); };
  if (content.minimum_s > 0) {
    const auto left = content.minimum_s - elapsed_s;
    timers.push_back({std::string(viewer.words("timer.minimum")),
                      left > 0 ? viewer.words("timer.left", {{"time", clock(left)}})
                               : std::string(viewer.words("timer.reached")),
                      false});
  }
  if (content.maximum_s > 0) {
    const auto left = content.maximum_s - elapsed_s;
    timers.push_back({std::string(viewer.words("timer.maximum")),
                      left >= 0 ? viewer.words("timer.left", {{"time", clock(left)}})
                                : viewer.words("timer.over", {{"time", clock(-left)}}),
                      left < 0});
  }
  return timers;
}

bool holds_one_of(const Viewer& viewer, const std::vector<std::string>& roles) {
  return viewer.user != nullptr && std::ranges::any_of(roles, [&](const std::string& role) {
           return std::ranges::find(viewer.user->roles, role) != viewer.user->roles.end();
         });
}

// A person put the batch or the operation on hold or paused it; who answers for it lets it go on.
ui::HoldView hold_by_command(const RunState& run, const Stop& stop, const Viewer& viewer) {
  const bool batch = stop.element.empty();
  const bool paused = stop.command == workflows::ProceduralCommand::kResume;
  ui::HoldView hold;
  for (const auto& id : run.exception_order) {
    const auto& exception = run.exceptions.at(id);
    const bool says_so = exception.exception_class == (batch ? "run_held" : "element_held") &&
                         (batch || exception.value == stop.element);
    if (paused || !says_so) continue;
    hold.exception = id;
    hold.exception_number = exception.number;
  }
  hold.words = viewer.words(paused  ? (batch ? "hold.run_paused" : "hold.operation_paused")
                            : batch ? "hold.run"
                                    : "hold.operation");
  const std::vector<std::string> roles{"supervisor", "quality"};
  hold.role = role_words(roles, viewer.words);
  hold.may_release = holds_one_of(viewer, roles);
  return hold;
}

// Recalled by the site: quality decides whether this batch goes on.
ui::HoldView hold_by_recall(const RunState& run, const Viewer& viewer) {
  ui::HoldView hold;
  for (const auto& id : run.exception_order) {
    const auto& exception = run.exceptions.at(id);
    if (exception.exception_class != "recipe_recalled") continue;
    hold.exception = id;
    hold.exception_number = exception.number;
  }
  hold.words = viewer.words("hold.recalled");
  const std::vector<std::string> roles{"quality"};
  hold.role = role_words(roles, viewer.words);
  hold.may_release = holds_one_of(viewer, roles);
  return hold;
}

std::optional<ui::HoldView> hold_of(const RunState& run, const StepRef& step,
                                    const Viewer& viewer) {
  const auto stop = stop_of(run, step);
  if (!stop) return std::nullopt;
  if (stop->is_recall) return hold_by_recall(run, viewer);
  const auto found = run.exceptions.find(stop->exception);
  if (found == run.exceptions.end()) return hold_by_command(run, *stop, viewer);
  const auto& exception = found->second;
  ui::HoldView hold;
  hold.exception = exception.id;
  hold.exception_number = exception.number;
  hold.plan = exception.plan;
  if (const auto* plan = run.mbr->find_plan(exception.plan); plan != nullptr)
    hold.words = in_language(plan->what, viewer.language);
  if (hold.words.empty()) hold.words = exception_words(exception, viewer);
  const auto roles = workflows::releasing_roles(*run.mbr, exception);
  hold.role = role_words(roles, viewer.words);
  // Whoever recorded what is wrong can't also decide that it goes on.
  hold.may_release = holds_one_of(viewer, roles) && viewer.user->id != exception.actor;
  return hold;
}

// The title of the only step that can follow, when the chart says so without a decision.
std::string title_after(const Place& place, const std::string& path, const Viewer& viewer) {
  if (place.parent == nullptr) return {};
  const auto id = path.substr(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
  const auto& children = place.parent->children;
  const auto here = std::ranges::find(children, id, &workflows::Element::id);
  if (here == children.end() || std::next(here) == children.end()) return {};
  return in_language(std::next(here)->title, viewer.language);
}

}  // namespace

ui::StepView step_view(const RunState& run, const StepRef& step, const Viewer& viewer) {
  ui::StepView view;
  const auto* element = run.mbr->procedure.find(step.path);
  const auto found = run.steps.find(step);
  if (element == nullptr || !element->step || found == run.steps.end()) return view;
  const auto& state = found->second;
  const auto& content = *element->step;
  const auto place = parent_of(*run.mbr, step.path);
  view.step = workflows::to_text(step);
  view.number = element->number;
  view.total = run.mbr->count_steps();
  view.title = in_language(element->title, viewer.language);
  view.operation = place.parent == nullptr ? "" : in_language(place.parent->title, viewer.language);
  view.instruction = in_language(content.instruction, viewer.language);
  view.picture = content.picture;
  view.then = title_after(place, step.path, viewer);
  view.rail = rail_of(run, step, place, viewer);
  for (const auto& entry : content.entries) {
    view.entries.push_back(entry_view(run, step, entry, viewer));
    const auto& last = view.entries.back();
    const bool todo = last.state == ui::EntryView::State::kEmpty && entry.required &&
                      last.input != ui::EntryView::Input::kNone;
    if (view.focus_entry.empty() && todo) view.focus_entry = entry.id;
  }
  view.begun = state.status != StepStatus::kReady;
  for (const auto& signature : state.signatures)
    if (signature.voided_by.empty())
      view.signatures.push_back(fmt::format("{} · {} · {}",
                                            viewer.words("meaning." + signature.meaning),
                                            signature.name, clock_text(signature.time)));
  view.timers = timers_of(run, step, state, content, viewer);
  view.hold = hold_of(run, step, viewer);
  view.exceptions = static_cast<int>(run.exceptions.size());
  view.next = next_of(run, step, state, content, viewer);
  return view;
}

}  // namespace batchwright::client::presenter
