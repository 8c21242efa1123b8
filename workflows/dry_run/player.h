// One run, played command by command as a panel would: decides, commits, applies. Between commands
// a second of virtual time passes. What must hold on every way is checked here.
#pragma once

#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "record/signature.h"
#include "workflows/dry_run/cast.h"
#include "workflows/dry_run/ledger.h"
#include "workflows/engine.h"

namespace batchwright::workflows::dry {

// What all ways share.
struct Stage {
  explicit Stage(std::shared_ptr<const Mbr> recipe, Ledger& counted);

  std::shared_ptr<const Mbr> mbr;  // never a draft
  Cast cast;
  Ledger& ledger;
  RunState start;                                          // before the first line
  std::map<std::string, std::vector<std::string>> firsts;  // step -> steps that must precede it

  // Of a computed entry: the entered values that it depends on.
  [[nodiscard]] const std::set<std::string>& leaves(const std::string& computed) const;
  [[nodiscard]] const RunIndex& index() const { return *start.index; }

 private:
  mutable std::map<std::string, std::set<std::string>> leaves_;
};

using Drafts = std::vector<record::Draft>;

class Player;

// What happens otherwise than in a clean run; by itself nothing does.
class Way {
 public:
  virtual ~Way() = default;

  // Each once per step instance, in this order. A hook may give commands; the player then looks at
  // the run afresh.
  virtual void before(Player&, const StepRef&) {}
  virtual void running(Player&, const StepRef&) {}
  virtual void recording(Player&, const StepRef&, const Entry&) {}
  virtual void recorded(Player&, const StepRef&, const Entry&) {}
  virtual void filled(Player&, const StepRef&) {}  // every entry has its value
  virtual void signing(Player&, const StepRef&, const SignatureRule&) {}
  virtual void completing(Player&, const StepRef&) {}
  virtual void complete(Player&, const StepRef&) {}

  // Empty = not entered this time.
  virtual std::string value(Player& player, const StepRef& ref, const Entry& entry);
  // What the camera says of the object, or people in its place: pass, fail, undecided,
  // not_performed; ok, not_ok where people may decide. Empty = nothing now.
  virtual std::string verdict(Player& player, const StepRef& ref, const Entry& entry,
                              const CheckNeed& need);
  virtual void judged(Player&, const StepRef&, const Entry&) {}
  // The challenge of this check shows that it is suitable.
  virtual bool suits(Player&, const StepRef&, const Entry&, const std::string&) { return true; }
  // Something holds: true = the way has dealt with it.
  virtual bool held(Player&) { return false; }
  // Transitions that wait for a person, best first.
  virtual void rank(Player&, std::vector<std::pair<std::string, std::string>>&) {}
  virtual void committed(Player&, const Drafts&) {}
  virtual void end(Player&) {}  // the run is over
};

class Player {
 public:
  Player(const Stage& stage, Way& way, std::string name);

  // From start to end. False when it could not be finished; the reason is a finding.
  bool play();

  // Decides without doing it.
  [[nodiscard]] std::expected<Drafts, Refusal> ask(const Command& command,
                                                   const SimulatedPerson& who) const;
  [[nodiscard]] std::expected<Drafts, Refusal> ask_at(const Command& command,
                                                      const SimulatedPerson& who, Instant when,
                                                      const SiteFacts& facts) const;
  // The same of a state that is not the run's own.
  [[nodiscard]] std::expected<Drafts, Refusal> ask_in(const RunState& other, const Command& command,
                                                      const SimulatedPerson& who, Instant when,
                                                      const SiteFacts& facts) const;
  // Does it; false when it was refused, see `refusal`.
  bool perform(const Command& command, const SimulatedPerson& who);
  // The same where a refusal is a finding.
  bool must(const Command& command, const SimulatedPerson& who);

