#include "client/desk.h"

#include <spdlog/spdlog.h>

namespace batchwright::client {

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
  notice_.clear();
  std::visit([this](const auto& what) { on(what); }, intent);
}

void Desk::touched() {
  touched_ms_ = session_.clock().monotonic_ms();
}

bool Desk::tick() {
  const auto idle_ms = session_.clock().monotonic_ms() - touched_ms_;
  if (!user_.empty() && screen_ != Screen::kLock && idle_ms >= options_.lock_after_ms) lock("idle");
  for (const auto& [id, run] : session_.runs()) {
    if (run.status != workflows::RunStatus::kRunning) continue;
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
    if (run.status != workflows::RunStatus::kRunning) continue;
    auto lines =
        session_.execute(id, workflows::HoldRun{"made safe at the panel"}, actor(), language_);
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
