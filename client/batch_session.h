// The shell around the engine: command -> decide -> seal -> append -> apply. The only place where
// runs change. Owns the runs' states and the journal's end. Used by one thread at a time (the
// session thread).
//
// A step is done when its events are on disk, and never before: `execute` returns after the store
// said so.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/time.h"
#include "client/device_identity.h"
#include "client/site_knowledge.h"
#include "client/trusted_time.h"
#include "offline_store/store.h"
#include "record/journal_writer.h"
#include "record/signature.h"
#include "workflows/engine.h"

namespace batchwright::client {

struct Actor {
  std::string person;  // empty = person not identified
  std::string role;
  std::vector<std::string> roles;
  std::string performed_by;  // empty = the actor
};

// A batch (or other run) that the site issued to be executed here.
struct Issue {
  record::BatchIssue batch;
  std::string document_sha256;
};

class BatchSession {
 public:
  // What became durable: called after each commit with its lines, before `execute` returns.
  using Committed = std::function<void(const std::vector<record::StoredLine>&)>;

  // Reads the whole journal and folds it. `store` and `clock` must outlive the session.
  [[nodiscard]] static Result<std::unique_ptr<BatchSession>> open(offline_store::Store& store,
                                                                  DeviceIdentity identity,
                                                                  const Clock& clock);

  void on_committed(Committed callback) { committed_ = std::move(callback); }

  // kRefused with the engine's words (place = rule) when the command may not happen; any other code
  // means that nothing was saved. Returns the lines that were committed; none when the command had
  // no effect (Tick). What the record keeps of a refusal is committed before it is answered.
  [[nodiscard]] Result<std::vector<record::StoredLine>> execute(const std::string& run,
                                                                const workflows::Command& command,
                                                                const Actor& actor,
                                                                const std::string& lang = "en");

  // Starts the run that `issue` stands for. kConflict when it was started here before, kRefused
  // when its master batch record was recalled.
  [[nodiscard]] Result<std::string> start(const Issue& issue, const Actor& actor);

  // Facts about the panel itself: session_opened, session_locked, person_failed, made_safe,
  // program_started.
  [[nodiscard]] Result<void> record_device_event(const std::string& type, Json body,
                                                 const Actor& actor);

  // The statement a person would sign now on `step`, over what is committed now; on the run itself,
  // over none of its lines, when the step's path is empty. Fresh challenge each time.
  [[nodiscard]] Result<record::SignatureStatement> statement_to_sign(
      const std::string& run, const workflows::StepRef& step, const std::string& meaning,
      const std::string& meaning_words, const record::Person& signer,
      const std::string& role) const;

  // Bytes of a photo or file, durable before the event that cites them; answers their hex digest.
  [[nodiscard]] Result<std::string> keep_evidence(std::string_view bytes);

  // Forgets nothing, adds what arrived: newer directory, issues and MBRs from the catalogue.
  [[nodiscard]] Result<void> reload_catalogue();

  [[nodiscard]] const std::map<std::string, workflows::RunState>& runs() const { return runs_; }
  [[nodiscard]] const workflows::RunState* find(const std::string& run) const;
  [[nodiscard]] std::vector<Issue> startable() const;  // issued, not started here, MBR at hand
  [[nodiscard]] std::shared_ptr<const workflows::Mbr> mbr(const std::string& hash_hex) const;
  [[nodiscard]] const record::Directory& directory() const { return directory_; }
  [[nodiscard]] const DeviceIdentity& identity() const { return identity_; }
  [[nodiscard]] const record::Head& head() const { return writer_.head(); }
  // Now as the record has it: it does not jump when somebody sets the machine's clock.
  [[nodiscard]] const TrustedTime& clock() const { return time_; }
  // nullptr while the site has told nothing.
  [[nodiscard]] const workflows::SiteFacts* site() const { return site_.facts(); }

 private:
  BatchSession(offline_store::Store& store, DeviceIdentity identity, const Clock& clock,
               record::Head head);

  [[nodiscard]] Result<void> load_issues();
  // Every run of a recalled master batch record learns it, once.
  [[nodiscard]] Result<void> tell_recalls();
  // `catch_up` folds the lines that are here already into newer facts.
  [[nodiscard]] Result<void> load_site(const std::function<Result<void>(SiteKnowledge&)>& catch_up);
  using Visit = std::function<Result<void>(const record::StoredLine&)>;
  [[nodiscard]] Result<void> each_line(const Visit& visit);
  [[nodiscard]] Result<void> take_up(const record::StoredLine& line);
  void fold(const record::StoredLine& line);
  [[nodiscard]] bool is_key_of(const std::string& person, const std::string& key_hex) const;
  void keep_refusal(const workflows::Refusal& refusal);
  [[nodiscard]] Result<std::vector<record::StoredLine>> commit(
      const std::vector<record::Draft>& drafts);
  [[nodiscard]] workflows::Context context_for(const Actor& actor, const std::string& lang) const;
  [[nodiscard]] Result<std::shared_ptr<const workflows::Mbr>> load_mbr(const std::string& hash_hex);

  offline_store::Store& store_;
  DeviceIdentity identity_;
  record::JournalWriter writer_;
  TrustedTime time_;
  SiteKnowledge site_;
  Committed committed_;
  record::Directory directory_;
  std::map<std::string, Issue> issues_;                                // by run id
  std::map<std::string, std::string> recalled_;                        // by hash: since when
  std::map<std::string, std::shared_ptr<const workflows::Mbr>> mbrs_;  // by hash
  std::map<std::string, workflows::RunState> runs_;                    // by run id
  std::uint64_t exceptions_opened_ = 0;
};

}  // namespace batchwright::client
