// A whole panel in memory: site, people with passwords, a small procedure, desk. Time stands still
// until told.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client/batch_session.h"
#include "client/desk.h"
#include "offline_store/store.h"

namespace batchwright::client::test {

inline constexpr const char* kPasswordOf[][2] = {{"mary", "mary-password"},
                                                 {"jan", "jan-password"},
                                                 {"ines", "ines-password"},
                                                 {"petra", "petra-password"}};

// Jobs that wait while `hold` is set, as if the secret took its time.
class PatientJobs final : public Jobs {
 public:
  void run(std::function<Continuation()> work) override {
    waiting_.push_back(std::move(work));
    if (!hold) finish();
  }
  void finish() {
    const auto work = std::exchange(waiting_, {});
    for (const auto& job : work) job()();
  }

  bool hold = false;

 private:
  std::vector<std::function<Continuation()>> waiting_;
};

// What looks, and the check files it looks by; none by itself.
struct PanelCameras {
  Cameras* cameras = nullptr;
  const CheckLibrary* checks = nullptr;
  DriftWatches* drift = nullptr;
};

// Two operators (mary, jan), a supervisor (ines), quality (petra), an operator without a password
// yet (eva); one issued batch B-1 of a three-step procedure:
//   op/temperature: decimal 24.0-26.0 °C, alert 24.5-25.5, plan R2 (re-measure once), signed by the
//   performer op/weigh: decimal, signed by performer and a different verifier op/close:
//   acknowledge, no signature
//
// With another procedure the id and version are still those of TEST-1; with `facts` (the text of a
// batchwright/site-facts/1) the site tells them as version 1.
class Panel {
 public:
  explicit Panel(const char* procedure = nullptr, const std::string& facts = {},
                 PanelCameras with = {});

  // The site's facts as its signed document `version`, as the feed would bring them.
  void tell_facts(const std::string& facts, std::uint64_t version);

  // The site's newest word on the recipe, as the feed would bring it.
  void tell_state(const std::string& state);

  // Taps: what ui/ would send.
  void sign_in(const std::string& person);
  void open_batch();
  void value(const std::string& entry, const std::string& raw);
  void sign(const std::string& person);
  [[nodiscard]] const workflows::RunState& run() const;
  [[nodiscard]] ui::StepView step() const;
  [[nodiscard]] std::string current_step() const { return step().step; }
  [[nodiscard]] std::size_t lines() const;
  // Closes nothing, loses nothing: a new session and desk over the same store, as after a power
  // cut.
  void restart();

  // Signs on the page that stands: chooses `person` when somebody else is shown.
  void confirm(const std::string& person);

  ManualClock clock{Instant{.unix_ms = 1'795'000'000'000, .offset_minutes = 60}};
  record::SecretKey site_key, device_key;
  std::map<std::string, record::SecretKey> keys;
  std::unique_ptr<offline_store::Store> store;
  std::unique_ptr<BatchSession> session;
  PatientJobs jobs;
  sync::SyncStatus sync;
  std::string photo = "picture bytes";
  std::vector<client::sync::FirstKey> first_keys;  // given to the twin; it knows the secret "once"
  std::unique_ptr<Desk> desk;

 private:
  void enrol(const char* procedure);
  void open();
  DeviceIdentity identity_;
  PanelCameras with_;
};

}  // namespace batchwright::client::test
