// A signature that stands for something else is refused in words that say what to do, at the step
// it was made for. Requirements B8, B14, C3, C4, D5.
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/told.h"

namespace batchwright::workflows::test {
namespace {

using record::SignatureStatement;
using Change = void (*)(SignatureStatement&);

constexpr const char* kOrder =
    "sign.order @ a#1: The next signature is \"performed\" by operator. Nothing was signed.";

RunDriver with_value() {
  RunDriver run(linear({step("a", {decimal("x")}, {performed(), verified()}), step("b")}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "1"});
  return run;
}

struct Case {
  Change change;
  const char* refusal;
};

TEST(RefusedSignatures, SayWhyAndWhatToDo) {  // C3
  const Case kCases[] = {
      {[](SignatureStatement& s) { s.subject.id = "run-2"; },
       "sign.other_step @ a#1: The signature is for another step. Nothing was signed. Sign again."},
      {[](SignatureStatement& s) { s.subject.kind = "room"; },
       "sign.other_step @ a#1: The signature is for another step. Nothing was signed. Sign again."},
      {[](SignatureStatement& s) { s.control_recipe = std::string(64, '0'); },
       "sign.other_recipe @ a#1: The signature names another master batch record. Nothing was "
       "signed. Sign again."},
      {[](SignatureStatement& s) { s.device = "panel-2"; },
       "sign.other_device @ a#1: The signature was made on another panel. Nothing was signed. Sign "
       "here."},
      {[](SignatureStatement& s) { s.covered.pop_back(); },
       "sign.covered @ a#1: The step changed since it was shown. Nothing was signed. Look at it "
       "and sign again."},
      {[](SignatureStatement& s) { s.signer = "jan"; },
       "sign.signer @ a#1: The signature is not of the person who is signed in. Nothing was "
       "signed. "
       "Sign in as the signer."},
      {[](SignatureStatement& s) { s.role = "quality"; },
       "sign.role @ a#1: Only the role operator may sign this. Nothing was signed. Call such a "
       "person."},
      {[](SignatureStatement& s) { s.meaning = "verified"; }, kOrder}};
  RunDriver run = with_value();
  for (const Case& wrong : kCases) {
    auto statement = run.statement("a#1", "performed", kMary);
    wrong.change(statement);
    EXPECT_EQ(refusal(run, run.sign_command(statement)), wrong.refusal);
  }
  EXPECT_EQ(refusal(run, SignStep{"a#1", "performed", "not json", "", ""}),
            "sign.statement @ a#1: The signature can't be read. Nothing was signed. Sign again.");
  SignStep torn = run.sign_command(run.statement("a#1", "performed", kMary));
  torn.signature_hex.clear();
  EXPECT_EQ(refusal(run, torn),
            "sign.signature @ a#1: The signature doesn't match what was shown. Nothing was signed. "
            "Sign again.");
}

// C4: what the command says and what was signed have to be the same, and the next of the recipe.
TEST(RefusedSignatures, MeanOneThingInTheCommandAndAnotherInTheStatement) {
  RunDriver run = with_value();
  SignStep command = run.sign_command(run.statement("a#1", "performed", kMary));
  command.meaning = "verified";
  EXPECT_EQ(refusal(run, command), kOrder);
  SignStep other = run.sign_command(run.statement("a#1", "verified", kMary));
  other.meaning = "performed";
  EXPECT_EQ(refusal(run, other), kOrder);
}

TEST(RefusedSignatures, ComeTooEarlyTooLateOrFromTheSamePerson) {  // C4
  RunDriver empty(linear({step("a", {decimal("x")}, {performed()})}));
  empty.start();
  empty.must(BeginStep{"a#1"});
  EXPECT_EQ(refusal(empty, empty.sign_command(empty.statement("a#1", "performed", kMary))),
            "step.entry.missing @ a#1:x: Still missing: Title of x. Nothing was signed. Enter it "
            "first.");
  RunDriver run = with_value();
  auto first = run.statement("a#1", "performed", kMary);
  first.challenge = std::string(32, '7');
  run.must(run.sign_command(first));
  EXPECT_EQ(refusal(run, run.sign_command(run.statement("a#1", "verified", kMary))),
            "sign.same_person @ a#1: Another person must sign this: you signed this step or "
            "recorded a value of it. Nothing was signed. Call a second person.");
  auto again = run.statement("a#1", "verified", kJan);
  again.challenge = first.challenge;
  EXPECT_EQ(
      refusal(run, run.sign_command(again), kJan),
      "sign.challenge @ a#1: This signature was used before. Nothing was signed. Sign again.");
  run.sign("a#1", "verified", kJan);
  EXPECT_EQ(refusal(run, run.sign_command(run.statement("a#1", "verified", kInes)), kInes),
            "sign.nothing @ a#1: Everything is signed already. Complete the step.");
}

// B14: a handover stands for the batch, so its statement names no step; any role may sign it that
// the person really holds.
TEST(RefusedSignatures, OfAHandoverAreForTheBatchByAHeldRole) {
  RunDriver run = with_value();
  const auto handed = [&](Change change, const Person& who) {
    auto statement = run.statement("", "handed over", kMary);
    change(statement);
    const SignStep made = run.sign_command(statement);
    return refusal(run, HandOver{"note", made.statement, made.key_hex, made.signature_hex}, who);
  };
  EXPECT_EQ(handed([](SignatureStatement& s) { s.meaning = "approved"; }, kMary),
            "sign.order @ : The signature must mean \"handed over\". Nothing was signed.");
  EXPECT_EQ(handed([](SignatureStatement&) {}, kJan),
            "sign.signer @ : The signature is not of the person who is signed in. Nothing was "
            "signed. Sign in as the signer.");
  EXPECT_EQ(handed([](SignatureStatement& s) { s.role = "quality"; }, kMary),
            "sign.role @ : The signature names a role that may not sign this. Nothing was signed.");
  EXPECT_EQ(handed([](SignatureStatement& s) { s.step = "a#1"; }, kMary),
            "sign.other_step @ : The signature is for another step. Nothing was signed. Sign "
            "again.");
  EXPECT_EQ(handed([](SignatureStatement& s) { s.covered = {std::string(64, 'a')}; }, kMary),
            "sign.covered @ : The step changed since it was shown. Nothing was signed. Look at it "
            "and sign again.");
  EXPECT_EQ(refusal(run, HandOver{"note", "{}", "", ""}),
            "sign.statement @ : The signature can't be read. Nothing was signed. Sign again.");
  HandOver torn = run.hand_over("note", kMary);
  torn.signature_hex[0] = torn.signature_hex[0] == '0' ? '1' : '0';
  EXPECT_EQ(refusal(run, torn),
            "sign.signature @ : The signature doesn't match what was shown. Nothing was signed. "
            "Sign again.");
}

// D5: signed by somebody who acts as the releasing role, over the lines of the step as they are.
TEST(RefusedSignatures, OfAReleaseAreByTheReleasingRoleOverTheStep) {
  RunDriver run(linear({step("a", {temperature("R5")})}, {plan("R5", 0, true)}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27"});
  const std::string held_by = run.step("a#1").held_by;
  const auto release = [&](Change change, const Person& who) {
    auto statement = run.statement("a#1", "released", who);
    statement.role = "supervisor";
    change(statement);
    const SignStep made = run.sign_command(statement);
    return refusal(
        run, ReleaseStep{"a#1", held_by, "ok", made.statement, made.key_hex, made.signature_hex},
        who);
  };
  EXPECT_EQ(release([](SignatureStatement& s) { s.role = "operator"; }, kInes),
            "sign.role @ a#1: The signature names a role that may not sign this. Nothing was "
            "signed.");
  EXPECT_EQ(release([](SignatureStatement& s) { s.meaning = "performed"; }, kInes),
            "sign.order @ a#1: The signature must mean \"released\". Nothing was signed.");
  EXPECT_EQ(release([](SignatureStatement& s) { s.covered.pop_back(); }, kInes),
            "sign.covered @ a#1: The step changed since it was shown. Nothing was signed. Look at "
            "it and sign again.");
  EXPECT_EQ(release([](SignatureStatement&) {}, kJan),
            "release.role @ a#1: Only this role may release the step: supervisor. Call that "
            "person.");
  EXPECT_EQ(release([](SignatureStatement&) {}, {"mary", {"supervisor"}}),
            "release.same_person @ a#1: The person who recorded the value can't release the step. "
            "Call another person.");
  EXPECT_EQ(release([](SignatureStatement&) {}, kInes), "");
  EXPECT_EQ(release([](SignatureStatement&) {}, kSven),
            "release.nothing @ a#1: This exception doesn't hold the step. There is nothing to "
            "release.");
}

}  // namespace
}  // namespace batchwright::workflows::test
