// Cameras of a dry-run: simulated verdicts and readings, challenges, and what people do about them.
#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "workflows/camera_check.h"
#include "workflows/dry_run/player.h"
#include "workflows/internal/check_rules.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows::dry {

namespace {

using Act = CheckNeed::Act;
using Readings = std::vector<std::pair<std::string, std::string>>;

constexpr int kObjects = 3;  // of each kind in a simulated challenge

std::string digest_of(const std::string& what) {
  return to_hex(sha256("simulated " + what));
}

}  // namespace

std::string Way::verdict(Player&, const StepRef&, const Entry&, const CheckNeed& need) {
  return need.act == Act::kDecide ? check_verdict::kOk : check_verdict::kPass;
}

const CheckNeed* Player::find_need(const StepNeeds& all, const std::string& entry) {
  const auto found = std::ranges::find_if(all.checks, [&](const CheckNeed& need) {
    return need.entry == entry && need.act != Act::kConfirm;
  });
  return found == all.checks.end() ? nullptr : &*found;
}

bool Player::look(const StepRef& ref, const Entry& entry, const std::string& verdict,
                  Readings readings) {
  const CameraCheck& check = *entry.camera_check;
  const bool looked = verdict != check_verdict::kNotPerformed;
  RecordCheck command{.step = workflows::to_text(ref),
                      .entry = entry.id,
                      .verdict = verdict,
                      .check_sha256 = check.check.sha256,
                      .camera = check.camera};
  if (looked) command.frames = {digest_of("frame of " + entry.id)};
  if (looked) command.evidence = digest_of("evidence of " + entry.id);
  if (verdict == check_verdict::kPass) command.readings = std::move(readings);
  if (verdict == check_verdict::kFail) command.regions = {"simulated: not as it should be"};
  return must(command, worker(ref));
}

// What the check would read: the values that are to be entered, asked for once.
Readings Player::planned_readings(const StepRef& ref, const CameraCheck& check) {
  Readings readings;
  for (const auto& [reading, id] : check.fills) {
    const Entry* entry = find_entry(content(ref), id);
    if (entry == nullptr) continue;
    const auto known = planned_.find({ref, id});
    const std::string raw =
        known != planned_.end() ? known->second : way_.value(*this, ref, *entry);
    planned_[{ref, id}] = raw;
    if (!raw.empty()) readings.emplace_back(reading, raw);
  }
  return readings;
}

Player::Turn Player::judge(const StepRef& ref, const Entry& entry) {
  const StepNeeds all = needs(state, ref, now, &site);
  const CheckNeed* need = find_need(all, entry.id);
  if (need == nullptr || need->act == Act::kChallengeFirst) return Turn::kNothing;
  const std::string at = workflows::to_text(ref);
  if (need->act == Act::kPutRight) {
    const bool done = must(PutRight{at, entry.id, "simulated: put right"}, worker(ref));
    return done ? Turn::kDone : Turn::kStuck;
  }
  if (need->act == Act::kChallenge) return challenge(ref, entry, need->checks.front());
  const std::string said = way_.verdict(*this, ref, entry, *need);
  if (said.empty()) return Turn::kNothing;
  const bool by_people = said == check_verdict::kOk || said == check_verdict::kNotOk;
  const bool done =
      by_people ? must(DecideCheck{at, entry.id, said, "simulated: looked at it"}, worker(ref))
                : look(ref, entry, said, planned_readings(ref, *entry.camera_check));
  if (!done) return Turn::kStuck;
  way_.judged(*this, ref, entry);
  return gave_up ? Turn::kStuck : Turn::kDone;
}

bool Player::waits_for_challenge(const StepRef& ref, const Entry& check) const {
  const StepNeeds all = needs(state, ref, now, &site);
  const CheckNeed* need = find_need(all, check.id);
  return need != nullptr && need->act == Act::kChallengeFirst;
}

Player::Turn Player::challenge(const StepRef& ref, const Entry& entry, const std::string& id) {
  const CameraCheck* check = find_check(stage.index(), id);
  if (check == nullptr) return Turn::kStuck;
  const int passed = way_.suits(*this, ref, entry, id) ? kObjects : kObjects - 1;
  const RecordChallenge command{.step = workflows::to_text(ref),
                                .entry = entry.id,
                                .check = id,
                                .check_sha256 = check->check.sha256,
                                .camera = check->camera,
                                .good = kObjects,
                                .good_passed = kObjects,
                                .bad = kObjects,
                                .bad_failed = passed,
                                .evidence = digest_of("challenge of " + id),
                                .manifest = check->check.challenge_sha256.empty()
                                                ? digest_of("challenge set of " + id)
                                                : check->check.challenge_sha256};
  return must(command, worker(ref)) ? Turn::kDone : Turn::kStuck;
}

// A camera that may stand in for the next signature: its one person says that it worked.
Player::Turn Player::confirm(const StepRef& ref) {
  const StepNeeds all = needs(state, ref, now, &site);
  const auto found = std::ranges::find(all.checks, Act::kConfirm, &CheckNeed::act);
  if (found == all.checks.end()) return Turn::kNothing;
  const bool done = must(ConfirmCheckWorked{workflows::to_text(ref), found->entry}, worker(ref));
  return done ? Turn::kDone : Turn::kStuck;
}

// From the device that captures it. What a check reads needs a pass that read exactly this; where
// people decided the check, it is typed.
bool Player::record(const StepRef& ref, const Entry& entry, const std::string& raw) {
  const Filling filling = filled_by(content(ref), entry.id);
  RecordEntry command{workflows::to_text(ref), entry.id, raw};
  if (filling.check == nullptr) {
    if (!entry.captured_by.empty()) command.source = entry.captured_by + ":simulated";
    return must(command, worker(ref));
  }
  const std::pair read{filling.reading, raw};
  const auto reads_it = [&] {
    const CheckAttempt* pass = pass_in_force(step(ref), filling.check->id);
    return pass != nullptr && std::ranges::find(pass->readings, read) != pass->readings.end() &&
           !check_state(step(ref), filling.check->id)->taken.contains(entry.id);
  };
  const StepNeeds all = needs(state, ref, now, &site);
  const CheckNeed* need = find_need(all, filling.check->id);
  if (!reads_it() && need != nullptr && need->act == Act::kCheck &&
      !look(ref, *filling.check, check_verdict::kPass, {read})) {
    return false;
  }
  if (reads_it()) command.source = camera_source(*filling.check->camera_check);
  return must(command, worker(ref));
}

}  // namespace batchwright::workflows::dry
