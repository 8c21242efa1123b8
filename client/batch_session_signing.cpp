// What a person would sign, whose key it is, and what stays of a refusal.
#include <spdlog/spdlog.h>

#include "base/bytes.h"
#include "base/random.h"
#include "client/batch_session.h"

namespace batchwright::client {

namespace {

std::string fresh_challenge() {
  std::array<std::uint8_t, 16> bytes{};
  fill_random(bytes);
  return to_hex(bytes);
}

}  // namespace

bool BatchSession::is_key_of(const std::string& person, const std::string& key_hex) const {
  const auto* known = directory_.find(person);
  return known != nullptr && known->active && known->key && to_hex(*known->key) == key_hex;
}

// The person hears of the refusal in any case; that it can't be kept is told by the next thing that
// must be saved.
void BatchSession::keep_refusal(const workflows::Refusal& refusal) {
  if (refusal.to_record.empty()) return;
  if (auto kept = commit(refusal.to_record); !kept)
    spdlog::warn("the refusal {} was not recorded, code {}", refusal.rule,
                 static_cast<int>(kept.error().code));
}

Result<record::SignatureStatement> BatchSession::statement_to_sign(
    const std::string& run, const workflows::StepRef& step, const std::string& meaning,
    const std::string& meaning_words, const record::Person& signer, const std::string& role) const {
  const auto* state = find(run);
  const bool is_about_run = step.path.empty();
  if (state == nullptr || (!is_about_run && !state->steps.contains(step)))
    return fail(ErrorCode::kNotFound, "There is no such step to sign.", workflows::to_text(step));
  record::SignatureStatement statement;
  statement.site = identity_.anchor.site;
  statement.subject = {"run", run};
  statement.control_recipe = state->mbr_hash;
  statement.step = is_about_run ? std::string() : workflows::to_text(step);
  statement.meaning = meaning;
  statement.meaning_words = meaning_words;
  statement.signer = signer.id;
  statement.name = signer.name;
  statement.role = role;
  statement.time = to_text(time_.now());
  statement.zone = identity_.zone;
  statement.device = identity_.enrolment.device;
  statement.challenge = fresh_challenge();
  statement.covered = workflows::lines_to_sign(*state, step);
  statement.as_of[identity_.enrolment.device] = writer_.head();
  statement.state = workflows::state_hash(*state);
  return statement;
}

}  // namespace batchwright::client
