// Signatures of steps: order, independence, exact content. Requirements C3, C4, C6.
#include <gmock/gmock.h>

#include "base/bytes.h"
#include "record/signature.h"
#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using testing::ElementsAre;

class EngineSigning : public testing::Test {
 protected:
  EngineSigning() : run(linear({step("a", {decimal("x")}, {performed(), verified()}), step("b")})) {
    run.start();
    run.must(BeginStep{"a#1"});
  }

  void record() { run.must(RecordEntry{"a#1", "x", "1"}); }

  // The rule that refuses a statement after `change` touched it.
  template <typename Change>
  std::string refusal_after(Change change) {
    auto statement = run.statement("a#1", "performed", kMary);
    change(statement);
    return run.rule_of_refusal(run.sign_command(statement));
  }

  RunDriver run;
};

TEST_F(EngineSigning, PerformerThenAnotherPersonThenTheStepIsComplete) {  // C4
  record();
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.signature.missing");
  run.sign("a#1", "performed", kMary);
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.signature.missing");
  run.sign("a#1", "verified", kJan);
  EXPECT_TRUE(needs(run.state, {"a", 1}, run.now).complete());
  run.must(CompleteStep{"a#1"});
  const auto& signatures = run.step("a#1").signatures;
  ASSERT_EQ(signatures.size(), 2U);
  EXPECT_EQ(signatures[0].name, "Printed mary");
  EXPECT_EQ(signatures[1].signer, "jan");
  EXPECT_EQ(signatures[0].mark.size(), 9U);
}

TEST_F(EngineSigning, NothingIsSignedBeforeTheRequiredEntriesAreThere) {
  EXPECT_EQ(refusal_after([](auto&) {}), "step.entry.missing");
}

TEST_F(EngineSigning, TheSecondPersonMustBeAnother) {  // C4
  record();
  run.sign("a#1", "performed", kMary);
  EXPECT_EQ(run.rule_of_refusal(run.sign_command(run.statement("a#1", "verified", kMary))),
            "sign.same_person");
}

TEST_F(EngineSigning, WhoRecordedAValueDoesNotVerifyIt) {  // C4
  run.must(RecordEntry{"a#1", "x", "1"}, kJan);
  run.sign("a#1", "performed", kMary);
  EXPECT_EQ(run.rule_of_refusal(run.sign_command(run.statement("a#1", "verified", kJan)), kJan),
            "sign.same_person");
  run.sign("a#1", "verified", kInes);
}

TEST_F(EngineSigning, MeaningsAreSignedInTheOrderOfTheRecipe) {
  record();
  EXPECT_EQ(run.rule_of_refusal(run.sign_command(run.statement("a#1", "verified", kJan)), kJan),
            "sign.order");
  run.sign("a#1", "performed", kMary);
  EXPECT_EQ(run.rule_of_refusal(run.sign_command(run.statement("a#1", "performed", kJan)), kJan),
            "sign.order");
  run.sign("a#1", "verified", kJan);
  EXPECT_EQ(run.rule_of_refusal(run.sign_command(run.statement("a#1", "verified", kInes)), kInes),
            "sign.nothing");
}

TEST_F(EngineSigning, AStatementAboutAnythingElseIsRefusedWithItsRule) {  // C3
  record();
  using S = record::SignatureStatement&;
  EXPECT_EQ(refusal_after([](S s) { s.subject.id = "run-2"; }), "sign.other_step");
  EXPECT_EQ(refusal_after([](S s) { s.control_recipe = std::string(64, '0'); }),
            "sign.other_recipe");
  EXPECT_EQ(refusal_after([](S s) { s.device = "panel-2"; }), "sign.other_device");
  EXPECT_EQ(refusal_after([](S s) { s.meaning = "approved"; }), "sign.order");
  EXPECT_EQ(refusal_after([](S s) { s.signer = "jan"; }), "sign.signer");
  EXPECT_EQ(refusal_after([](S s) { s.role = "quality"; }), "sign.role");
  EXPECT_EQ(refusal_after([](S s) { s.covered.pop_back(); }), "sign.covered");
  EXPECT_EQ(refusal_after([](S s) { std::swap(s.covered[0], s.covered[1]); }), "sign.covered");
  auto other_step = run.statement("a#1", "performed", kMary);
  other_step.step = "b#1";
  SignStep pasted = run.sign_command(other_step);
  pasted.step = "a#1";
  EXPECT_EQ(run.rule_of_refusal(pasted), "sign.other_step");
  EXPECT_EQ(run.rule_of_refusal(SignStep{"a#1", "performed", "not json", "", ""}),
            "sign.statement");
  EXPECT_EQ(refusal_after([](S) {}), "");
}

TEST_F(EngineSigning, ASignatureThatDoesntVerifyIsRefused) {  // C3
  record();
  const SignStep good = run.sign_command(run.statement("a#1", "performed", kMary));
  SignStep bad = good;
  bad.signature_hex[5] = bad.signature_hex[5] == '0' ? '1' : '0';
  EXPECT_EQ(run.rule_of_refusal(bad), "sign.signature");
  bad = good;
  bad.key_hex = run.sign_command(run.statement("a#1", "performed", kJan)).key_hex;
  EXPECT_EQ(run.rule_of_refusal(bad), "sign.signature");
  bad = good;
  bad.key_hex = "zz";
  EXPECT_EQ(run.rule_of_refusal(bad), "sign.signature");
}

TEST_F(EngineSigning, AChallengeIsUsedOnce) {  // C3
  record();
  auto first = run.statement("a#1", "performed", kMary);
  first.challenge = "00000000000000000000000000000007";
  run.must(run.sign_command(first));
  auto second = run.statement("a#1", "verified", kJan);
  second.challenge = first.challenge;
  EXPECT_EQ(run.rule_of_refusal(run.sign_command(second), kJan), "sign.challenge");
}

TEST_F(EngineSigning, APersonWithoutTheRoleIsRefused) {
  record();
  const Person guest{"lena", {"trainee"}};
  auto statement = run.statement("a#1", "performed", guest);
  EXPECT_EQ(run.rule_of_refusal(run.sign_command(statement), guest), "sign.role");
  statement.role = "operator";
  EXPECT_EQ(run.rule_of_refusal(run.sign_command(statement), guest), "sign.role");
}

TEST_F(EngineSigning, TheSecondSignatureCoversTheFirst) {
  record();
  run.sign("a#1", "performed", kMary);
  const auto covered = lines_to_sign(run.state, {"a", 1});
  const auto& first = run.step("a#1").signatures.front();
  EXPECT_EQ(covered.size(), first.covered.size() + 1);
  EXPECT_EQ(covered.back(), first.line_hash);
  for (const std::string& hash : covered) EXPECT_EQ(hash.size(), 64U);
}

TEST_F(EngineSigning, NothingNewIsTypedIntoASignedStep) {
  RunDriver other(linear({step("a",
                               {decimal("x"),
                                [] {
                                  Entry note = entry("note", EntryKind::kText);
                                  note.required = false;
                                  return note;
                                }()},
                               {performed()})}));
  other.start();
  other.must(BeginStep{"a#1"});
  other.must(RecordEntry{"a#1", "x", "1"});
  other.sign("a#1", "performed", kMary);
  EXPECT_EQ(other.rule_of_refusal(RecordEntry{"a#1", "note", "late"}), "step.signed");
}

}  // namespace
}  // namespace batchwright::workflows::test
