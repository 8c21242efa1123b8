// Acts on the batch rather than on a value: what lets it go on, which way it takes, who answers for
// it.
#include <algorithm>

#include "client/desk.h"
#include "workflows/releasing.h"

namespace batchwright::client {

namespace {

bool holds_one_of(const record::Person& person, const std::vector<std::string>& roles) {
  return roles.empty() || std::ranges::any_of(roles, [&](const std::string& role) {
           return std::ranges::find(person.roles, role) != person.roles.end();
         });
}

}  // namespace

// Everybody but `barred` who can sign in one of `roles`; no roles = in any.
std::vector<std::string> Desk::people_in(const std::vector<std::string>& roles,
                                         const std::string& barred) const {
  std::vector<std::string> out;
  for (const auto& person : session_.directory().people)
    if (person.active && person.key && person.id != barred && holds_one_of(person, roles))
      out.push_back(person.id);
  return out;
}

void Desk::release(const workflows::RunState& state, const workflows::ExceptionState& exception,
                   const std::string& reason) {
  PendingSignature pending;
  if (auto ref = workflows::step_ref_from_text(exception.step)) pending.step = *ref;
  pending.meaning = "released";
  pending.roles = workflows::releasing_roles(*state.mbr, exception);
  pending.act = Release{exception.id, reason};
  // Whoever recorded what is wrong can't also decide that it goes on.
  const auto signers = people_in(pending.roles, exception.actor);
  begin_signing(std::move(pending), signers);
}

void Desk::on(const ui::ReleaseHold& intent) {
  const auto* state = run();
  auto ref = workflows::step_ref_from_text(intent.step);
  if (user_.empty() || state == nullptr) return;
  const auto stop = ref ? stop_of(*state, *ref) : std::nullopt;
  if (stop && stop->is_recall) {
    perform(workflows::DecideRecall{.go_on = true, .reason = intent.reason}, actor("quality"));
    return;
  }
  if (stop && stop->exception.empty()) {
    const workflows::Control command{
        .element = stop->element, .command = stop->command, .reason = intent.reason};
    if (perform(command, actor("supervisor")) && !state->open.contains(step_)) open_best_step();
    return;
  }
  const auto exception = state->exceptions.find(intent.exception);
  if (exception != state->exceptions.end()) release(*state, exception->second, intent.reason);
}

void Desk::on(const ui::MarkNotApplicable& intent) {
  perform(workflows::MarkNotApplicable{intent.step, intent.entry, intent.reason}, actor());
}

void Desk::on(const ui::ChooseWay& intent) {
  if (perform(workflows::ChooseTransition{intent.chart, intent.transition, intent.reason},
              actor(intent.role)))
    open_best_step();
}

void Desk::on(const ui::HandOver& intent) {
  if (user_.empty() || run() == nullptr) return;
  PendingSignature pending;
  pending.meaning = "handed over";
  pending.act = HandingOver{intent.note};
  begin_signing(std::move(pending), {user_});
}

void Desk::on(const ui::TakeOver&) {
  const auto* state = run();
  if (user_.empty() || state == nullptr || state->handovers.empty()) return;
  PendingSignature pending;
  pending.meaning = "taken over";
  pending.act = TakingOver{};
  begin_signing(std::move(pending), people_in({}, state->handovers.back().from));
}

}  // namespace batchwright::client
