// One call of decide: the events so far, applied to a preview of the state as they are emitted, so
// that every later question sees the consequences of the earlier answers.
#pragma once

#include <expected>
#include <set>
#include <string>
#include <vector>

#include "workflows/engine.h"
#include "workflows/internal/state_edit.h"

namespace batchwright::workflows {

using Checked = std::expected<void, Refusal>;

[[nodiscard]] std::unexpected<Refusal> refuse(std::string rule, std::string message,
                                              std::string place = {});

// What an exception is about; id, number and severity are added when it is opened.
struct Trouble {
  std::string exception_class;
  std::string entry = {}, value = {}, limit = {}, plan = {};
  std::string message = {};
  std::string blocks = {}, release = {};  // what it stops and who releases it; empty = by its class
                                          // and plan
};

class Decision {
 public:
  Decision(const RunState& state, const Context& context);

  [[nodiscard]] const StateEdit& state() const { return state_; }
  [[nodiscard]] const Context& context() const { return context_; }
  [[nodiscard]] const RunIndex& index() const { return state_.index(); }

  // Adds the event about `step` (empty = none) and applies it to the preview.
  void emit(const Event& event, const std::string& step = {});
  [[nodiscard]] std::string next_id() { return ids_.next(); }
  // Answers the new exception's id.
  std::string open_exception(const Trouble& trouble, const std::string& step = {});

  // Fires everything that follows by itself, until the run is quiet: transitions, bars, next steps
  // ready, groups and the run complete. Refused when that doesn't end.
  [[nodiscard]] Checked advance();

  // Computes the entries of `ref` whose inputs are all there and that have no value yet.
  void compute_entries(const StepRef& ref);
  // After the value of an entry changed: computes again whatever reads it.
  void recompute_after(const StepRef& ref, const std::string& entry);
  // After a correction of `ref`: re-opens the complete steps that rely on a step whose values or
  // limits it changed.
  void reopen_relying(const StepRef& ref, const std::string& entry);

  // Brings run ("") or group to the state the table gives, and through an "-ing" state that is over
  // at once. The caller has asked the table.
  void change_state(const std::string& element, ProceduralCommand command,
                    const std::string& reason);
  [[nodiscard]] ProceduralState state_of(const std::string& element) const;
  // A token waits before a transition that a person chooses.
  [[nodiscard]] bool can_choose(const std::string& chart, const Node& transition) const;

  [[nodiscard]] std::vector<record::Draft> take_drafts() { return std::move(drafts_); }

 private:
  void make_move(const std::string& chart, const std::string& place);
  void start_element(const std::string& path);
  void finish_group(const std::string& path);
  void report_condition(const std::string& chart, const Node& transition, const std::string& why);
  [[nodiscard]] bool wants_computing(const StepRef& ref, const Entry& entry) const;
  void compute(const StepRef& ref, const Entry& entry);
  [[nodiscard]] bool wants_limits(const StepRef& ref, const Entry& entry) const;
  void compute_limits(const StepRef& ref, const Entry& entry);
  void judge_again(const StepRef& ref, const Entry& entry);
  void emit_change(const std::string& element, ProceduralState to, const std::string& command,
                   const std::string& reason);
  void settle();
  void block(const Trouble& trouble, const std::string& blocks, const std::string& id,
             const std::string& step);

