// What the panel is doing: who is at it, which run and step are open, which dialog stands. Turns
// intents into commands and states into views. One thread at a time (the session thread); slow
// secrets are opened on job threads.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "client/batch_session.h"
#include "client/camera/cameras.h"
#include "client/camera/check_library.h"
#include "client/camera/drift_watches.h"
#include "client/jobs.h"
#include "client/people.h"
#include "client/presenter/camera.h"
#include "client/presenter/presenter.h"
#include "client/releasing.h"
#include "client/sync/first_key.h"
#include "client/sync/status.h"
#include "ui/intents.h"
#include "ui/view_model.h"

namespace batchwright::client {

struct DeskOptions {
  std::string strings;                   // folder of the panel's own words, one file per language
  std::int64_t lock_after_ms = 300'000;  // no touch for this long locks (rule R24)
  std::int64_t warn_before_ms = 30'000;
  std::int64_t sign_timeout_ms =
      120'000;  // a signing page open longer must be read again (rule R23)
};

// Outside things the desk asks for; each answers at once.
struct DeskPorts {
  std::function<sync::SyncStatus()> sync;
  std::function<Result<std::string>()>
      photo;  // bytes of the next picture of the camera or picture folder
  // Hands the key of a first sign-in to the twin. Called on a job thread; may take a while.
  std::function<Result<void>(const sync::FirstKey&)> first_key;
  // nullptr: no camera; its checks are not performed, and two people decide. Outlives the desk.
  Cameras* cameras = nullptr;
  const CheckLibrary* checks = nullptr;
  DriftWatches* drift = nullptr;  // nullptr: nobody watches. Outlives the desk
  std::function<Result<std::string>()> engine_sha256 = {};  // of the program that judges
};

class Desk {
 public:
  // All references must outlive the desk. kUnreadable when the words are missing.
  [[nodiscard]] static Result<std::unique_ptr<Desk>> open(BatchSession& session,
                                                          offline_store::Store& store, Jobs& jobs,
                                                          DeskPorts ports, DeskOptions options);

  void handle(const ui::Intent& intent);
  void touched();  // any touch: the panel doesn't lock
  // Time passes: maxima, auto-lock. Call about once a second. True when the view may have changed.
  bool tick();
  [[nodiscard]] ui::AppView view() const;
  // The first role of a person in the language shown; empty when not rostered.
  [[nodiscard]] std::string role_words_of(const std::string& person) const;

 private:
  enum class Screen { kSignIn, kPassword, kRuns, kStep, kMap, kExceptions, kLock };

  // What a signature is for, besides a step's own.
  struct Release {
    std::string exception, reason;
  };
  struct HandingOver {
    std::string note;
  };
  struct TakingOver {};
  using Act = std::variant<std::monostate, Release, HandingOver, TakingOver>;

  struct PendingSignature {
    record::SignatureStatement statement;
    workflows::StepRef step;         // path empty: about the run
    std::string meaning;             // "performed", "released", ...
    std::vector<std::string> roles;  // one of which the signer acts in; empty = any of theirs
    Act act;
    std::vector<std::string> candidates;  // person ids, when another person is needed
    std::int64_t opened_ms = 0;
    bool busy = false;
    std::string error;
  };

  Desk(BatchSession& session, offline_store::Store& store, Jobs& jobs, DeskPorts ports,
       DeskOptions options);

  // Intents, one handler each.
  void on(const ui::ChoosePerson& intent);
  void on(const ui::SubmitPassword& intent);
  void on(const ui::Lock& intent);
  void on(const ui::SwitchUser& intent);
  void on(const ui::ChooseLanguage& intent);
  void on(const ui::Back& intent);
  void on(const ui::ShowRuns& intent);
  void on(const ui::ShowMap& intent);
  void on(const ui::ShowExceptions& intent);
  void on(const ui::OpenRun& intent);
  void on(const ui::StartIssued& intent);
  void on(const ui::ChooseStep& intent);
  void on(const ui::BeginStep& intent);
  void on(const ui::SubmitValue& intent);
  void on(const ui::SubmitCorrection& intent);
  void on(const ui::AttachPhoto& intent);
  void on(const ui::CompleteStep& intent);
  void on(const ui::Recover& intent);
  void on(const ui::Observe& intent);
  void on(const ui::ReportDeviation& intent);
  void on(const ui::ReleaseHold& intent);
  void on(const ui::StartCheck& intent);
  void on(const ui::CancelCheck& intent);
  void on(const ui::CardShown& intent);
  void on(const ui::PutRight& intent);
  void on(const ui::DecideCheck& intent);
  void on(const ui::TakeReadings& intent);
  void on(const ui::ConfirmCheckWorked& intent);
  void on(const ui::MarkNotApplicable& intent);
  void on(const ui::ChooseWay& intent);
  void on(const ui::HandOver& intent);
  void on(const ui::TakeOver& intent);
  void on(const ui::OpenSign& intent);
  void on(const ui::ChooseSigner& intent);
  void on(const ui::ConfirmSign& intent);
  void on(const ui::CancelSign& intent);
  void on(const ui::MakeSafe& intent);
  void on(const ui::Teach&) {}  // where batches are made nothing is taught
  void on(const ui::DismissDialog& intent);
  void on(const ui::DismissNotice& intent);

