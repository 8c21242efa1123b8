// Releases and handovers hold a person's signature in their own line: it is proved exactly as those
// of signature_made are (requirements B14, C3, D5).
#include <gtest/gtest.h>

#include <algorithm>

#include "record/verify.h"
#include "tests/support/record_fixtures.h"

namespace batchwright::record {
namespace {

using test::must;
using test::TestPanel;
using test::TestSite;

struct Act {
  std::string type, meaning, step;
  int v = 1;
};
const Act kRelease{"step_released", "released", "compound/temperature#1", 2};
const Act kHandOver{"handed_over", "handed over", "", 1};
const Act kTakeOver{"taken_over", "taken over", "", 1};
const Act kReview{"run_reviewed", "accepted", "", 2};

struct Acting {
  explicit Acting(Act what) : act(std::move(what)) {
    shown = panel.commit({panel.entry("27.3")});
    std::vector<std::string> covered;
    if (!act.step.empty()) covered.push_back(to_hex(shown.front().hash));
    statement = panel.statement(site, "mary", act.step, covered);
    statement.meaning = act.meaning;
    if (act.type != "run_reviewed") return;
    // Production's review is a supervisor's.
    statement.role = "supervisor";
    for (auto& person : site.directory.people)
      if (person.id == "mary") person.roles.push_back("supervisor");
  }

  Act act;
  TestSite site;
  TestPanel panel{site};
  std::vector<StoredLine> shown;
  SignatureStatement statement;

  [[nodiscard]] Draft line() const {
    Draft draft = panel.signature(site, statement);
    Json body = Json::object();
    if (act.type == "step_released") {
      body["exception"] = "01890a5d-ac96-774b-bcce-b302099a8059";
      body["reason"] = "measured again";
    } else if (act.type == "handed_over") {
      body["note"] = "all quiet";
      body["open_steps"] = Json::array({"compound/temperature#1"});
      body["open_exceptions"] = Json::array();
    } else if (act.type == "run_reviewed") {
      body["stage"] = "production";
      body["decision"] = "accepted";
      body["reason"] = "complete";
    }
    body.update(draft.body);
    draft.body = body;
    draft.type = act.type;
    draft.v = act.v;
    return draft;
  }

  [[nodiscard]] VerifyReport report() const {
    return verify(must(read_package(panel.export_text(site))), site.anchor());
  }

  // Commits the act after `change` and expects the finding `code` at its line, and at no other.
  template <typename Change>
  void expect_found(std::string_view code, Change change) {
    Draft draft = line();
    change(draft);
    const auto lines = panel.commit({draft});
    const auto result = report();
    EXPECT_FALSE(result.proved) << act.type << " " << code;
    const std::string place = "line " + std::to_string(lines.front().line.seq);
    EXPECT_TRUE(std::ranges::any_of(
        result.findings,
        [&](const Finding& finding) { return finding.code == code && finding.place == place; }))
        << act.type << " " << code;
    for (const Finding& finding : result.findings) EXPECT_EQ(finding.place, place) << finding.code;
  }
};

constexpr auto kUnchanged = [](Draft&) {};

class SignedAct : public ::testing::TestWithParam<Act> {};
INSTANTIATE_TEST_SUITE_P(Acts, SignedAct,
                         ::testing::Values(kRelease, kHandOver, kTakeOver, kReview),
                         [](const auto& parameter) { return parameter.param.type; });

TEST_P(SignedAct, IsProvedAndCountedAsASignature) {
  Acting act(GetParam());
  act.panel.commit({act.line()});
  const auto report = act.report();
  EXPECT_TRUE(report.proved);
  EXPECT_TRUE(report.anchored);
  EXPECT_EQ(report.signatures, 1u);
}

TEST_P(SignedAct, WithAnAlteredStatementIsFound) {
  Acting(GetParam()).expect_found("signature.bad", [](Draft& draft) {
    std::string text = draft.body["statement"];
    text.replace(text.find("Mary Okafor"), 11, "Mary Okafar");
    draft.body["statement"] = text;
  });
}

TEST_P(SignedAct, MovedToAnotherStepRunOrPersonIsFound) {
  Acting(GetParam()).expect_found("signature.moved", [](Draft& draft) {
    draft.step = "compound/temperature#2";
  });
  Acting(GetParam()).expect_found("signature.moved", [](Draft& draft) {
    draft.subject.id = "01890a5d-ac96-774b-bcce-b302099a8058";
  });
  Acting(GetParam()).expect_found("signature.moved", [](Draft& draft) {
    draft.actor = draft.performed_by = "jan";
  });
}

TEST_P(SignedAct, WithASignatureThatMeansSomethingElseIsFound) {
  Acting act(GetParam());
  act.statement.meaning = "performed";
  act.expect_found("signature.moved", kUnchanged);
}

TEST_P(SignedAct, ByAKeyThatIsNotTheirsIsFound) {
  Acting(GetParam()).expect_found("signature.key", [](Draft& draft) {
    const SecretKey jan = test::key_from(12);
    draft.body["key"] = to_hex(jan.public_key());
    draft.body["sig"] =
        to_hex(sign_statement(draft.body["statement"].get_ref<const std::string&>(), jan));
  });
}

TEST_P(SignedAct, CopiedIsFoundByItsChallenge) {
  Acting act(GetParam());
  act.panel.commit({act.line()});
  act.expect_found("signature.challenge", kUnchanged);
}

TEST_P(SignedAct, FromAnotherDeviceIsFound) {
  Acting act(GetParam());
  act.statement.device = "panel-3";
  act.expect_found("signature.device", kUnchanged);
}

TEST_P(SignedAct, OverALineThatIsNotThereIsFound) {
  Acting act(GetParam());
  act.statement.covered.push_back(to_hex(sha256("another line")));
  act.expect_found("signature.covered.missing", kUnchanged);
}

TEST_P(SignedAct, WithoutItsSignatureIsFound) {
  Acting(GetParam()).expect_found("signature.malformed", [](Draft& draft) {
    draft.body.erase("sig");
  });
  Acting(GetParam()).expect_found("signature.malformed", [](Draft& draft) {
    draft.body["extra"] = "";
  });
}

TEST_P(SignedAct, OfAVersionNobodyKnowsIsFound) {
  Acting(GetParam()).expect_found("signature.version", [](Draft& draft) { draft.v = 9; });
}

TEST(SignedActs, ChallengesAreUniqueAcrossAllOfThem) {
  Acting act(kHandOver);
  act.panel.commit({act.line()});
  act.act = kTakeOver;
  act.statement.meaning = "taken over";
  act.expect_found("signature.challenge", kUnchanged);
}

TEST(SignedActs, AReviewWhoseDecisionWasTurnedIsFound) {
  Acting(kReview).expect_found("signature.moved",
                               [](Draft& draft) { draft.body["decision"] = "rejected"; });
}

TEST(SignedActs, AReviewMovedToAnotherStageIsFound) {
  Acting(kReview).expect_found("signature.moved",
                               [](Draft& draft) { draft.body["stage"] = "quality"; });
}

TEST(SignedActs, ReleaseOfTheFirstVersionHeldNoSignature) {
  Acting act(kRelease);
  Draft draft = act.line();
  draft.v = 1;
  for (const char* member : {"statement", "key", "sig"}) draft.body.erase(member);
  act.panel.commit({draft});
  const auto report = act.report();
  EXPECT_TRUE(report.proved);
  EXPECT_EQ(report.signatures, 0u);
}

}  // namespace
}  // namespace batchwright::record
