#include "client/demo/hands.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace batchwright::client {

namespace {

constexpr int kDecisionsMax = 20'000;

}  // namespace

Hands::Hands(const ui::Display& display, PanelScreen& screen, Desk& desk, Script script,
             Preview* preview)
    : screen_(screen),
      desk_(desk),
      script_(std::move(script)),
      preview_(preview),
      view_(desk.view()),
      panel_(display, screen.theme(), screen.fonts(), [this](ui::Frame& frame) { draw(frame); }) {
  panel_.step();
}

// The session and the glass share one thread here: what was tapped is decided before the next
// frame.
void Hands::draw(ui::Frame& frame) {
  ui::Intents intents;
  const auto look = preview_ == nullptr ? nullptr : preview_->newest();
  screen_.draw(frame, view_, intents, look.get());
  if (preview_ != nullptr) preview_->want(screen_.camera_picture_px());
  for (const auto& intent : intents) desk_.handle(intent);
  if (!intents.empty()) view_ = desk_.view();
}

Result<void> Hands::work() {
  for (int i = 0; i < kDecisionsMax; ++i) {
    auto more = act();
    if (!more) return std::unexpected(more.error());
    if (!*more) return {};
  }
  return fail(ErrorCode::kFull, "The demonstration did not end.");
}

Result<bool> Hands::act() {
  view_ = desk_.view();
  panel_.step();
  if (!view_.notice.empty())
    return fail(ErrorCode::kRefused,
                fmt::format("The panel refused what the story does: {}", view_.notice),
                begun_step_);
  if (view_.dialog) {
    auto answered =
        std::visit([this](const auto& dialog) { return answer(dialog); }, *view_.dialog);
    if (!answered) return std::unexpected(answered.error());
    return true;
  }
  return std::visit([this](const auto& screen) { return on(screen); }, view_.screen);
}

void Hands::show(const std::string& moment) {
  panel_.step(400);
  if (script_.picture) script_.picture(moment);
}

Result<void> Hands::tap(const std::string& id) {
  ++taps_;
  return panel_.tap(id);
}

Result<bool> Hands::tap_if_there(const std::string& id) {
  panel_.step();
  if (panel_.widgets().find(id) == nullptr) return false;
  if (auto tapped = tap(id); !tapped) return std::unexpected(tapped.error());
  return true;
}

Result<void> Hands::type(const std::string& text) {
  taps_ += text.size();
  return panel_.type(text);
}

Result<void> Hands::write(const std::string& text) {
  if (auto typed = type(text); !typed) return typed;
  return tap("key:enter");
}

Result<bool> Hands::on(const ui::SignInView&) {
  show("sign-in");
  if (auto tapped = tap("person:" + script_.operator_id); !tapped)
    return std::unexpected(tapped.error());
  return true;
}

Result<bool> Hands::on(const ui::LockView&) {
  show("locked");
  if (auto tapped = tap("person:" + script_.operator_id); !tapped)
    return std::unexpected(tapped.error());
  return true;
}

Result<bool> Hands::on(const ui::PasswordView& view) {
  const auto password = script_.passwords.find(view.person.id);
  if (password == script_.passwords.end())
    return fail(ErrorCode::kRefused, "The story knows no password of this person.", view.person.id);
  if (!view.error.empty()) return fail(ErrorCode::kDenied, view.error, view.person.id);
  show("password");
  if (auto written = write(password->second); !written) return std::unexpected(written.error());
  return true;
}

Result<bool> Hands::on(const ui::RunListView& view) {
  show("batches");
  const auto running = std::ranges::find_if(view.runs, [](const ui::RunView& run) {
    return run.state == ui::RunView::State::kRunning || run.state == ui::RunView::State::kHeld;
  });
  std::string id;
  if (running != view.runs.end())
    id = "run:" + running->id;
  else if (!view.issued.empty())
    id = "issue:" + view.issued.front().id;
  else
    return fail(ErrorCode::kNotFound, "There is no batch to work on.");
  if (auto tapped = tap(id); !tapped) return std::unexpected(tapped.error());
  return true;
}

