// Work at a step.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>

#include "client/desk.h"
#include "client/open_ways.h"

namespace batchwright::client {

namespace {

using workflows::StepStatus;

// What is wrong with a value that was just given asks for the operator's eyes at once, whatever
// class the procedure's author gave it; these stand only in the list.
constexpr std::array<std::string_view, 11> kQuiet = {
    "formula_error", "manual_entry", "measured_early", "time_exceeded", "correction", "redline",
    "value_invalidated", "result_overdue",
    // The camera's own screen says it.
    "camera_check_failed", "camera_check_by_people", "camera_challenge_failed"};

bool asks_at_once(const workflows::ExceptionOpened& opened) {
  return !opened.entry.empty() && std::ranges::find(kQuiet, opened.exception_class) == kQuiet.end();
}

workflows::StepRef last_completed(const workflows::RunState& run) {
  workflows::StepRef last;
  std::int64_t newest_ms = -1;
  for (const auto& [ref, step] : run.steps) {
    if (step.completed_unix_ms <= newest_ms) continue;
    newest_ms = step.completed_unix_ms;
    last = ref;
  }
  return last;
}

}  // namespace

bool Desk::perform(const workflows::Command& command, const Actor& by) {
  auto lines = session_.execute(run_, command, by, language_);
  if (!lines) {
    if (lines.error().code == ErrorCode::kRefused || lines.error().code == ErrorCode::kNotFound)
      notice_ = lines.error().message;
    else
      storage_failed();
    return false;
  }
  show_consequences(*lines);
  return true;
}

void Desk::show_consequences(const std::vector<record::StoredLine>& lines) {
  for (const auto& line : lines) {
    if (line.line.subject.kind != "run") continue;
    const auto event = workflows::decode_event(line.line);
    if (!event) continue;
    const auto* opened = std::get_if<workflows::ExceptionOpened>(&*event);
    if (opened != nullptr && asks_at_once(*opened)) out_of_limit_ = opened->id;
  }
}

bool Desk::interrupted() const {
  return interrupted_.contains({run_, step_});
}

void Desk::open_step(const workflows::StepRef& step) {
  step_ = step;
  screen_ = Screen::kStep;
}

void Desk::open_best_step() {
  const auto* state = run();
  if (state == nullptr) return;
  const auto open = workflows::open_steps(*state);
  if (!open.empty()) {
    const auto running = std::ranges::find_if(open, [&](const workflows::StepRef& ref) {
      return state->steps.at(ref).status != StepStatus::kReady;
    });
    open_step(running != open.end() ? *running : open.front());
    return;
  }
  // Paused or held between two steps: the last one stays in sight, with what stops the batch.
  const bool rests = !workflows::is_over(state->status) && open_ways(*state).empty();
  step_ = rests ? last_completed(*state) : workflows::StepRef{};
  screen_ = Screen::kStep;  // without a step: the completed run, or the ways to choose from
}

void Desk::on(const ui::OpenRun& intent) {
  if (user_.empty() || session_.find(intent.run) == nullptr) return;
  run_ = intent.run;
  open_best_step();
}

void Desk::on(const ui::StartIssued& intent) {
  if (user_.empty()) return;
  for (const auto& issue : session_.startable()) {
    if (issue.batch.run != intent.issue) continue;
    auto started = session_.start(issue, actor());
    if (!started) {
      notice_ = started.error().message;
      return;
    }
    run_ = *started;
    open_best_step();
    return;
  }
}

void Desk::on(const ui::ChooseStep& intent) {
  auto ref = workflows::step_ref_from_text(intent.step);
  const auto* state = run();
  if (!user_.empty() && ref && state != nullptr && state->steps.contains(*ref)) open_step(*ref);
}

void Desk::on(const ui::BeginStep& intent) {
  perform(workflows::BeginStep{intent.step}, actor());
}

// The date-time pad gives local time to the minute; the record wants seconds and the offset that
// holds here now.
std::string Desk::completed_raw(const std::string& step, const std::string& entry,
                                const std::string& raw) const {
  constexpr std::size_t kToTheMinute = 16;  // 2026-11-22T14:05
  auto ref = workflows::step_ref_from_text(step);
  const auto* element = ref && run() != nullptr ? run()->mbr->procedure.find(ref->path) : nullptr;
  if (element == nullptr || !element->step || raw.size() != kToTheMinute) return raw;
  const auto found = std::ranges::find(element->step->entries, entry, &workflows::Entry::id);
  const bool is_date_time =
      found != element->step->entries.end() && found->kind == workflows::EntryKind::kDateTime;
  if (!is_date_time) return raw;
  const auto now = to_text(session_.clock().now());
  return raw + ":00.000" + now.substr(now.size() - 6);
}

void Desk::on(const ui::SubmitValue& intent) {
  const auto raw = completed_raw(intent.step, intent.entry, intent.raw);
  perform(workflows::RecordEntry{intent.step, intent.entry, raw}, actor());
}

void Desk::on(const ui::SubmitCorrection& intent) {
  const auto raw = completed_raw(intent.step, intent.entry, intent.raw);
  perform(workflows::CorrectEntry{intent.step, intent.entry, raw, intent.reason}, actor());
}

void Desk::on(const ui::AttachPhoto& intent) {
  auto bytes = ports_.photo();
  if (!bytes) {
    notice_ = std::string(words()("desk.no_camera"));
    return;
  }
  // The picture is on disk before the event that cites it.
  auto digest = session_.keep_evidence(*bytes);
  if (!digest) {
    notice_ = digest.error().message;
    return;
  }
  perform(workflows::RecordEntry{intent.step, intent.entry, *digest}, actor());
}

void Desk::on(const ui::CompleteStep& intent) {
  const auto* state = run();
  auto ref = workflows::step_ref_from_text(intent.step);
  if (!ref || state == nullptr) return;
  const auto found = state->steps.find(*ref);
  const bool over = found != state->steps.end() && (found->second.status == StepStatus::kComplete ||
                                                    found->second.status == StepStatus::kAborted);
  if (over) {
    open_best_step();
    return;
  }
  if (perform(workflows::CompleteStep{intent.step}, actor())) after_completion(*ref);
}

void Desk::after_completion(const workflows::StepRef& done) {
  const auto* state = run();
  const auto open = workflows::open_steps(*state);
  // The next in document order after the one just done; another branch only when this one has
  // nothing.
  const auto* here = state->mbr->procedure.find(done.path);
  const int number = here == nullptr ? 0 : here->number;
  for (const auto& ref : open) {
    const auto* element = state->mbr->procedure.find(ref.path);
    if (element != nullptr && element->number > number) {
      open_step(ref);
      return;
    }
  }
  open_best_step();
}

void Desk::on(const ui::Recover& intent) {
  auto ref = workflows::step_ref_from_text(intent.step);
  if (!ref) return;
  if (perform(workflows::RecoverStep{intent.step, intent.process_state}, actor())) {
    interrupted_.erase({run_, *ref});
    const auto* state = run();
    if (!state->steps.contains(step_) || state->steps.at(step_).status == StepStatus::kAborted)
      open_best_step();
  }
}

void Desk::on(const ui::Observe& intent) {
  out_of_limit_.clear();
  if (!intent.text.empty())
    perform(workflows::CommentException{intent.exception, intent.text}, actor());
}

void Desk::on(const ui::ReportDeviation& intent) {
  if (run() == nullptr) {
    notice_ = std::string(words()("desk.no_run"));
    return;
  }
  perform(workflows::ReportDeviation{intent.step, intent.text}, actor());
}

}  // namespace batchwright::client
