#include "workflows/run_matrix.h"

namespace batchwright::workflows {
namespace {

struct Group {
  CommandGroup operator()(const StartRun&) const { return CommandGroup::kStart; }
  CommandGroup operator()(const BeginStep&) const { return CommandGroup::kBegin; }
  CommandGroup operator()(const OverrideGate&) const { return CommandGroup::kBegin; }
  CommandGroup operator()(const RepeatStep&) const { return CommandGroup::kBegin; }
  CommandGroup operator()(const ChooseTransition&) const { return CommandGroup::kBegin; }
  CommandGroup operator()(const RecordEntry&) const { return CommandGroup::kWork; }
  CommandGroup operator()(const MarkNotApplicable&) const { return CommandGroup::kWork; }
  CommandGroup operator()(const SignStep&) const { return CommandGroup::kWork; }
  CommandGroup operator()(const CompleteStep&) const { return CommandGroup::kWork; }
  CommandGroup operator()(const RecordCheck&) const { return CommandGroup::kWork; }
  CommandGroup operator()(const PutRight&) const { return CommandGroup::kWork; }
  CommandGroup operator()(const DecideCheck&) const { return CommandGroup::kWork; }
  CommandGroup operator()(const RecordChallenge&) const { return CommandGroup::kWork; }
  CommandGroup operator()(const ConfirmCheckWorked&) const { return CommandGroup::kWork; }
  CommandGroup operator()(const ForceStep&) const { return CommandGroup::kWork; }
  CommandGroup operator()(const RecoverStep&) const { return CommandGroup::kAmend; }
  CommandGroup operator()(const SwapEquipment&) const { return CommandGroup::kAmend; }
  CommandGroup operator()(const CorrectEntry&) const { return CommandGroup::kAmend; }
  CommandGroup operator()(const InvalidateValue&) const { return CommandGroup::kAmend; }
  CommandGroup operator()(const RecordResult&) const { return CommandGroup::kAmend; }
  CommandGroup operator()(const ReleaseStep&) const { return CommandGroup::kAmend; }
  CommandGroup operator()(const ProposeRedline&) const { return CommandGroup::kAmend; }
  CommandGroup operator()(const ApproveRedline&) const { return CommandGroup::kAmend; }
  CommandGroup operator()(const RejectRedline&) const { return CommandGroup::kAmend; }
  CommandGroup operator()(const DecideRecall&) const { return CommandGroup::kAmend; }
  CommandGroup operator()(const CommentException&) const { return CommandGroup::kTell; }
  CommandGroup operator()(const ReportDeviation&) const { return CommandGroup::kTell; }
  CommandGroup operator()(const AnnotateStep&) const { return CommandGroup::kTell; }
  CommandGroup operator()(const ReportFailure&) const { return CommandGroup::kTell; }
  CommandGroup operator()(const HandOver&) const { return CommandGroup::kTell; }
  CommandGroup operator()(const TakeOver&) const { return CommandGroup::kTell; }
  CommandGroup operator()(const RelateRun&) const { return CommandGroup::kTell; }
  CommandGroup operator()(const RecallRecipe&) const { return CommandGroup::kTell; }
  CommandGroup operator()(const Control&) const { return CommandGroup::kControl; }
  CommandGroup operator()(const ReviewRun&) const { return CommandGroup::kReview; }
  CommandGroup operator()(const Tick&) const { return CommandGroup::kTime; }
};

}  // namespace

CommandGroup group_of(const Command& command) {
  return std::visit(Group{}, command);
}

}  // namespace batchwright::workflows
