// Events to journal bodies and back.
#include <gtest/gtest.h>

#include "workflows/event.h"

namespace batchwright::workflows {
namespace {

// One of every event, every member filled with something of its own.
std::vector<Event> all_events() {
  return {
      RunStarted{"B-1", "batch", "BUF-0117", "3", "aa", "bb"},
      RunStateChanged{"hold", "running", "held", "spill"},
      ElementStateChanged{"op/phase", "idle", "running"},
      StepReady{},
      StepStarted{},
      StepCompleted{},
      TransitionFired{"op", "t1", "{a:b} > 1", {{"a#1:b", "2"}, {"c", ""}}},
      BarPassed{"op", "split"},
      EntryRecorded{"net", "decimal", "611.41", "611.4", "g", "ok", "1"},
      EntryComputed{"f", "{a:b} * 2", {{"a#1:b", "2"}}, "4", "4.0", "g", "none", ""},
      EntryCorrected{"net",
                     "611.4",
                     "614.1",
                     "614.1",
                     "g",
                     "alert",
                     "typed wrongly",
                     "cc",
                     {"formula a:f", "step a#1"}},
      ExceptionOpened{"id", "MIX2-0001", "alert_limit", "minor", "net", "614.1", "609.4 to 613.0 g",
                      "R1", "Too much."},
      ExceptionCommented{"id", "Display was steady."},
      SignatureMade{"{}", "dd", "ee"},
      StepReleased{"id", "looked at it"},
      StepRecovered{"resume", "stirring went on", "61000"},
      LimitsComputed{"net", {{"target", "611.2"}}, {{"target", "{x}"}}, {{"x", "611.2"}}, ""},
      ValueInvalidated{"net", "cc", "scale was not level", {"step a#1"}},
      EntryNotApplicable{"net", "not used this time"},
      ResultPending{"s1", "laboratory", "2026-11-27T10:00:00.000+01:00", "blocks_record", ""},
      StepReopened{"a#1:lod"},
      ExceptionEscalated{"id", "major", "quality"},
      StepForced{"no time", {"entry net"}},
      GateOverridden{"room", "cleaned, tag missing"},
      StepRepeated{"spilled"},
      CommandRefused{"begin_step", "gate.room", "The room is not clean.", "a#1"},
      TransitionChosen{"", "t1", "second wash needed"},
      EquipmentBound{"mixer", "MX-04", "MX200", "MX-03", "motor"},
      MaterialIdentified{"tris", "T-4471", "09521234510017"},
      SubjectStateChanged{"equipment", "MX-03", "dirty"},
      HoldDeclared{"planned", "28800", ""},
      HandedOver{"jacket on", {"a#1"}, {"id"}, "{}", "dd", "ee"},
      TakenOver{"{}", "dd", "ee"},
      RunRelated{"sub-lot", "run-2", "-01"},
      RecipeRecalled{"aa", "label error"},
      RecallDecided{"go on", "not concerned"},
      RedlineProposed{"r1", "{}", "other pump"},
      RedlineApproved{"r1", "agreed"},
      RedlineRejected{"r1", "not needed"},
      RunReviewed{"production", "accepted", "complete", "{}", "dd", "ee"},
      CameraChecked{"look",
                    "label",
                    "3",
                    "aa",
                    "CAM-A",
                    "pass",
                    "1",
                    "0.93",
                    "0.90",
                    {"ff"},
                    "ee",
                    {{"lot", "T-4471"}},
                    {"feed: out_of_order"}},
      CheckPutRight{"look", "turned it"},
      CheckDecided{"look", "label", "ok", "readable by eye", "undecided"},
      CameraChallenged{"set",
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
                       {"a#1:look"},
                       "dd"},
      CameraStoodIn{"look",
                    "verified",
                    "operator",
                    "equipment_performs",
                    {{"US", "equipment_performs"}},
                    "CAM-A aa",
                    "mary"},
  };
}

TEST(EventCodec, EveryEventSurvivesWritingAndReading) {
  EXPECT_EQ(all_events().size(), std::variant_size_v<Event>);
  for (const Event& event : all_events()) {
    const record::Draft written = encode_event(event);
    const auto read = decode_event(written);
    ASSERT_TRUE(read) << written.type << ": " << read.error().message;
    EXPECT_EQ(read->index(), event.index());
    EXPECT_EQ(encode_event(*read).body, written.body) << written.type;
  }
}

TEST(EventCodec, AMissingAnAddedOrAWrongMemberIsMalformed) {
  for (const Event& event : all_events()) {
    const record::Draft good = encode_event(event);
    for (const auto& [key, value] : good.body.items()) {
      record::Draft missing = good;
      missing.body.erase(key);
      EXPECT_EQ(decode_event(missing).error().code, ErrorCode::kMalformed)
          << good.type << " " << key;
      record::Draft wrong = good;
      wrong.body[key] = Json::object();
      EXPECT_EQ(decode_event(wrong).error().place, key);
    }
    record::Draft added = good;
    added.body["surprise"] = "!";
    EXPECT_EQ(decode_event(added).error().code, ErrorCode::kMalformed) << good.type;
  }
}

TEST(EventCodec, UnknownTypesAndVersionsAreUnsupported) {
  record::Draft unknown;
  unknown.type = "valve_opened";
  EXPECT_EQ(decode_event(unknown).error().code, ErrorCode::kUnsupported);
  record::Draft newer = encode_event(StepReady{});
  newer.v = 2;
  EXPECT_EQ(decode_event(newer).error().code, ErrorCode::kUnsupported);
}

TEST(EventCodec, BodiesOfOtherShapesAreMalformedAndNeverCrash) {
  for (const Json& body : {Json(nullptr), Json(1), Json("text"), Json::array({1, 2}),
                           Json{{"chart", "a"},
                                {"transition", "b"},
                                {"condition", "c"},
                                {"inputs", Json::array({Json::array({"one"})})}}}) {
    record::Draft draft = encode_event(TransitionFired{});
    draft.body = body;
    EXPECT_EQ(decode_event(draft).error().code, ErrorCode::kMalformed) << body;
  }
}

// A journal written before an event got new members is read as it was: they stay empty.
TEST(EventCodec, AnOlderVersionOfAnEventIsReadWithoutWhatCameLater) {
  record::Draft draft = encode_event(EntryRecorded{"x", "decimal", "1", "1.0", "g", "ok", "1"});
  EXPECT_EQ(draft.v, 2);
  draft.v = 1;
  EXPECT_EQ(decode_event(draft).error().code, ErrorCode::kMalformed);  // v 1 had no source
  draft.body.erase("source");
  draft.body.erase("reason");
  const auto read = decode_event(draft);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(std::get<EntryRecorded>(*read).value, "1.0");
  draft.v = 3;
  EXPECT_EQ(decode_event(draft).error().code, ErrorCode::kUnsupported);
}

}  // namespace
}  // namespace batchwright::workflows
