// Sign-in, lock, and who acts.
#include <fmt/format.h>

#include <algorithm>

#include "client/desk.h"

namespace batchwright::client {
namespace {

constexpr std::size_t kPasswordBytesMin = 8;

}  // namespace

const record::Person* Desk::user() const {
  return user_.empty() ? nullptr : session_.directory().find(user_);
}

std::string Desk::role_words_of(const std::string& person) const {
  const auto* found = session_.directory().find(person);
  return found == nullptr ? std::string() : presenter::person_view(*found, words()).role;
}

Actor Desk::actor(const std::string& role) const {
  const auto* person = user();
  if (person == nullptr) return {};
  // Nobody is recorded in a role that is not theirs.
  const bool holds = std::ranges::find(person->roles, role) != person->roles.end();
  const auto first = person->roles.empty() ? std::string("operator") : person->roles.front();
  return {person->id, holds ? role : first, person->roles, person->id};
}

bool Desk::fact(const std::string& type, Json body) {
  auto saved = session_.record_device_event(type, std::move(body), actor());
  if (!saved) storage_failed();
  return saved.has_value();
}

void Desk::on(const ui::ChoosePerson& intent) {
  if (session_.directory().find(intent.person) == nullptr) return;
  forget_attempt();
  chosen_ = intent.person;
  error_.clear();
  screen_ = Screen::kPassword;
}

void Desk::forget_attempt() {
  ++attempt_;
  password_busy_ = false;
}

void Desk::on(const ui::SubmitPassword& intent) {
  if (screen_ != Screen::kPassword || password_busy_ || intent.person != chosen_) return;
  const auto now_ms = session_.clock().monotonic_ms();
  if (const auto wait = attempts_.wait_ms(chosen_, now_ms); wait > 0) {
    error_ = words()("desk.wait", {{"time", presenter::gap_text(wait + 999, words())}});
    return;
  }
  if (const auto* person = session_.directory().find(chosen_); person != nullptr && !person->key)
    return choose_first_password(intent);
  auto locked = locked_key(store_, session_.directory(), chosen_);
  if (!locked) {
    error_ = locked.error().message;
    return;
  }
  password_busy_ = true;
  jobs_.run([this, locked = *locked, password = intent.password, attempt = attempt_] {
    auto key = unlock(locked, password.view());
    return [this, key = std::move(key), person = locked.person.id, attempt] {
      finish_sign_in(key, person, attempt);
    };
  });
}

void Desk::finish_sign_in(const Result<record::SecretKey>& key, const std::string& person,
                          std::uint64_t attempt) {
  const bool is_awaited = attempt == attempt_;
  if (is_awaited) password_busy_ = false;
  if (!key) {
    attempts_.failed(person, session_.clock().monotonic_ms());
    // A failed attempt is reported at once (21 CFR 11.300(d)); it names whose key was tried, not
    // who tried.
    fact("sign_in_failed", {{"person", person}});
    if (!is_awaited) return;
    error_ = key.error().code == ErrorCode::kDenied ? std::string(words()("desk.wrong_password"))
                                                    : key.error().message;
    return;
  }
  attempts_.succeeded(person);
  if (!is_awaited) return;
  user_ = person;
  error_.clear();
  fact("session_opened", {{"person", person}, {"method", "id and password"}});
  const bool was_locked = !locked_by_.empty();
  locked_by_.clear();
  // After a lock the screen is just where it was, whoever goes on.
  screen_ = was_locked && run() != nullptr && !step_.path.empty() ? Screen::kStep : Screen::kRuns;
}

void Desk::choose_first_password(const ui::SubmitPassword& intent) {
  if (intent.new_password.view().size() < kPasswordBytesMin) {
    error_ = words()("desk.password_short", {{"n", fmt::to_string(kPasswordBytesMin)}});
    return;
  }
  password_busy_ = true;
  jobs_.run([this, give = ports_.first_key, person = chosen_, secret = intent.password,
             password = intent.new_password, attempt = attempt_] {
    auto first = first_key(person, secret.view(), password.view());
    auto given = first ? give(*first) : Result<void>(std::unexpected(first.error()));
    return [this, given = std::move(given), person, attempt] {
      finish_first_password(given, person, attempt);
    };
  });
}

void Desk::finish_first_password(const Result<void>& given, const std::string& person,
                                 std::uint64_t attempt) {
  const bool is_awaited = attempt == attempt_;
  if (is_awaited) password_busy_ = false;
  if (!given) {
    if (given.error().code == ErrorCode::kDenied) {
      attempts_.failed(person, session_.clock().monotonic_ms());
      fact("first_sign_in_failed", {{"person", person}});
    }
    if (is_awaited) error_ = given.error().message;
    return;
  }
  fact("password_chosen", {{"person", person}});
  if (!is_awaited) return;
  // The signed directory brings the key in a moment; then the new password opens it.
  screen_ = locked_by_.empty() ? Screen::kSignIn : Screen::kLock;
  message_ = ui::MessageView{false, std::string(words()("desk.password_title")),
                             std::string(words()("desk.password_text"))};
}

void Desk::on(const ui::Lock&) {
  lock("asked");
}

void Desk::on(const ui::SwitchUser&) {
  lock("switch user");
}

void Desk::lock(const std::string& why) {
  const auto* person = user();
  if (person == nullptr) return;
  fact("session_locked", {{"person", person->id}, {"why", why}});
  locked_by_ = person->name;
  locked_since_ = presenter::clock_text(to_text(session_.clock().now()));
  user_.clear();
  pending_.reset();  // an open signing page leaves nothing behind; entries are all on disk
  screen_ = Screen::kLock;
}

}  // namespace batchwright::client
