#include "client/desk.h"

#include <spdlog/spdlog.h>

#include <cstdlib>

namespace batchwright::client {

namespace {

// Time can still change something: maxima of steps and holds, results that are due. Only a complete
// run with nothing pending, and one that was stopped or aborted, is left alone.
bool is_waiting(const workflows::RunState& run) {
  if (run.status == workflows::RunStatus::kIdle) return false;
  return !workflows::is_over(run.status) || !run.pending.empty();
}

// What make safe still can hold.
bool can_be_held(const workflows::RunState& run) {
  return workflows::next_state(run.status, workflows::ProceduralCommand::kHold).has_value();
}

}  // namespace

Desk::Desk(BatchSession& session, offline_store::Store& store, Jobs& jobs, DeskPorts ports,
           DeskOptions options)
    : session_(session),
      store_(store),
      jobs_(jobs),
      ports_(std::move(ports)),
      options_(std::move(options)),
      touched_ms_(session.clock().monotonic_ms()) {}

Result<std::unique_ptr<Desk>> Desk::open(BatchSession& session, offline_store::Store& store,
                                         Jobs& jobs, DeskPorts ports, DeskOptions options) {
  std::unique_ptr<Desk> desk(new Desk(session, store, jobs, std::move(ports), std::move(options)));
  for (const char* language : {"en", "de"}) {
    auto words = ui::Words::load(desk->options_.strings, language);
    if (!words) return std::unexpected(words.error());
    desk->words_.emplace(language, std::move(*words));
  }
  // What ran when the last program ended was interrupted: each step asks before it goes on.
  for (const auto& [id, run] : session.runs())
    for (const auto& [step, state] : run.steps)
      if (state.status == workflows::StepStatus::kRunning)
        desk->interrupted_[{id, step}] = session.head().hlc.unix_ms();
  return desk;
}

void Desk::handle(const ui::Intent& intent) {
  touched();
  const bool dismissed = std::holds_alternative<ui::DismissNotice>(intent);
  if (dismissed && notice_.empty()) alert_.clear();
  notice_.clear();
  std::visit([this](const auto& what) { on(what); }, intent);
  follow_camera();
}

void Desk::touched() {
  touched_ms_ = session_.clock().monotonic_ms();
}

// Told once per change; the record's own time goes on as before.
void Desk::watch_clock() {
  constexpr std::int64_t kWorthTellingMs = 1000;
  const auto moved_ms = session_.clock().wall_moved_ms();
  if (std::abs(moved_ms - wall_moved_ms_) < kWorthTellingMs) return;
  spdlog::warn("the wall clock was set by {} ms; it counts from the next start on", moved_ms);
  wall_moved_ms_ = moved_ms;
}

bool Desk::tick() {
  watch_clock();
  follow_camera();
  const auto idle_ms = session_.clock().monotonic_ms() - touched_ms_;
  if (!user_.empty() && screen_ != Screen::kLock && idle_ms >= options_.lock_after_ms) lock("idle");
  for (const auto& [id, run] : session_.runs()) {
    if (!is_waiting(run)) continue;
    auto lines = session_.execute(id, workflows::Tick{}, Actor{}, language_);
    if (!lines && lines.error().code != ErrorCode::kRefused) {
      storage_failed();
      return true;
    }
  }
  return true;
}

void Desk::on(const ui::ChooseLanguage& intent) {
  if (words_.contains(intent.tag)) language_ = intent.tag;
  fact("language_chosen", {{"language", language_}});
}

void Desk::on(const ui::Back&) {
  switch (screen_) {
    case Screen::kPassword:
      forget_attempt();
      screen_ = locked_by_.empty() ? Screen::kSignIn : Screen::kLock;
      error_.clear();
      break;
    case Screen::kMap:
    case Screen::kExceptions: screen_ = step_.path.empty() ? Screen::kRuns : Screen::kStep; break;
    case Screen::kStep: screen_ = Screen::kRuns; break;
    default: break;
  }
}

void Desk::on(const ui::ShowRuns&) {
  if (!user_.empty()) screen_ = Screen::kRuns;
}

// A tap that was made before the lock and arrives after it opens nothing.
void Desk::on(const ui::ShowMap&) {
  if (!user_.empty() && run() != nullptr) screen_ = Screen::kMap;
}

void Desk::on(const ui::ShowExceptions&) {
  if (!user_.empty() && run() != nullptr) screen_ = Screen::kExceptions;
}

void Desk::on(const ui::DismissDialog&) {
  message_.reset();
}

void Desk::on(const ui::DismissNotice&) {}

void Desk::on(const ui::MakeSafe&) {
  // Recorded even when nobody is signed in: "person not identified", attributed afterwards with a
  // witness.
  const bool was_recorded =
      fact("made_safe", {{"person", user_.empty() ? "not identified" : user_}});
  bool all_held = true;
  for (const auto& [id, run] : session_.runs()) {
    if (!can_be_held(run)) continue;
    auto lines = session_.execute(id,
                                  workflows::Control{.element = {},
                                                     .command = workflows::ProceduralCommand::kHold,
                                                     .reason = "made safe at the panel"},
                                  actor(), language_);
    if (lines) continue;
    spdlog::warn("make safe: run {} was not held, rule {}", id, lines.error().place);
    all_held = false;
  }
  // Nobody may believe that a batch is held when it is not.
  if (!was_recorded || !all_held) {
    message_ = ui::MessageView{true, std::string(words()("desk.unsafe_title")),
                               std::string(words()("desk.unsafe_text"))};
    return;
  }
  message_ = ui::MessageView{
      true, std::string(words()("desk.safe_title")),
      std::string(words()(user_.empty() ? "desk.safe_text_unknown" : "desk.safe_text"))};
}

void Desk::storage_failed() {
  message_ = ui::MessageView{true, std::string(words()("desk.storage_title")),
                             std::string(words()("desk.storage_text"))};
}

}  // namespace batchwright::client
