// From the state of a run to what a screen shows: pure functions, one per screen. They decide
// nothing and change nothing; words of the procedure come in `language`, words of the product from
// `words`.
#pragma once

#include <string>

#include "client/batch_session.h"
#include "client/sync/status.h"
#include "ui/text/words.h"
#include "ui/view_model.h"
#include "workflows/state.h"

namespace batchwright::client::presenter {

struct Viewer {
  std::string language = "en";
  const ui::Words& words;                // resources/strings/panel
  const record::Person* user = nullptr;  // nobody signed in: nullptr
  Instant now;
};

// `text` in the viewer's language, else English, else the first there is.
[[nodiscard]] std::string in_language(const workflows::Words& text, const std::string& language);
[[nodiscard]] ui::PersonView person_view(const record::Person& person, const ui::Words& words);
[[nodiscard]] std::string clock_text(const std::string& record_time);  // "14:05" of a record time
[[nodiscard]] std::string gap_text(std::int64_t ms, const ui::Words& words);

[[nodiscard]] ui::SyncView sync_view(const sync::SyncStatus& status);
[[nodiscard]] ui::BarView bar_view(const DeviceIdentity& identity, const workflows::RunState* run,
                                   const sync::SyncStatus& sync, const Viewer& viewer);
[[nodiscard]] ui::RunListView run_list_view(const BatchSession& session, const Viewer& viewer);
[[nodiscard]] ui::StepView step_view(const workflows::RunState& run, const workflows::StepRef& step,
                                     const Viewer& viewer);
[[nodiscard]] ui::OutOfLimitView out_of_limit_view(const workflows::RunState& run,
                                                   const workflows::ExceptionState& exception,
                                                   const Viewer& viewer);
[[nodiscard]] ui::SignView sign_view(const workflows::RunState& run, const workflows::StepRef& step,
                                     const record::SignatureStatement& statement,
                                     const Viewer& viewer);
[[nodiscard]] ui::CompletedView completed_view(const workflows::RunState& run,
                                               const Viewer& viewer);
[[nodiscard]] ui::ExceptionListView exception_list_view(const workflows::RunState& run,
                                                        const Viewer& viewer);
// Ways that wait for a person's choice; none when the procedure goes on by itself.
[[nodiscard]] ui::WaysView ways_view(const workflows::RunState& run, const Viewer& viewer);
// What "More" offers `person` at this run (nullptr = none is open).
[[nodiscard]] ui::ShiftView shift_of(const workflows::RunState* run, const std::string& person);
// What the exception is, in the viewer's language; what people wrote stays as they wrote it.
[[nodiscard]] std::string exception_words(const workflows::ExceptionState& exception,
                                          const Viewer& viewer);
// "Supervisor, Quality"
[[nodiscard]] std::string role_words(const std::vector<std::string>& roles, const ui::Words& words);
// "Endotoxin: result awaited from Quality, due 2026-11-24 14:00", oldest step first.
[[nodiscard]] std::vector<std::string> pending_words(const workflows::RunState& run,
                                                     const Viewer& viewer);
[[nodiscard]] ui::MapView map_view(const workflows::RunState& run, const Viewer& viewer);

}  // namespace batchwright::client::presenter
