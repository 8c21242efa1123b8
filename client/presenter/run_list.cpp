#include <fmt/format.h>

#include "base/bytes.h"
#include "client/presenter/presenter.h"

namespace batchwright::client::presenter {

namespace {

using workflows::RunStatus;

ui::RunView::State state_of(RunStatus status) {
  switch (status) {
    case RunStatus::kIdle: return ui::RunView::State::kIssued;
    case RunStatus::kRunning:
    case RunStatus::kRestarting: return ui::RunView::State::kRunning;
    case RunStatus::kPausing:
    case RunStatus::kPaused:
    case RunStatus::kHolding:
    case RunStatus::kHeld: return ui::RunView::State::kHeld;
    case RunStatus::kComplete: return ui::RunView::State::kComplete;
    case RunStatus::kStopping:
    case RunStatus::kStopped:
    case RunStatus::kAborting:
    case RunStatus::kAborted: return ui::RunView::State::kAborted;
  }
  return ui::RunView::State::kRunning;
}

ui::RunView run_view(const workflows::RunState& run, const Viewer& viewer) {
  ui::RunView view;
  view.id = run.run;
  view.number = run.number;
  view.product = in_language(run.mbr->title, viewer.language);
  view.mbr = fmt::format("{} v{}", run.mbr->id, run.mbr->version);
  view.state = state_of(run.status);
  view.status = viewer.words(std::string("run.") + workflows::to_string(run.status));
  view.exceptions = static_cast<int>(run.exceptions.size());
  const auto open = workflows::open_steps(run);
  if (!open.empty())
    if (const auto* element = run.mbr->procedure.find(open.front().path); element != nullptr)
      view.step =
          viewer.words("run.step", {{"n", fmt::to_string(element->number)},
                                    {"total", fmt::to_string(run.mbr->count_steps())},
                                    {"title", in_language(element->title, viewer.language)}});
  return view;
}

}  // namespace

ui::RunListView run_list_view(const BatchSession& session, const Viewer& viewer) {
  ui::RunListView view;
  for (const auto& [id, run] : session.runs())
    if (run.mbr) view.runs.push_back(run_view(run, viewer));
  for (const auto& issue : session.startable()) {
    ui::RunView issued;
    issued.id = issue.batch.run;
    issued.number = issue.batch.number;
    const auto mbr = session.mbr(to_hex(issue.batch.mbr_hash));
    issued.product = in_language(mbr->title, viewer.language);
    issued.mbr = fmt::format("{} v{}", issue.batch.mbr, issue.batch.version);
    issued.state = ui::RunView::State::kIssued;
    issued.status = viewer.words("run.issued");
    view.issued.push_back(std::move(issued));
  }
  return view;
}

}  // namespace batchwright::client::presenter
