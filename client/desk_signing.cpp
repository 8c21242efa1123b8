// Signing: the page shows exactly what is signed; the secret is opened on a job thread; cancel
// leaves nothing behind.
#include <algorithm>

#include "client/desk.h"
#include "client/signing.h"

namespace batchwright::client {

namespace {

// The first of `roles` that the person has; of no roles, the person's own first.
std::string role_to_sign_in(const record::Person& person, const std::vector<std::string>& roles) {
  for (const auto& role : roles)
    if (std::ranges::find(person.roles, role) != person.roles.end()) return role;
  if (!roles.empty()) return roles.front();
  return person.roles.empty() ? std::string("operator") : person.roles.front();
}

}  // namespace

workflows::Command Desk::signed_command(const record::SecretKey& key) const {
  const auto& statement = pending_->statement;
  if (const auto* release = std::get_if<Release>(&pending_->act))
    return sign_release(statement, release->exception, release->reason, key);
  if (const auto* handing = std::get_if<HandingOver>(&pending_->act))
    return sign_hand_over(statement, handing->note, key);
  if (std::holds_alternative<TakingOver>(pending_->act)) return sign_take_over(statement, key);
  return sign(statement, key);
}

std::vector<std::string> Desk::signers_for(const workflows::RunState& run,
                                           const workflows::StepRef& step,
                                           const workflows::SignatureRule& rule) const {
  std::vector<std::string> out;
  for (const auto& person : session_.directory().people) {
    const bool has_role = std::ranges::find(person.roles, rule.role) != person.roles.end();
    const bool barred = rule.other_person && run.steps.at(step).took_part(person.id);
    if (person.active && person.key && has_role && !barred) out.push_back(person.id);
  }
  return out;
}

void Desk::on(const ui::OpenSign& intent) {
  const auto* state = run();
  auto ref = workflows::step_ref_from_text(intent.step);
  if (!ref || state == nullptr || !state->steps.contains(*ref)) return;
  const auto need = workflows::needs(*state, *ref, session_.clock().now());
  if (!need.missing_entries.empty() || need.missing_signatures.empty()) return;
  const auto& rule = need.missing_signatures.front();
  PendingSignature pending;
  pending.step = *ref;
  pending.meaning = rule.meaning;
  pending.roles = {rule.role};
  begin_signing(std::move(pending), signers_for(*state, *ref, rule));
}

void Desk::begin_signing(PendingSignature pending, const std::vector<std::string>& signers) {
  if (signers.empty()) {
    const auto role = pending.roles.empty() ? std::string("operator") : pending.roles.front();
    notice_ = words()("desk.no_signer", {{"role", words()("role." + role)}});
    return;
  }
  const bool user_may = std::ranges::find(signers, user_) != signers.end();
  if (!user_may) pending.candidates = signers;
  pending_ = std::move(pending);
  prepare_signature(user_may ? user_ : signers.size() == 1 ? signers.front() : std::string());
}

void Desk::prepare_signature(const std::string& person) {
  pending_->opened_ms = session_.clock().monotonic_ms();
  pending_->error.clear();
  const auto* known = session_.directory().find(person);
  static const record::Person kNobody;
  const auto& signer = known == nullptr ? kNobody : *known;
  auto statement =
      session_.statement_to_sign(run_, pending_->step, pending_->meaning,
                                 std::string(words()("meaning_words." + pending_->meaning)), signer,
                                 role_to_sign_in(signer, pending_->roles));
  if (!statement) {
    notice_ = statement.error().message;
    pending_.reset();
    return;
  }
  pending_->statement = std::move(*statement);
}

void Desk::on(const ui::ChooseSigner& intent) {
  if (pending_ && !pending_->busy &&
      std::ranges::find(pending_->candidates, intent.person) != pending_->candidates.end())
    prepare_signature(intent.person);
}

void Desk::on(const ui::ConfirmSign& intent) {
  if (!pending_ || pending_->busy || pending_->statement.signer != intent.person) return;
  const auto now_ms = session_.clock().monotonic_ms();
  if (now_ms - pending_->opened_ms > options_.sign_timeout_ms) {
    prepare_signature(intent.person);
    if (pending_) pending_->error = std::string(words()("desk.sign_expired"));
    return;
  }
  if (const auto wait = attempts_.wait_ms(intent.person, now_ms); wait > 0) {
    pending_->error = words()("desk.wait", {{"time", presenter::gap_text(wait + 999, words())}});
    return;
  }
  auto locked = locked_key(store_, session_.directory(), intent.person);
  if (!locked) {
    pending_->error = locked.error().message;
    return;
  }
  pending_->busy = true;
  jobs_.run([this, locked = *locked, password = intent.password,
             challenge = pending_->statement.challenge] {
    auto key = unlock(locked, password.view());
    return [this, key = std::move(key), signer = locked.person, challenge] {
      finish_signature(key, signer, challenge);
    };
  });
}

void Desk::finish_signature(const Result<record::SecretKey>& key, const record::Person& signer,
                            const std::string& challenge) {
  // Locked, cancelled or opened anew meanwhile: the secret was given for another page, and nothing
  // is signed.
  const bool is_awaited = pending_ && pending_->statement.challenge == challenge;
  if (is_awaited) pending_->busy = false;
  if (!key) {
    attempts_.failed(signer.id, session_.clock().monotonic_ms());
    fact("signature_failed", {{"person", signer.id}});
    if (!is_awaited) return;
    pending_->error = key.error().code == ErrorCode::kDenied
                          ? std::string(words()("desk.wrong_password"))
                          : key.error().message;
    return;
  }
  attempts_.succeeded(signer.id);
  if (!is_awaited) return;
  const auto step = pending_->step;
  const bool is_of_step = std::holds_alternative<std::monostate>(pending_->act);
  const Actor by{signer.id, pending_->statement.role, signer.roles, signer.id};
  if (!perform(signed_command(*key), by)) {
    pending_->error = notice_;
    notice_.clear();
    return;
  }
  pending_.reset();
  // Nothing more is asked of this step: it ends with its last signature.
  if (is_of_step && workflows::needs(*run(), step, session_.clock().now()).complete() &&
      perform(workflows::CompleteStep{workflows::to_text(step)}, by))
    after_completion(step);
}

void Desk::on(const ui::CancelSign&) {
  pending_.reset();
}

}  // namespace batchwright::client
