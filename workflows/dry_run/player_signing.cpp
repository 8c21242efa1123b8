// What simulated people sign, release and bring.
#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "workflows/dry_run/player.h"
#include "workflows/dry_run/values.h"
#include "workflows/internal/run_index.h"
#include "workflows/releasing.h"

namespace batchwright::workflows::dry {

const SimulatedPerson* Player::signer(const StepRef& ref, const SignatureRule& rule) const {
  std::vector<std::string> barred;
  while (const SimulatedPerson* person = stage.cast.someone(rule.role, barred)) {
    if (!rule.other_person || !step(ref).took_part(person->id)) return person;
    barred.push_back(person->id);
  }
  return nullptr;
}

namespace {

record::SignatureStatement statement_of(const Player& player, const std::string& step,
                                        const SimulatedPerson& who, const std::string& meaning) {
  record::SignatureStatement statement;
  statement.site = "Dry-run";
  statement.subject = {"run", player.state.run};
  statement.control_recipe = player.state.mbr_hash;
  statement.step = step;
  statement.meaning = meaning;
  statement.meaning_words = "Simulated.";
  statement.signer = who.id;
  statement.name = who.id;
  statement.role = who.roles.front();
  statement.time = to_text(player.now);
  statement.zone = "UTC";
  statement.device = "dry-run-panel";
  if (const auto ref = step_ref_from_text(step)) {
    statement.covered = lines_to_sign(player.state, *ref);
  }
  return statement;  // without the state's hash: the engine asks for the covered lines alone
}

}  // namespace

SignStep Player::signature(const StepRef& ref, const SignatureRule& rule,
                           const SimulatedPerson& who) const {
  auto statement = statement_of(*this, workflows::to_text(ref), who, rule.meaning);
  statement.challenge = fmt::format("{:032x}", ++challenges_);
  const std::string text = record::to_text(statement);
  const record::SecretKey& key = stage.cast.key(who.id);
  return {statement.step, rule.meaning, text, to_hex(key.public_key()),
          to_hex(record::sign_statement(text, key))};
}

SignStep Player::statement_about_run(const std::string& meaning, const SimulatedPerson& who,
                                     std::vector<std::string> covered) const {
  auto statement = statement_of(*this, {}, who, meaning);
  statement.covered = std::move(covered);
  statement.challenge = fmt::format("{:032x}", ++challenges_);
  const std::string text = record::to_text(statement);
  const record::SecretKey& key = stage.cast.key(who.id);
  return {{}, meaning, text, to_hex(key.public_key()), to_hex(record::sign_statement(text, key))};
}

bool Player::review(const std::string& kind, const SimulatedPerson& who) {
  const SignStep made = statement_about_run("accepted", who, {state.last_line});
  return must(ReviewRun{kind, "accepted", "simulated: complete", made.statement, made.key_hex,
                        made.signature_hex},
              who);
}

bool Player::release(const std::string& id) {
  const ExceptionState exception = state.exceptions.at(id);
  const auto roles = releasing_roles(*stage.mbr, exception);
  const SimulatedPerson* who = stage.cast.someone(roles.front(), {exception.actor});
  if (who == nullptr) return false;
  auto statement = statement_of(*this, exception.step, *who, "released");
  statement.challenge = fmt::format("{:032x}", ++challenges_);
  const std::string text = record::to_text(statement);
  const record::SecretKey& key = stage.cast.key(who->id);
  return must(ReleaseStep{exception.step, id, "simulated: checked, it may go on", text,
                          to_hex(key.public_key()), to_hex(record::sign_statement(text, key))},
              *who);
}

bool Player::release_blockers() {
  const auto ids = state.exception_order;
  return std::ranges::all_of(ids, [&](const std::string& id) {
    return !blocks_batch(state.exceptions.at(id)) || release(id);
  });
}

bool Player::release_anything(const StepRef& ref) {
  if (state.status == RunStatus::kHeld) {
    if (!release_blockers()) return false;
    if (state.status != RunStatus::kHeld) return true;
    return must(Control{"", ProceduralCommand::kRestart, "simulated: it may go on"},
                *stage.cast.someone("supervisor"));
  }
  if (!state.held_elements.empty()) return release(state.held_elements.begin()->second);
  const auto held = state.steps.find(ref);
  const bool step_held = held != state.steps.end() && held->second.status == StepStatus::kHeld;
  return step_held && release(held->second.held_by);
}

bool Player::bring_results(const std::map<std::string, std::string>& values, bool only_blocking) {
  bool moved = false;
  const auto pending = state.pending;
  for (const auto& [place, result] : pending) {
    if (result.received || (only_blocking && result.blocks.empty())) continue;
    const std::size_t colon = place.rfind(':');
    const auto ref = step_ref_from_text(place.substr(0, colon));
    const std::string id = place.substr(colon + 1);
    const Entry* entry = ref ? find_entry(content(*ref), id) : nullptr;
    const SimulatedPerson* owner = stage.cast.someone(result.owner);
    if (entry == nullptr || owner == nullptr) continue;
    const auto given = values.find(ref->path + ":" + id);
    const std::string raw =
        given != values.end() ? given->second : clean_value(*entry, &step(*ref), stage.cast, now);
    moved = must(RecordResult{workflows::to_text(*ref), id, raw, {}}, *owner) || moved;
    if (moved) stage.ledger.reach("late", ref->path + ":" + id);
  }
  return moved;
}

}  // namespace batchwright::workflows::dry