  StateEdit state_;
  const Context& context_;
  IdSource ids_;
  std::uint64_t exceptions_opened_ = 0;
  std::vector<record::Draft> drafts_;
  std::set<std::string> changed_;  // step paths whose computed values or limits changed
};

// One per command; each in the file of its subject (decide_*.cpp).
[[nodiscard]] Checked decide_command(Decision& decision, const StartRun& command);
[[nodiscard]] Checked decide_command(Decision& decision, const BeginStep& command);
[[nodiscard]] Checked decide_command(Decision& decision, const RecordEntry& command);
[[nodiscard]] Checked decide_command(Decision& decision, const CorrectEntry& command);
[[nodiscard]] Checked decide_command(Decision& decision, const InvalidateValue& command);
[[nodiscard]] Checked decide_command(Decision& decision, const MarkNotApplicable& command);
[[nodiscard]] Checked decide_command(Decision& decision, const RecordResult& command);
[[nodiscard]] Checked decide_command(Decision& decision, const CommentException& command);
[[nodiscard]] Checked decide_command(Decision& decision, const ReportDeviation& command);
[[nodiscard]] Checked decide_command(Decision& decision, const AnnotateStep& command);
[[nodiscard]] Checked decide_command(Decision& decision, const ReportFailure& command);
[[nodiscard]] Checked decide_command(Decision& decision, const SignStep& command);
[[nodiscard]] Checked decide_command(Decision& decision, const CompleteStep& command);
[[nodiscard]] Checked decide_command(Decision& decision, const ReleaseStep& command);
[[nodiscard]] Checked decide_command(Decision& decision, const ForceStep& command);
[[nodiscard]] Checked decide_command(Decision& decision, const OverrideGate& command);
[[nodiscard]] Checked decide_command(Decision& decision, const RepeatStep& command);
[[nodiscard]] Checked decide_command(Decision& decision, const RecoverStep& command);
[[nodiscard]] Checked decide_command(Decision& decision, const ChooseTransition& command);
[[nodiscard]] Checked decide_command(Decision& decision, const Control& command);
[[nodiscard]] Checked decide_command(Decision& decision, const SwapEquipment& command);
[[nodiscard]] Checked decide_command(Decision& decision, const HandOver& command);
[[nodiscard]] Checked decide_command(Decision& decision, const TakeOver& command);
[[nodiscard]] Checked decide_command(Decision& decision, const RelateRun& command);
[[nodiscard]] Checked decide_command(Decision& decision, const RecallRecipe& command);
[[nodiscard]] Checked decide_command(Decision& decision, const DecideRecall& command);
[[nodiscard]] Checked decide_command(Decision& decision, const ProposeRedline& command);
[[nodiscard]] Checked decide_command(Decision& decision, const ApproveRedline& command);
[[nodiscard]] Checked decide_command(Decision& decision, const RejectRedline& command);
[[nodiscard]] Checked decide_command(Decision& decision, const ReviewRun& command);
[[nodiscard]] Checked decide_command(Decision& decision, const RecordCheck& command);
[[nodiscard]] Checked decide_command(Decision& decision, const PutRight& command);
[[nodiscard]] Checked decide_command(Decision& decision, const DecideCheck& command);
[[nodiscard]] Checked decide_command(Decision& decision, const RecordChallenge& command);
[[nodiscard]] Checked decide_command(Decision& decision, const ConfirmCheckWorked& command);
[[nodiscard]] Checked decide_command(Decision& decision, const Tick& command);

// A step instance that exists, with its content. `state` is a view into the decision's preview at
// the time of the call.
struct KnownStep {
  StepRef ref;
  const StepContent* content;
  const StepState* state;
};
[[nodiscard]] std::expected<KnownStep, Refusal> find_step(const Decision& decision,
                                                          const std::string& text);
// Groups above the step, and whether something new may begin in it, or running work go on.
[[nodiscard]] bool may_begin_below(const Decision& decision, const std::string& path);
[[nodiscard]] bool may_work_below(const Decision& decision, const std::string& path);
// The same for a step that was begun: one that was opened again is finished whatever became of the
// operation around it.
[[nodiscard]] bool may_work_on(const Decision& decision, const KnownStep& step);
// Also refuses, with the reason in words, when the step is not running.
[[nodiscard]] std::expected<KnownStep, Refusal> find_running_step(const Decision& decision,
                                                                  const std::string& text);

// A signed step, and one that a correction has open for a new signature, takes no new values: what
// was shown to the signer is all there is. Only a required value that is missing may still be
// added.
[[nodiscard]] Checked check_still_open(const KnownStep& step, const std::string& entry);

// The events of a completion; the caller has checked that nothing is missing.
void complete_step(Decision& decision, const KnownStep& step);

[[nodiscard]] bool has_role(const Context& context, std::string_view role);
// One of these roles; `what` completes "Only supervisor or quality may ...".
[[nodiscard]] Checked check_role(const Decision& decision, const std::vector<std::string>& roles,
                                 const std::string& rule, const std::string& what);

// Holds a role that may release it, and didn't record what is wrong.
[[nodiscard]] Checked check_releaser(const Decision& decision, const ExceptionState& exception,
                                     const std::string& place);

// Reasons, comments: valid text, not empty.
[[nodiscard]] Checked check_reason(const std::string& text, const std::string& place = {});

}  // namespace batchwright::workflows
