// Plays a run in a test: decides, gives the events a place in a journal, applies them. Lines are as
// a journal would hold them, except that the hash is taken over their content without the cost of
// sealing each commit.
#pragma once

#include <expected>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "record/keys.h"
#include "record/signature.h"
#include "workflows/engine.h"

namespace batchwright::workflows::test {

struct Person {
  std::string id;
  std::vector<std::string> roles;
};

inline const Person kMary{"mary", {"operator"}};
inline const Person kJan{"jan", {"operator"}};
inline const Person kInes{"ines", {"operator", "supervisor"}};
inline const Person kSven{"sven", {"supervisor"}};
inline const Person kPetra{"petra", {"quality"}};

// The lines of one commit, the commit line last.
using Commit = std::vector<record::StoredLine>;

// The one order of a record's lines on every machine: whole commits by (HLC of the commit line,
// device, seq).
std::vector<record::StoredLine> merged(std::vector<Commit> commits);

class RunDriver {
 public:
  explicit RunDriver(std::shared_ptr<const Mbr> mbr);

  // Decides, stores, applies. Nothing changes when it is refused.
  std::expected<std::size_t, Refusal> execute(const Command& command, const Person& who = kMary);
  // The same, where a refusal fails the test.
  void must(const Command& command, const Person& who = kMary);
  // The rule of the refusal; "" when it was not refused. Fails the test when a refusal changed the
  // state.
  std::string rule_of_refusal(const Command& command, const Person& who = kMary);

  // Stores and applies lines that no command of this run made, e.g. a recorded refusal.
  void append(const std::vector<record::Draft>& drafts);

  void start();
  // Begins the step, records `values`, completes it.
  void work(const std::string& step, const std::map<std::string, std::string>& values,
            const Person& who = kMary);
  void work(const std::string& step) { work(step, {{"done", "done"}}); }

  // The statement `who` would sign now, and the command that signs it.
  record::SignatureStatement statement(const std::string& step, const std::string& meaning,
                                       const Person& who) const;
  SignStep sign_command(const record::SignatureStatement& statement) const;
  void sign(const std::string& step, const std::string& meaning, const Person& who);
  // The command by which `who`, acting in `role`, releases what the exception stopped.
  ReleaseStep release(const std::string& step, const std::string& exception,
                      const std::string& reason, const Person& who, const std::string& role) const;
  HandOver hand_over(const std::string& note, const Person& who) const;
  TakeOver take_over(const Person& who) const;
  // Of production by somebody who acts as supervisor, of quality as quality.
  ReviewRun review(const std::string& stage, const std::string& decision, const Person& who) const;

  Context context(const Person& who) const;
  const StepState& step(const std::string& ref) const;
  const RecordedValue* value(const std::string& step, const std::string& entry) const;
  std::vector<ExceptionState> exceptions() const;  // in the order they were opened
  std::vector<std::string> open() const;           // open steps as text
  // Bodies of all lines of a type.
  std::vector<Json> bodies(const std::string& type) const;

  // What this device wrote, commit by commit.
  std::vector<Commit> commits() const;
  // Commits of other devices, in any order; known ones change nothing. The state is folded again
  // from everything known in its one order, and the clock goes on after what was seen.
  void receive(const std::vector<Commit>& others);
  // Everything known here, own and heard, in no stated order; merged() gives the one.
  std::vector<Commit> known_commits() const;

  std::shared_ptr<const Mbr> mbr;
  RunState state;
  std::string device = "panel-1", prefix = "MIX2";
  std::vector<record::StoredLine> lines;  // of this device
  std::vector<std::size_t> commit_ends;   // index behind each commit's last line
  const SiteFacts* site = nullptr;
  std::int64_t clock_uncertainty_ms = 0;
  Instant now{1'795'000'000'000, 60};
  bool hash_when_signing = true;  // false: statements name no state, which costs a lot to hash
  bool exact_lines = false;       // bytes and hashes as in a journal; set before the run starts

 private:
  void store(const record::Draft& draft);

  std::uint64_t exceptions_opened_ = 0;
  record::Hlc hlc_;  // of the newest line seen
  std::map<std::pair<std::string, std::uint64_t>, Commit> foreign_;
  mutable std::uint64_t challenges_ = 0;
};

}  // namespace batchwright::workflows::test
