#include <fmt/format.h>

#include <algorithm>

#include "client/presenter/entry.h"

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

ui::NextView next_of(const RunState& run, const StepRef& step, const StepState& state,
                     const workflows::StepContent& content, const Viewer& viewer) {
  using Label = ui::NextView::Label;
  const auto& words = viewer.words;
  if (run.status == workflows::RunStatus::kHeld)
    return {Label::kNext, false, std::string(words("next.run_held"))};
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

std::vector<ui::TimerView> timers_of(const StepState& state, const workflows::StepContent& content,
                                     const Viewer& viewer) {
  std::vector<ui::TimerView> timers;
  if (state.status != StepStatus::kRunning) return timers;
  const auto elapsed_s = (viewer.now.unix_ms - state.started_unix_ms) / 1000;
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

bool holds_role(const Viewer& viewer, const std::string& role) {
  return viewer.user != nullptr &&
         std::ranges::find(viewer.user->roles, role) != viewer.user->roles.end();
}

// The whole batch is on hold, by "make safe" or by a person.
ui::HoldView hold_of_run(const RunState& run, const Viewer& viewer) {
  ui::HoldView hold;
  for (const auto& id : run.exception_order) {
    const auto& exception = run.exceptions.at(id);
    if (exception.exception_class != "run_held") continue;
    hold.exception = id;
    hold.exception_number = exception.number;
  }
  hold.words = viewer.words("hold.run");
  hold.role = viewer.words("role.supervisor");
  hold.may_release = holds_role(viewer, "supervisor") || holds_role(viewer, "quality");
  return hold;
}

std::optional<ui::HoldView> hold_of(const RunState& run, const StepState& state,
                                    const Viewer& viewer) {
  if (run.status == workflows::RunStatus::kHeld) return hold_of_run(run, viewer);
  if (state.status != StepStatus::kHeld && state.held_by.empty()) return std::nullopt;
  ui::HoldView hold;
  hold.exception = state.held_by;
  hold.role = "supervisor";
  if (const auto found = run.exceptions.find(state.held_by); found != run.exceptions.end()) {
    hold.exception_number = found->second.number;
    hold.plan = found->second.plan;
    if (const auto* plan = run.mbr->find_plan(hold.plan); plan != nullptr) {
      hold.words = in_language(plan->what, viewer.language);
      if (!plan->calls_role.empty()) hold.role = plan->calls_role;
    }
  }
  const auto key = hold.role;
  hold.may_release = holds_role(viewer, key);
  hold.role = std::string(viewer.words("role." + key));
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
    view.entries.push_back(entry_view(run, state, entry, viewer));
    const auto& last = view.entries.back();
    const bool todo = last.state == ui::EntryView::State::kEmpty && entry.required &&
                      last.kind != ui::EntryView::Kind::kComputed;
    if (view.focus_entry.empty() && todo) view.focus_entry = entry.id;
  }
  view.begun = state.status != StepStatus::kReady;
  for (const auto& signature : state.signatures)
    if (signature.voided_by.empty())
      view.signatures.push_back(fmt::format("{} · {} · {}",
                                            viewer.words("meaning." + signature.meaning),
                                            signature.name, clock_text(signature.time)));
  view.timers = timers_of(state, content, viewer);
  view.hold = hold_of(run, state, viewer);
  view.exceptions = static_cast<int>(run.exceptions.size());
  view.next = next_of(run, step, state, content, viewer);
  return view;
}

}  // namespace batchwright::client::presenter
