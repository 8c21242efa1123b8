// What the desk shows: picks the presenter for the screen and the dialog that stands.
#include <fmt/format.h>

#include "client/desk.h"

namespace batchwright::client {

const ui::Words& Desk::words() const {
  return words_.at(language_);
}

presenter::Viewer Desk::viewer() const {
  return {.language = language_, .words = words(), .user = user(), .now = session_.clock().now()};
}

std::vector<std::string> Desk::running_batches() const {
  std::vector<std::string> numbers;
  for (const auto& [id, run] : session_.runs())
    if (workflows::next_state(run.status, workflows::ProceduralCommand::kHold))
      numbers.push_back(run.number);
  return numbers;
}

ui::SignInView Desk::sign_in_view() const {
  ui::SignInView view;
  for (const auto& person : session_.directory().people)
    if (person.active) view.people.push_back(presenter::person_view(person, words()));
  view.running_batches = static_cast<int>(running_batches().size());
  view.error = error_;
  return view;
}

ui::LockView Desk::lock_view() const {
  ui::LockView view;
  view.locked_by = locked_by_;
  view.since = locked_since_;
  view.people = sign_in_view().people;
  for (const auto& [id, run] : session_.runs()) {
    for (const auto& ref : workflows::open_steps(run)) {
      for (auto timer : presenter::step_view(run, ref, viewer()).timers) {
        const auto* element = run.mbr->procedure.find(ref.path);
        if (element != nullptr)
          timer.label = fmt::format("{}, {}: {}", presenter::in_language(element->title, language_),
                                    run.number, timer.label);
        view.timers.push_back(std::move(timer));
      }
    }
    if (run.status == workflows::RunStatus::kHeld || run.status == workflows::RunStatus::kHolding)
      view.alarms.push_back(fmt::format("{}: {}", run.number, words()("run.held")));
  }
  return view;
}

ui::ScreenView Desk::screen_view() const {
  switch (screen_) {
    case Screen::kSignIn: return sign_in_view();
    case Screen::kLock: return lock_view();
    case Screen::kRuns: return presenter::run_list_view(session_, viewer());
    case Screen::kPassword: {
      ui::PasswordView view;
      if (const auto* person = session_.directory().find(chosen_); person != nullptr) {
        view.person = presenter::person_view(*person, words());
        view.first_time = !person->key;
      }
      view.unlocks = !locked_by_.empty();
      view.busy = password_busy_;
      view.error = error_;
      return view;
    }
    case Screen::kMap: return presenter::map_view(*run(), viewer());
    case Screen::kExceptions: return presenter::exception_list_view(*run(), viewer());
    case Screen::kStep: break;
  }
  const auto* state = run();
  if (step_.path.empty() || !state->steps.contains(step_)) {
    auto ways = presenter::ways_view(*state, viewer());
    if (!ways.ways.empty()) return ways;
    return presenter::completed_view(*state, viewer());
  }
  auto view = presenter::step_view(*state, step_, viewer());
  view.camera = camera_view();
  return view;
}

ui::RecoveryView Desk::recovery_view() const {
  ui::RecoveryView view;
  view.step = workflows::to_text(step_);
  const auto* element = run()->mbr->procedure.find(step_.path);
  if (element == nullptr || !element->step) return view;
  view.step_title = presenter::in_language(element->title, language_);
  const auto gap_ms = session_.clock().now().unix_ms - interrupted_.at({run_, step_});
  view.gap = presenter::gap_text(gap_ms, words());
  switch (element->step->recovery) {
    case workflows::Recovery::kResume: view.rule = words()("recovery.resume"); break;
    case workflows::Recovery::kRepeat: view.rule = words()("recovery.repeat"); break;
    case workflows::Recovery::kAskSupervisor: view.rule = words()("recovery.ask_supervisor"); break;
  }
  return view;
}

bool Desk::is_in_run() const {
  return screen_ == Screen::kStep || screen_ == Screen::kMap || screen_ == Screen::kExceptions;
}

// What is signed besides the lines: shown before them.
std::vector<ui::SummaryRowView> Desk::act_rows(const workflows::RunState& state) const {
  std::vector<ui::SummaryRowView> rows;
  const auto row = [&](const char* key, std::string value) {
    rows.push_back({std::string(words()(key)), std::move(value)});
  };
  if (const auto* release = std::get_if<Release>(&pending_->act)) {
    const auto found = state.exceptions.find(release->exception);
    if (found != state.exceptions.end())
      row("sign.releases", fmt::format("{}: {}", found->second.number,
                                       presenter::exception_words(found->second, viewer())));
    row("sign.reason", release->reason);
  }
  if (const auto* handing = std::get_if<HandingOver>(&pending_->act))
    row("sign.note", handing->note);
  if (std::holds_alternative<TakingOver>(pending_->act) && !state.handovers.empty()) {
    const auto* from = session_.directory().find(state.handovers.back().from);
    row("sign.from", from == nullptr ? state.handovers.back().from : from->name);
    row("sign.note", state.handovers.back().note);
  }
  return rows;
}

std::optional<ui::DialogView> Desk::dialog_view() const {
  if (message_) return *message_;
  const auto* state = run();
  if (!is_in_run() || state == nullptr) return std::nullopt;
  if (pending_) {
    auto view = presenter::sign_view(*state, pending_->step, pending_->statement, viewer());
    const auto more = act_rows(*state);
    view.rows.insert(view.rows.begin(), more.begin(), more.end());
    for (const auto& id : pending_->candidates)
      if (const auto* person = session_.directory().find(id); person != nullptr)
        view.people.push_back(presenter::person_view(*person, words()));
    view.busy = pending_->busy;
    view.error = pending_->error;
    return view;
  }
  if (screen_ != Screen::kStep) return std::nullopt;
  if (const auto found = state->exceptions.find(out_of_limit_); found != state->exceptions.end())
    return presenter::out_of_limit_view(*state, found->second, viewer());
  if (interrupted()) return recovery_view();
  return std::nullopt;
}

ui::AppView Desk::view() const {
  ui::AppView view;
  view.language = language_;
  view.languages = {{"en", "English"}, {"de", "Deutsch"}};
  const auto* here = is_in_run() ? run() : nullptr;
  view.bar = presenter::bar_view(session_.identity(), here, ports_.sync(), viewer());
  view.shift = presenter::shift_of(here, user_);
  view.screen = screen_view();
  view.dialog = dialog_view();
  view.notice = notice_.empty() ? alert_ : notice_;
  view.running_batches = running_batches();
  view.now = to_text(session_.clock().now()).substr(0, 16);
  if (!user_.empty()) {
    const auto left_ms = touched_ms_ + options_.lock_after_ms - session_.clock().monotonic_ms();
    if (left_ms <= options_.warn_before_ms)
      view.locks_in_s = static_cast<int>((left_ms + 999) / 1000);
  }
  return view;
}

}  // namespace batchwright::client