  // desk_signing.cpp
  void begin_signing(PendingSignature pending, const std::vector<std::string>& signers);
  void prepare_signature(const std::string& person);
  [[nodiscard]] workflows::Command signed_command(const record::SecretKey& key) const;
  // desk_acts.cpp
  void release(const workflows::RunState& state, const workflows::ExceptionState& exception,
               const std::string& reason);
  [[nodiscard]] std::vector<std::string> people_in(const std::vector<std::string>& roles,
                                                   const std::string& barred) const;
  void finish_signature(const Result<record::SecretKey>& key, const record::Person& signer,
                        const std::string& challenge);
  [[nodiscard]] std::vector<std::string> signers_for(const workflows::RunState& run,
                                                     const workflows::StepRef& step,
                                                     const workflows::SignatureRule& rule) const;
  // desk_people.cpp
  void finish_sign_in(const Result<record::SecretKey>& key, const std::string& person,
                      std::uint64_t attempt);
  void choose_first_password(const ui::SubmitPassword& intent);
  void finish_first_password(const Result<void>& given, const std::string& person,
                             std::uint64_t attempt);
  void forget_attempt();
  void lock(const std::string& why);
  [[nodiscard]] Actor actor(const std::string& role = {}) const;
  [[nodiscard]] const record::Person* user() const;
  bool fact(const std::string& type, Json body);  // false and a message when it was not saved

  // desk_steps.cpp
  bool perform(const workflows::Command& command, const Actor& by);
  [[nodiscard]] std::string completed_raw(const std::string& step, const std::string& entry,
                                          const std::string& raw) const;
  void show_consequences(const std::vector<record::StoredLine>& lines);
  void open_step(const workflows::StepRef& step);
  void open_best_step();
  void after_completion(const workflows::StepRef& done);
  [[nodiscard]] const workflows::RunState* run() const { return session_.find(run_); }
  [[nodiscard]] bool interrupted() const;
  void storage_failed();
  void watch_clock();

  // desk_checks.cpp
  // Whose check it is, also when somebody else is at the panel when it ends.
  struct Asked {
    std::string run, step, entry;
    Actor by;
    workflows::CameraCheck check;
    CheckJob job;
    std::uint64_t number = 0;
  };
  void start_check(const workflows::Entry& entry, Asked asked);
  void watch_drift(const Asked& asked, const CheckOutcome& outcome);
  void finish_check(const Asked& asked, const CheckOutcome& outcome);
  [[nodiscard]] std::optional<workflows::CheckNeed> need_of(const Asked& asked) const;
  void start_challenge(const Asked& asked);
  void challenge_next(const Asked& asked, std::vector<std::string> left);
  void finish_challenge(const Asked& asked, std::vector<std::string> left,
                        const ChallengeOutcome& outcome);
  [[nodiscard]] Result<std::string> keep(const ChallengeOutcome& outcome);
  void record_check(const Asked& asked, const CheckOutcome& outcome);
  bool record(const Asked& asked, const workflows::Command& command);
  [[nodiscard]] Result<workflows::RecordCheck> with_evidence(const Asked& asked,
                                                             const CheckOutcome& outcome);
  [[nodiscard]] const KnownCheck* known_check(const std::string& sha256_hex) const;
  [[nodiscard]] std::optional<ui::CameraView> camera_view() const;
  void follow_camera();  // the camera is on while its picture is shown, and no longer
  void end_deserted_challenge();

  // desk_view.cpp
  [[nodiscard]] presenter::Viewer viewer() const;
  [[nodiscard]] ui::ScreenView screen_view() const;
  [[nodiscard]] std::optional<ui::DialogView> dialog_view() const;
  [[nodiscard]] bool is_in_run() const;
  [[nodiscard]] std::vector<ui::SummaryRowView> act_rows(const workflows::RunState& state) const;
  [[nodiscard]] ui::LockView lock_view() const;
  [[nodiscard]] ui::SignInView sign_in_view() const;
  [[nodiscard]] ui::RecoveryView recovery_view() const;
  [[nodiscard]] std::vector<std::string> running_batches() const;
  [[nodiscard]] const ui::Words& words() const;

  BatchSession& session_;
  offline_store::Store& store_;
  Jobs& jobs_;
  DeskPorts ports_;
  DeskOptions options_;
  std::map<std::string, ui::Words> words_;  // by language

  Screen screen_ = Screen::kSignIn;
  std::string language_ = "en";
  std::string user_;       // person id; empty = nobody
  std::string chosen_;     // person whose password is asked
  std::string locked_by_;  // name, while locked
  std::string locked_since_;
  bool password_busy_ = false;
  std::uint64_t attempt_ = 0;  // a sign-in that somebody turned away from lets nobody in
  std::string error_;          // of sign-in or password
  Attempts attempts_;

  std::string run_;  // open run
  workflows::StepRef step_;
  presenter::LiveCheck live_;
  std::uint64_t checks_asked_ = 0;
  std::string watched_;       // camera
  std::string out_of_limit_;  // exception id whose dialog stands
  std::optional<PendingSignature> pending_;
  std::optional<ui::MessageView> message_;
  std::string notice_;
  std::string alert_;  // what nobody asked about; waits until no notice is shown
  // Steps that were running when the program started: run and step -> ms of the last line before.
  std::map<std::pair<std::string, workflows::StepRef>, std::int64_t> interrupted_;
  std::int64_t touched_ms_ = 0;
  std::int64_t wall_moved_ms_ = 0;  // as told last
};

}  // namespace batchwright::client