  [[nodiscard]] const SimulatedPerson& worker(const StepRef& ref) const;
  [[nodiscard]] const SimulatedPerson& beginner(const StepRef& ref) const;
  [[nodiscard]] SignStep signature(const StepRef& ref, const SignatureRule& rule,
                                   const SimulatedPerson& who) const;
  // Signed about the run as a whole: "handed over", "taken over", a review.
  [[nodiscard]] SignStep statement_about_run(const std::string& meaning, const SimulatedPerson& who,
                                             std::vector<std::string> covered = {}) const;
  // Who may give this signature now; nullptr when nobody is left.
  [[nodiscard]] const SimulatedPerson* signer(const StepRef& ref, const SignatureRule& rule) const;
  // `kind`: production, quality.
  bool review(const std::string& kind, const SimulatedPerson& who);
  // Lets go on what `exception` stops, by the person it calls.
  bool release(const std::string& exception);
  // Every exception that blocks the batch; true when none is left.
  bool release_blockers();
  // Whatever holds run, operation or step now. False when nothing did.
  bool release_anything(const StepRef& ref);
  // After a refusal to begin: lets time pass, or brings the result, that opens the gate.
  bool wait_for_gate(const StepRef& ref);
  void wait_s(std::int64_t seconds) { now.unix_ms += seconds * 1000; }
  // Enters a value as the device would that captures it.
  bool record(const StepRef& ref, const Entry& entry, const std::string& raw);
  bool bring_results(const std::map<std::string, std::string>& values, bool only_blocking);

  [[nodiscard]] const StepContent& content(const StepRef& ref) const;
  [[nodiscard]] const StepState& step(const StepRef& ref) const { return state.steps.at(ref); }
  [[nodiscard]] const RecordedValue* value(const StepRef& ref, const std::string& entry) const;
  [[nodiscard]] std::vector<std::string> exception_classes() const;
  // An exception of this class is among those after the first `count`.
  [[nodiscard]] bool opened_after(std::size_t count, std::string_view exception_class) const;

  const Stage& stage;
  const std::string name;  // of the way, for findings
  Instant now{1'795'000'000'000, 0};
  RunState state;
  SiteFacts site;  // as of `now` at the start
  Refusal refusal;
  bool gave_up = false;
  std::size_t commands = 0;

 private:
  enum class Turn { kNothing, kDone, kStuck };

  [[nodiscard]] Context context(const SimulatedPerson& who) const;
  void commit(const Drafts& drafts);
  void observe(const record::Draft& draft);
  void check_order(const StepRef& ref);
  void check_replay();
  bool work();
  Turn work_at(const StepRef& ref);
  Turn begin(const StepRef& ref);
  Turn fill(const StepRef& ref);
  Turn finish(const StepRef& ref);
  bool choose();
  // player_checks.cpp
  Turn judge(const StepRef& ref, const Entry& entry);
  Turn challenge(const StepRef& ref, const Entry& entry, const std::string& check);
  Turn confirm(const StepRef& ref);
  bool look(const StepRef& ref, const Entry& entry, const std::string& verdict,
            std::vector<std::pair<std::string, std::string>> readings);
  std::vector<std::pair<std::string, std::string>> planned_readings(const StepRef& ref,
                                                                    const CameraCheck& check);
  [[nodiscard]] static const CheckNeed* find_need(const StepNeeds& all, const std::string& entry);
  void report_stuck();
  bool first_time(const std::string& hook, const StepRef& ref);

  Way& way_;
  std::vector<record::StoredLine> lines_;
  std::set<std::string> seen_;
  std::set<std::pair<StepRef, std::string>> left_out_;
  std::map<std::pair<StepRef, std::string>, std::string> planned_;  // what a camera will read
  std::uint64_t exceptions_opened_ = 0;
  mutable std::uint64_t challenges_ = 0;
};

[[nodiscard]] bool has_event(const Drafts& drafts, std::string_view type);
// Classes of the exceptions that `drafts` open; of one entry unless it is empty.
[[nodiscard]] std::vector<std::string> opened(const Drafts& drafts, const std::string& entry = {});
[[nodiscard]] std::string body_text(const record::Draft& draft, const char* key);

}  // namespace batchwright::workflows::dry
