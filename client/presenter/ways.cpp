// Where a person says how the procedure goes on, and who answers for the batch.
#include <algorithm>

#include "client/open_ways.h"
#include "client/presenter/presenter.h"

namespace batchwright::client::presenter {

ui::WaysView ways_view(const workflows::RunState& run, const Viewer& viewer) {
  ui::WaysView view;
  for (const auto& way : open_ways(run)) {
    const auto& title = way.next == nullptr ? way.parent->title : way.next->title;
    const auto words = in_language(title, viewer.language);
    view.ways.push_back(
        {way.chart, way.transition,
         way.next == nullptr ? viewer.words("ways.end", {{"title", words}}) : words});
    view.role = way.role;
  }
  if (view.ways.empty()) return view;
  view.role_words = viewer.words("role." + view.role);
  view.may_choose = viewer.user != nullptr &&
                    std::ranges::find(viewer.user->roles, view.role) != viewer.user->roles.end();
  return view;
}

ui::ShiftView shift_of(const workflows::RunState* run, const std::string& person) {
  if (run == nullptr || person.empty() || run->status == workflows::RunStatus::kIdle) return {};
  const bool waits = !run->handovers.empty() && run->handovers.back().taken_over_time.empty();
  return {.may_hand_over = !waits && !workflows::is_over(run->status),
          .may_take_over = waits && run->handovers.back().from != person};
}

}  // namespace batchwright::client::presenter
