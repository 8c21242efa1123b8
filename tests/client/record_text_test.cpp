// What people read of a record: nothing that binds, waits, passes on or changes the run is hidden
// among members (requirements B13, B14, B16).
#include "client/record_text.h"

#include <gtest/gtest.h>

#include "record/package.h"
#include "tests/support/record_fixtures.h"
#include "workflows/event.h"

namespace batchwright::client {
namespace {

using test::must;
using test::TestPanel;
using test::TestSite;

std::string text_of(const workflows::Event& event) {
  TestSite site;
  TestPanel panel(site);
  auto draft = workflows::encode_event(event);
  draft.subject = {"run", panel.run};
  draft.actor = draft.performed_by = "mary";
  draft.role = "operator";
  draft.lang = "en";
  panel.commit({draft});
  return record_text(must(record::read_package(panel.export_text(site))));
}

void expect_says(const workflows::Event& event, const std::string& words) {
  const auto text = text_of(event);
  EXPECT_NE(text.find(words), std::string::npos) << text;
}

std::string statement_text() {
  TestSite site;
  TestPanel panel(site);
  auto statement = panel.statement(site, "mary", "", {});
  statement.meaning = "handed over";
  return record::to_text(statement);
}

TEST(RecordText, NamesEquipmentAndMaterialThatWereBound) {
  expect_says(workflows::EquipmentBound{"mixer", "MX-04", "MX200", "MX-03", "stirrer stopped"},
              "EQUIPMENT mixer is MX-04 (class MX200), in place of MX-03; reason: stirrer stopped");
  expect_says(workflows::MaterialIdentified{"tris", "T-4471", "09521234510017"},
              "MATERIAL tris is lot T-4471 (item 09521234510017)");
}

TEST(RecordText, NamesResultsThatAreAwaited) {
  expect_says(workflows::ResultPending{"endotoxin", "quality", "2026-11-24T14:00:00.000+01:00",
                                       "blocks_record", ""},
              "RESULT PENDING endotoxin from quality, due 2026-11-24T14:00:00.000+01:00");
}

TEST(RecordText, NamesRedlinesAndTheirApprovals) {
  expect_says(workflows::RedlineProposed{"R-1", R"({"step":"mix"})", "smaller batch"},
              R"(REDLINE R-1 proposed: {"step":"mix"}; reason: smaller batch)");
  expect_says(workflows::RedlineApproved{"R-1", "agreed"}, "REDLINE R-1 approved; reason: agreed");
  expect_says(workflows::RedlineRejected{"R-1", "too late"},
              "REDLINE R-1 rejected; reason: too late");
}

TEST(RecordText, NamesHandoversWithWhatWasOpenAndWhoSigned) {
  expect_says(workflows::HandedOver{"all quiet", {"op/mix#1"}, {}, statement_text(), "aa", "bb"},
              "HANDED OVER: all quiet; open steps: op/mix#1; open exceptions: none; SIGNED handed "
              "over by Mary Okafor");
  expect_says(workflows::TakenOver{statement_text(), "aa", "bb"}, "TAKEN OVER; SIGNED");
}

TEST(RecordText, NamesReviewsWithTheirDecisionAndWhoSigned) {
  expect_says(workflows::RunReviewed{"quality", "rejected", "a page is missing", statement_text(),
                                     "aa", "bb"},
              "REVIEW OF quality: rejected; reason: a page is missing; SIGNED");
}

TEST(RecordText, NamesWhatACameraSaidAndWhoAnsweredForIt) {  // E3, E8, E11
  expect_says(workflows::CameraChecked{"look",
                                       "label",
                                       "3",
                                       "aa",
                                       "CAM-A",
                                       "fail",
                                       "2",
                                       "0.41",
                                       "0.90",
                                       {"ff"},
                                       "ee",
                                       {{"lot", "T-1"}},
                                       {"lot: other"}},
              "CAMERA CAM-A look 2 at look by check label 3 (sha256 aa): fail, score 0.41 of 0.90");
  expect_says(workflows::CheckPutRight{"look", "turned it"}, "PUT RIGHT look; reason: turned it");
  expect_says(workflows::CheckDecided{"look", "label", "ok", "readable", "undecided"},
              "DECIDED BY PEOPLE look: ok, the camera check was undecided; reason: readable");
  expect_says(workflows::CameraChallenged{"set",
                                          "end",
                                          "label",
                                          "3",
                                          "aa",
                                          "CAM-A",
                                          "3",
                                          "3",
                                          "2",
                                          "1",
                                          "failed",
                                          "ee",
                                          {"a#1:look"}},
              "failed, good 3 of 3, bad 1 of 2; it had passed a#1:look; evidence ee");
  expect_says(
      workflows::CameraChallenged{
          "set", "end", "label", "3", "aa", "CAM-A", "3", "3", "2", "2", "passed", "ee", {}, "dd"},
      "passed, good 3 of 3, bad 2 of 2; set dd; evidence ee");
  expect_says(workflows::CameraStoodIn{"look",
                                       "verified",
                                       "operator",
                                       "equipment_performs",
                                       {{"US", "equipment_performs"}},
                                       "CAM-A aa",
                                       "mary"},
              "CAM-A aa; mary checked that it worked");
}

TEST(RecordText, NamesRefusalsAndWhereAValueCameFrom) {
  expect_says(workflows::CommandRefused{"begin_step", "gate.trained", "You may not.", "op/mix#1"},
              "REFUSED begin_step (gate.trained): You may not.");
  expect_says(
      workflows::EntryRecorded{"m", "decimal", "611.4", "611.4", "g", "ok", "1", "scale:BS-04", ""},
      "m = 611.4 g (from scale:BS-04 \"611.4\", ok)");
}

}  // namespace
}  // namespace batchwright::client
