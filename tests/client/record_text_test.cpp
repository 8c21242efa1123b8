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

TEST(RecordText, NamesRefusalsAndWhereAValueCameFrom) {
  expect_says(workflows::CommandRefused{"begin_step", "gate.trained", "You may not.", "op/mix#1"},
              "REFUSED begin_step (gate.trained): You may not.");
  expect_says(
      workflows::EntryRecorded{"m", "decimal", "611.4", "611.4", "g", "ok", "1", "scale:BS-04", ""},
      "m = 611.4 g (from scale:BS-04 \"611.4\", ok)");
}

}  // namespace
}  // namespace batchwright::client
