// Camera checks and challenges: what is asked of the camera, and what of it is recorded. Pictures
// and evidence are on disk before the event that cites them.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "client/approved_checks.h"
#include "client/camera/evidence.h"
#include "client/desk.h"
#include "workflows/camera_check.h"

namespace batchwright::client {

namespace {

const workflows::Entry* entry_of(const workflows::RunState& run, const std::string& step,
                                 const std::string& id) {
  const auto ref = workflows::step_ref_from_text(step);
  const auto* element = ref ? run.mbr->procedure.find(ref->path) : nullptr;
  if (element == nullptr || !element->step) return nullptr;
  const auto found = std::ranges::find(element->step->entries, id, &workflows::Entry::id);
  return found == element->step->entries.end() ? nullptr : &*found;
}

CheckOutcome not_performed(std::string reason) {
  CheckOutcome outcome;
  outcome.result.verdict = vision::Verdict::kNotPerformed;
  outcome.result.reason = reason;
  outcome.trouble = std::move(reason);
  outcome.is_unavailable = true;
  return outcome;
}

std::string decimal_of(double value) {
  return fmt::format("{:.6f}", value);
}

}  // namespace

const KnownCheck* Desk::known_check(const std::string& sha256_hex) const {
  return ports_.checks == nullptr ? nullptr : ports_.checks->find(sha256_hex);
}

std::optional<ui::CameraView> Desk::camera_view() const {
  const auto* state = run();
  if (screen_ != Screen::kStep || state == nullptr || interrupted()) return std::nullopt;
  return presenter::camera_view(*state, step_, live_, session_.site(), viewer());
}

void Desk::follow_camera() {
  if (ports_.cameras == nullptr) return;
  end_deserted_challenge();
  std::string camera;
  if (!user_.empty())
    if (const auto view = camera_view()) camera = view->camera;
  if (camera == watched_) return;
  watched_ = camera;
  ports_.cameras->watch(camera);
}

// A card waits for the person who began: after a lock, a hold or an abort nobody shows it any more,
// and all cameras would wait with it.
void Desk::end_deserted_challenge() {
  if (!live_.checking || live_.asked.card.empty()) return;
  const auto* state = session_.find(live_.run);
  const auto step = workflows::step_ref_from_text(live_.step);
  const bool is_running = state != nullptr && state->status == workflows::RunStatus::kRunning;
  if (user_ == live_.by && is_running && step) {
    const auto view = presenter::camera_view(*state, *step, live_, session_.site(), viewer());
    if (view && view->state == ui::CameraView::State::kCard) return;
  }
  live_.is_stopped = true;
  live_.asked = {};
  ports_.cameras->cancel();
}

void Desk::on(const ui::StartCheck& intent) {
  const auto* state = run();
  if (user_.empty() || state == nullptr) return;
  if (live_.checking) {
    notice_ = std::string(words()("desk.checking"));
    return;
  }
  const auto* entry = entry_of(*state, intent.step, intent.entry);
  if (entry == nullptr) return;
  Asked asked{.run = run_,
              .step = intent.step,
              .entry = intent.entry,
              .by = actor(),
              .check = {},
              .job = {},
              .number = ++checks_asked_};
  if (entry->camera_check)
    start_check(*entry, std::move(asked));
  else if (entry->camera_challenge)
    start_challenge(asked);
}

std::optional<workflows::CheckNeed> Desk::need_of(const Asked& asked) const {
  const auto ref = workflows::step_ref_from_text(asked.step);
  if (!ref) return std::nullopt;
  const auto needs = workflows::needs(*run(), *ref, session_.clock().now(), session_.site());
  const auto need = std::ranges::find(needs.checks, asked.entry, &workflows::CheckNeed::entry);
  if (need == needs.checks.end()) return std::nullopt;
  return *need;
}

void Desk::start_check(const workflows::Entry& entry, Asked asked) {
  // Asked before the camera is: what it saw of an object that is decided would belong to no line.
  using Need = workflows::CheckNeed::Act;
  const auto need = need_of(asked);
  if (!need || need->act != Need::kCheck) {
    const char* why = !need                                ? "desk.no_check_due"
                      : need->act == Need::kPutRight       ? "check.failed_text"
                      : need->act == Need::kChallengeFirst ? "check.challenge_first_text"
                                                           : "check.two_people";
    notice_ = std::string(words()(why));
    return;
  }
  asked.check = *entry.camera_check;
  const auto* known = known_check(asked.check.check.sha256);
  live_ = {.run = asked.run, .step = asked.step, .entry = asked.entry, .known = known};
  auto expected = workflows::expected_values(*run(), asked.check);
  if (!expected) {
    notice_ = expected.error().message;
    return;
  }
  if (known == nullptr) return finish_check(asked, not_performed("The check file is not here."));
  const auto* camera =
      ports_.cameras == nullptr ? nullptr : ports_.cameras->find(asked.check.camera);
  if (camera == nullptr)
    return finish_check(asked, not_performed("There is no such camera at this panel."));
  asked.job = {.camera = asked.check.camera,
               .check = known->file,
               .expected = std::move(*expected),
               .is_sequence = std::holds_alternative<vision::SequenceCheck>(known->check.rule),
               .source = camera->kind};
  live_.checking = true;
  const auto progress = [this, number = asked.number](int pictures) {
    if (live_.checking && number == checks_asked_) live_.pictures = pictures;
  };
  auto job = asked.job;
  ports_.cameras->check(std::move(job), progress,
                        [this, asked = std::move(asked)](const CheckOutcome& outcome) {
                          finish_check(asked, outcome);
                        });
}

void Desk::on(const ui::CancelCheck&) {
  if (!live_.checking || ports_.cameras == nullptr) return;
  live_.is_stopped = true;  // a challenge may be between two checks
  ports_.cameras->cancel();
}

void Desk::finish_check(const Asked& asked, const CheckOutcome& outcome) {
  if (!outcome.trouble.empty())
    spdlog::warn("a picture of camera {} was no vote: {}", asked.check.camera, outcome.trouble);
  if (asked.number == checks_asked_) {
    live_.checking = false;
    live_.outcome = outcome;
    live_.outcome.frames.clear();
  }
  // Stopped before the first picture: nobody looked, and nothing is recorded.
  if (!(outcome.stopped && outcome.frames.empty())) record_check(asked, outcome);
  watch_drift(asked, outcome);
  follow_camera();
}

// The verdict stands; the camera wants looking after.
void Desk::watch_drift(const Asked& asked, const CheckOutcome& outcome) {
  if (ports_.drift == nullptr || outcome.result.verdict == vision::Verdict::kNotPerformed) return;
  const auto& check = asked.check;
  const auto drift = ports_.drift->add(check.camera, check.check.sha256, outcome.result.quality);
  if (!drift) return;
  spdlog::warn("pictures of camera {} drifted: {} was {:.3f}, is {:.3f}", check.camera,
               drift->measure, drift->was, drift->is);
  alert_ = words()("check.drift", {{"camera", check.camera}});
}

bool Desk::record(const Asked& asked, const workflows::Command& command) {
  auto lines = session_.execute(asked.run, command, asked.by, language_);
  if (lines) {
    show_consequences(*lines);
    return true;
  }
  if (lines.error().code == ErrorCode::kRefused || lines.error().code == ErrorCode::kNotFound)
    notice_ = lines.error().message;
  else
    storage_failed();
  return false;
}

void Desk::record_check(const Asked& asked, const CheckOutcome& outcome) {
  auto command = with_evidence(asked, outcome);
  if (!command) {
    spdlog::error("evidence of a camera check was not kept, code {}",
                  static_cast<int>(command.error().code));
    storage_failed();
    return;
  }
  record(asked, *command);
}

Result<workflows::RecordCheck> Desk::with_evidence(const Asked& asked,
                                                   const CheckOutcome& outcome) {
  const auto& result = outcome.result;
  workflows::RecordCheck command{.step = asked.step,
                                 .entry = asked.entry,
                                 .verdict = to_string(result.verdict),
                                 .check_sha256 = asked.check.check.sha256,
                                 .camera = asked.check.camera};
  const auto* known = known_check(asked.check.check.sha256);
  if (outcome.frames.empty() || known == nullptr) return command;
  for (const auto& frame : outcome.frames) {
    auto digest = session_.keep_evidence(frame);
    if (!digest) return std::unexpected(digest.error());
    command.frames.push_back(std::move(*digest));
  }
  auto engine = ports_.engine_sha256 ? ports_.engine_sha256() : Result<std::string>("");
  if (!engine) return std::unexpected(engine.error());
  auto document =
      session_.keep_evidence(evidence_document(known->check, asked.job, outcome, *engine));
  if (!document) return std::unexpected(document.error());
  command.evidence = std::move(*document);
  if (result.threshold > 0) {
    command.score = decimal_of(result.score);
    command.threshold = decimal_of(result.threshold);
  }
  if (result.verdict == vision::Verdict::kPass) command.readings = result.readings;
  for (const auto& region : result.regions)
    if (region.verdict != vision::Verdict::kPass)
      command.regions.push_back(fmt::format("{}: {}", region.region, region.code));
  return command;
}

void Desk::on(const ui::PutRight& intent) {
  perform(workflows::PutRight{intent.step, intent.entry, intent.reason}, actor());
}

void Desk::on(const ui::DecideCheck& intent) {
  perform(
      workflows::DecideCheck{intent.step, intent.entry, intent.ok ? "ok" : "not_ok", intent.reason},
      actor());
}

// Each value is recorded by itself, with the camera as its source; one that is refused is told, and
// the next ones are not given.
void Desk::on(const ui::TakeReadings& intent) {
  const auto* state = run();
  const auto ref = workflows::step_ref_from_text(intent.step);
  const auto* entry = state == nullptr ? nullptr : entry_of(*state, intent.step, intent.entry);
  if (user_.empty() || !ref || entry == nullptr || !entry->camera_check) return;
  const auto check = *entry->camera_check;
  const auto step = state->steps.find(*ref);
  if (step == state->steps.end()) return;
  const auto found = step->second.checks.find(intent.entry);
  if (found == step->second.checks.end() || found->second.newest() == nullptr) return;
  const auto readings = found->second.newest()->readings;
  const auto taken = found->second.taken;
  for (const auto& [name, filled] : check.fills) {
    const auto reading =
        std::ranges::find(readings, name, &std::pair<std::string, std::string>::first);
    if (reading == readings.end() || taken.contains(filled)) continue;
    const workflows::RecordEntry command{.step = intent.step,
                                         .entry = filled,
                                         .raw = reading->second,
                                         .unit = {},
                                         .source = workflows::camera_source(check)};
    if (!perform(command, actor())) return;
  }
}

void Desk::on(const ui::ConfirmCheckWorked& intent) {
  const auto ref = workflows::step_ref_from_text(intent.step);
  if (!ref || !perform(workflows::ConfirmCheckWorked{intent.step, intent.entry}, actor())) return;
  if (workflows::needs(*run(), *ref, session_.clock().now(), session_.site()).complete() &&
      perform(workflows::CompleteStep{intent.step}, actor()))
    after_completion(*ref);
}

// ---- Challenges: one check after the other, each recorded when it was shown its pictures.

void Desk::start_challenge(const Asked& asked) {
  const auto need = need_of(asked);
  if (!need || need->act != workflows::CheckNeed::Act::kChallenge) {
    notice_ = std::string(words()("desk.no_check_due"));
    return;
  }
  live_ = {.run = asked.run,
           .step = asked.step,
           .entry = asked.entry,
           .checking = true,
           .by = asked.by.person};
  challenge_next(asked, need->checks);
}

void Desk::challenge_next(const Asked& asked, std::vector<std::string> left) {
  if (left.empty() || live_.is_stopped) {
    live_.checking = false;
    return follow_camera();
  }
  const auto* state = session_.find(asked.run);
  const auto* approved =
      state == nullptr ? nullptr : find_camera_check(state->mbr->procedure, left.front());
  const auto* known = approved == nullptr ? nullptr : known_check(approved->check.sha256);
  Asked next = asked;
  if (approved != nullptr) next.check = *approved;
  if (known == nullptr || known->challenge.empty() || ports_.cameras == nullptr ||
      ports_.cameras->find(next.check.camera) == nullptr) {
    return finish_challenge(next, std::move(left),
                            {.problem = "There is no challenge set, or no camera."});
  }
  const auto progress = [this, asked = next](const ChallengeProgress& so_far) {
    if (!live_.checking || asked.number != checks_asked_) return;
    live_.pictures = so_far.shown;
    live_.asked = so_far;
    if (!so_far.card.empty()) live_.card_camera = asked.check.camera;
    follow_camera();
  };
  auto engine = ports_.engine_sha256 ? ports_.engine_sha256() : Result<std::string>("");
  if (!engine) return finish_challenge(next, std::move(left), {.problem = engine.error().message});
  CheckJob job{.camera = next.check.camera,
               .check = known->file,
               .expected = {},
               .is_sequence = std::holds_alternative<vision::SequenceCheck>(known->check.rule),
               .source = ports_.cameras->find(next.check.camera)->kind};
  ports_.cameras->challenge({.check = std::move(job),
                             .folder = known->challenge.string(),
                             .engine_sha256_hex = std::move(*engine),
                             .manifest_sha256_hex = next.check.check.challenge_sha256},
                            progress, [this, next, left](const ChallengeOutcome& outcome) {
                              finish_challenge(next, left, outcome);
                            });
}

// Only who began it shows what is asked for: the line names one person.
void Desk::on(const ui::CardShown& intent) {
  const bool is_asked = live_.checking && !live_.asked.card.empty() && user_ == live_.by &&
                        intent.step == live_.step && intent.entry == live_.entry &&
                        intent.request == live_.asked.request;
  if (!is_asked || ports_.cameras == nullptr) return;
  live_.asked = {};
  ports_.cameras->card_in_view(intent.request);
}

// A check that was shown nothing did not pass: recorded as such, it is off, and people decide.
void Desk::finish_challenge(const Asked& asked, std::vector<std::string> left,
                            const ChallengeOutcome& outcome) {
  if (asked.number == checks_asked_) {
    live_.asked = {};
    live_.card_camera.clear();
  }
  if (outcome.stopped) {
    if (asked.number == checks_asked_) live_.checking = false;
    follow_camera();
    return;
  }
  const std::string check = left.front();
  left.erase(left.begin());
  if (asked.number == checks_asked_) {
    const auto* known = known_check(asked.check.check.sha256);
    // Without its pictures and documents.
    live_.challenged.emplace_back(
        known == nullptr ? check : presenter::in_language(known->check.title, language_),
        ChallengeOutcome{.good = outcome.good,
                         .good_passed = outcome.good_passed,
                         .bad = outcome.bad,
                         .bad_failed = outcome.bad_failed,
                         .wrong = outcome.wrong,
                         .problem = outcome.problem});
  }
  workflows::RecordChallenge command{.step = asked.step,
                                     .entry = asked.entry,
                                     .check = check,
                                     .check_sha256 = asked.check.check.sha256,
                                     .camera = asked.check.camera};
  if (outcome.problem.empty()) {
    const auto document = keep(outcome);
    if (!document) {
      live_.checking = false;
      storage_failed();
      return;
    }
    command.good = outcome.good;
    command.good_passed = outcome.good_passed;
    command.bad = outcome.bad;
    command.bad_failed = outcome.bad_failed;
    command.evidence = *document;
    command.manifest = outcome.manifest_sha256_hex;
  }
  if (!record(asked, command)) {
    live_.checking = false;
    return;
  }
  challenge_next(asked, std::move(left));
}

// What the document names comes first.
Result<std::string> Desk::keep(const ChallengeOutcome& outcome) {
  for (const auto& frame : outcome.frames)
    if (auto digest = session_.keep_evidence(frame); !digest)
      return std::unexpected(digest.error());
  if (!outcome.manifest.empty())
    if (auto digest = session_.keep_evidence(outcome.manifest); !digest)
      return std::unexpected(digest.error());
  return session_.keep_evidence(outcome.document);
}

}  // namespace batchwright::client
