#include <fmt/format.h>

#include <algorithm>

#include "client/presenter/presenter.h"
#include "client/releasing.h"
#include "workflows/releasing.h"

namespace batchwright::client::presenter {

namespace {

using workflows::RunState;
using workflows::StepStatus;

ui::ExceptionView exception_view(const RunState& run, const workflows::ExceptionState& exception,
                                 const Viewer& viewer) {
  ui::ExceptionView view;
  view.id = exception.id;
  view.number = exception.number;
  view.text = exception_words(exception, viewer);
  if (!exception.blocks.empty() && !exception.released)
    view.text +=
        " " +
        viewer.words(
            "exception.stops_" + exception.blocks,
            {{"role", role_words(workflows::releasing_roles(*run.mbr, exception), viewer.words)}});
  view.severity = viewer.words("severity." + exception.severity);
  view.time = clock_text(exception.time);
  if (auto ref = workflows::step_ref_from_text(exception.step))
    if (const auto* element = run.mbr->procedure.find(ref->path); element != nullptr)
      view.step = in_language(element->title, viewer.language);
  return view;
}

// All steps under `element`, in document order, as paths.
void collect_steps(const workflows::Element& element, const std::string& path,
                   std::vector<std::string>& out) {
  if (element.step) out.push_back(path);
  for (const auto& child : element.children)
    collect_steps(child, path.empty() ? child.id : path + "/" + child.id, out);
}

ui::MapNodeView map_node(const RunState& run, const workflows::Element& element,
                         const std::string& path, const Viewer& viewer) {
  ui::MapNodeView node;
  node.title = in_language(element.title, viewer.language);
  std::vector<std::string> paths;
  collect_steps(element, path, paths);
  std::size_t done = 0;
  bool open = false;
  bool exception = false;
  for (const auto& step_path : paths) {
    const auto made = run.instances.find(step_path);
    if (made == run.instances.end()) continue;
    const workflows::StepRef ref{step_path, made->second};
    const auto state = run.steps.find(ref);
    if (state == run.steps.end()) continue;
    const auto status = state->second.status;
    if (status == StepStatus::kComplete) ++done;
    if (status == StepStatus::kReady || status == StepStatus::kRunning ||
        status == StepStatus::kHeld) {
      open = true;
      if (node.path.empty()) node.path = workflows::to_text(ref);
    }
    const auto text = workflows::to_text(ref);
    exception = exception || std::ranges::any_of(run.exceptions, [&](const auto& item) {
                  return item.second.step == text;
                });
  }
  node.progress = open        ? ui::Progress::kCurrent
                  : exception ? ui::Progress::kException
                  : done > 0  ? ui::Progress::kDone
                              : ui::Progress::kTodo;
  return node;
}

// Children of the root in bands: those between an AND split and its join stand side by side.
std::vector<ui::MapRowView> rows_of(const RunState& run, const Viewer& viewer) {
  std::vector<ui::MapRowView> rows;
  const auto& root = run.mbr->procedure;
  const auto* top = &root;
  std::string prefix;
  while (top->children.size() == 1 && !top->children.front().children.empty()) {
    prefix += (prefix.empty() ? "" : "/") + top->children.front().id;
    top = &top->children.front();
  }
  std::map<std::string, std::string> split_before;  // element -> split node it follows
  for (const auto& link : top->chart.links) {
    const auto* from = top->chart.find(link.from);
    const auto* to = top->chart.find(link.to);
    if (from != nullptr && to != nullptr && to->kind == workflows::NodeKind::kElement &&
        from->kind == workflows::NodeKind::kAndSplit)
      split_before[to->element] = from->id;
  }
  std::string band;
  for (const auto& child : top->children) {
    const auto path = prefix.empty() ? child.id : prefix + "/" + child.id;
    auto node = map_node(run, child, path, viewer);
    const auto split = split_before.find(child.id);
    if (split != split_before.end() && split->second == band && !rows.empty()) {
      rows.back().branches.push_back({std::move(node)});
      continue;
    }
    band = split == split_before.end() ? "" : split->second;
    rows.push_back({{{std::move(node)}}, true});
  }
  return rows;
}

}  // namespace

ui::ExceptionListView exception_list_view(const RunState& run, const Viewer& viewer) {
  ui::ExceptionListView view;
  for (const auto& id : run.exception_order)
    view.exceptions.push_back(exception_view(run, run.exceptions.at(id), viewer));
  return view;
}

ui::CompletedView completed_view(const RunState& run, const Viewer& viewer) {
  ui::CompletedView view;
  const auto& words = viewer.words;
  view.rows = {{std::string(words("completed.batch")), run.number},
               {std::string(words("completed.procedure")),
                fmt::format("{} v{}", run.mbr->id, run.mbr->version)},
               {std::string(words("completed.started")), clock_text(run.started_time)},
               {std::string(words("completed.ended")), clock_text(run.ended_time)},
               {std::string(words("completed.record")), run.mbr_hash.substr(0, 8)}};
  for (const auto& [ref, step] : run.steps) {
    if (step.status == StepStatus::kComplete) ++view.steps;
    view.signatures += static_cast<int>(step.signatures.size());
    for (const auto& [id, entry] : step.entries)
      view.entries += static_cast<int>(entry.values.size());
  }
  view.exceptions = exception_list_view(run, viewer).exceptions;
  if (run.status == workflows::RunStatus::kAborted)
    view.headline = std::string(words("completed.aborted"));
  if (run.status == workflows::RunStatus::kStopped)
    view.headline = std::string(words("completed.stopped"));
  if (const auto pending = pending_words(run, viewer); !pending.empty())
    view.waiting_for = pending.size() == 1
                           ? std::string(words("pending.one"))
                           : words("pending.many", {{"n", fmt::to_string(pending.size())}});
  return view;
}

ui::MapView map_view(const RunState& run, const Viewer& viewer) {
  ui::MapView view;
  view.rows = rows_of(run, viewer);
  view.notes = pending_words(run, viewer);
  view.exceptions = static_cast<int>(run.exceptions.size());
  return view;
}

}  // namespace batchwright::client::presenter