Result<bool> Hands::on(const ui::CompletedView&) {
  show("completed");
  return false;
}

Result<bool> Hands::on(const ui::WaysView& view) {
  if (!view.may_choose) {
    return_to_ = script_.operator_id;
    const auto person = person_with(view.role_words);
    if (person.empty())
      return fail(ErrorCode::kRefused, "Nobody in the story may choose the way.", view.role);
    if (auto left = leave_to(person); !left) return std::unexpected(left.error());
    return true;
  }
  const auto way = "way:" + view.ways.front().transition;
  for (const std::string& id : {way, std::string("way_reason:0"), std::string("next")})
    if (auto tapped = tap(id); !tapped) return std::unexpected(tapped.error());
  return true;
}

Result<bool> Hands::on(const ui::MapView&) {
  auto tapped = tap("next");
  if (!tapped) return std::unexpected(tapped.error());
  return true;
}

Result<bool> Hands::on(const ui::ExceptionListView&) {
  auto tapped = tap("next");
  if (!tapped) return std::unexpected(tapped.error());
  return true;
}

Result<bool> Hands::on(const ui::StepView& view) {
  if (begun_step_ != view.step) {
    begun_step_ = view.step;
    const auto before = script_.operator_id;
    if (script_.at_step) script_.at_step(view.step);
    if (script_.operator_id != before) {
      if (auto left = leave_to(script_.operator_id); !left) return std::unexpected(left.error());
      return true;
    }
  }
  if (view.hold) return release(view);
  if (!return_to_.empty()) {
    const auto person = std::exchange(return_to_, {});
    if (auto left = leave_to(person); !left) return std::unexpected(left.error());
    return true;
  }
  if (view.camera) {
    if (auto used = use_camera(view, *view.camera); !used) return std::unexpected(used.error());
    return true;
  }
  if (view.begun) {
    // What was bad is measured again before anything else is done.
    auto todo = std::ranges::find_if(view.entries, [](const ui::EntryView& entry) {
      return entry.state == ui::EntryView::State::kOut &&
             entry.input == ui::EntryView::Input::kRemeasure;
    });
    if (todo == view.entries.end())
      todo = std::ranges::find_if(view.entries, [](const ui::EntryView& entry) {
        return entry.state == ui::EntryView::State::kEmpty && entry.required &&
               entry.note.empty() && entry.kind != ui::EntryView::Kind::kComputed;
      });
    if (todo != view.entries.end()) {
      if (auto given = give(view, *todo); !given) return std::unexpected(given.error());
      return true;
    }
    const auto correction = script_.corrections.find(view.step);
    if (correction != script_.corrections.end()) {
      const auto [entry, value] = correction->second;
      script_.corrections.erase(correction);
      if (auto done = correct(view, entry, value); !done) return std::unexpected(done.error());
      return true;
    }
  }
  if (!view.next.enabled)
    return fail(ErrorCode::kRefused, fmt::format("There is no way on: {}", view.next.reason),
                view.step);
  if (auto tapped = tap("next"); !tapped) return std::unexpected(tapped.error());
  return true;
}

Result<void> Hands::leave_to(const std::string& person) {
  script_.operator_id = person;
  if (auto tapped = tap("more"); !tapped) return tapped;
  return tap("menu:switch");
}

Result<bool> Hands::release(const ui::StepView& view) {
  show("held");
  if (!view.hold->may_release) {
    return_to_ = script_.operator_id;
    const auto person = person_with(view.hold->role);
    if (person.empty())
      return fail(ErrorCode::kRefused, "Nobody in the story may release this step.", view.step);
    if (auto left = leave_to(person); !left) return std::unexpected(left.error());
    return true;
  }
  for (const char* id : {"release", "release_reason:0", "dialog:release"})
    if (auto tapped = tap(id); !tapped) return std::unexpected(tapped.error());
  return true;
}

std::string Hands::person_with(const std::string& role_words) const {
  for (const auto& [person, password] : script_.passwords)
    if (const auto role = desk_.role_words_of(person);
        !role.empty() && role_words.find(role) != std::string::npos)
      return person;
  return {};
}

}  // namespace batchwright::client
