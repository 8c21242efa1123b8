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
  };
}

TEST(EventCodec, EveryEventSurvivesWritingAndReading) {
  EXPECT_EQ(all_events().size(), std::variant_size_v<Event>);
  for (const Event& event : all_events()) {
    const record::Draft written = encode_event(event);
    EXPECT_EQ(written.v, 1);
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

}  // namespace
}  // namespace batchwright::workflows
