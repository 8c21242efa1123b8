// The files that a record rests on are named by its lines. Requirement E5.
#include "record/evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/sha256.h"

namespace batchwright::record {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string digest(const std::string& what) {
  return to_hex(sha256(what));
}

Draft line(const std::string& type, Json body) {
  Draft made;
  made.type = type;
  made.body = std::move(body);
  return made;
}

TEST(Evidence, OfACameraCheckIsItsFramesAndItsDocumentEachOnce) {
  const Draft made =
      line("camera_checked", Json{{"frames", Json::array({digest("1"), digest("2"), digest("1")})},
                                  {"evidence", digest("3")}});
  EXPECT_THAT(evidence_of(made), ElementsAre(digest("1"), digest("2"), digest("3")));
}

TEST(Evidence, OfAPhotoIsThePhotoAndOfAChallengeItsDocument) {
  EXPECT_THAT(evidence_of(line("entry_recorded", Json{{"kind", "photo"}, {"raw", digest("p")}})),
              ElementsAre(digest("p")));
  EXPECT_THAT(evidence_of(line("camera_challenged", Json{{"evidence", digest("c")}})),
              ElementsAre(digest("c")));
}

TEST(Evidence, WhatIsNoFileIsNotNamed) {
  EXPECT_THAT(evidence_of(line("entry_recorded", Json{{"kind", "text"}, {"raw", digest("p")}})),
              IsEmpty());
  EXPECT_THAT(evidence_of(line("camera_checked", Json{{"frames", "x"}, {"evidence", ""}})),
              IsEmpty());
  EXPECT_THAT(evidence_of(line("camera_checked", Json{{"frames", Json::array({1, Json()})}})),
              IsEmpty());
  EXPECT_THAT(evidence_of(line("camera_checked", Json("text"))), IsEmpty());
}

}  // namespace
}  // namespace batchwright::record
