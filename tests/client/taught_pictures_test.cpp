// Requirement E1: what was shown is counted by subject, bounded, and taken back as it was taken.
#include "client/teach/taught_pictures.h"

#include <gmock/gmock.h>

namespace batchwright::client {
namespace {

using Added = TaughtPictures::Added;
using Kind = vision::Subject::Kind;
using ::testing::ElementsAre;
using ::testing::SizeIs;

const vision::Subject kCap{Kind::kPart, "cap", "left", 2};
const vision::Subject kClamp{Kind::kPart, "clamp", "right", 2};
const vision::Subject kGreen{Kind::kReference, "green", "pump", 1};

TEST(TaughtPictures, OneOfSeveralSubjectsIsSentOnce) {
  TaughtPictures shown;
  EXPECT_EQ(shown.add({kCap, kClamp}, "png", "everything"), Added::kYes);
  EXPECT_EQ(shown.count("part:cap"), 1);
  EXPECT_EQ(shown.count("part:clamp"), 1);
  ASSERT_THAT(shown.all(), SizeIs(1));
  EXPECT_THAT(shown.all()[0].subjects, ElementsAre("part:cap", "part:clamp"));
}

TEST(TaughtPictures, ASubjectThatIsFullTakesNoMoreWhileOthersDo) {
  TaughtPictures shown;
  EXPECT_EQ(shown.add({kCap}, "1", "part:cap"), Added::kYes);
  EXPECT_EQ(shown.add({kCap}, "2", "part:cap"), Added::kYes);
  EXPECT_EQ(shown.add({kCap}, "3", "part:cap"), Added::kSubjectIsFull);
  EXPECT_FALSE(shown.contains("3"));
  EXPECT_EQ(shown.add({kCap, kClamp}, "4", "everything"), Added::kYes);
  EXPECT_THAT(shown.all().back().subjects, ElementsAre("part:clamp"));
}

TEST(TaughtPictures, OfAReferenceTheNewestCounts) {
  TaughtPictures shown;
  EXPECT_EQ(shown.add({kGreen}, "old", "reference:green"), Added::kYes);
  EXPECT_EQ(shown.add({kGreen}, "new", "reference:green"), Added::kYes);
  EXPECT_EQ(shown.count("reference:green"), 1);
  EXPECT_TRUE(shown.contains("new"));
  EXPECT_FALSE(shown.contains("old"));
}

TEST(TaughtPictures, AreTakenBackAsTheyWereTaken) {
  TaughtPictures shown;
  static_cast<void>(shown.add({kCap, kClamp}, "1", "everything"));
  static_cast<void>(shown.add({kCap}, "2", "part:cap"));
  EXPECT_TRUE(shown.remove_last("everything"));
  EXPECT_TRUE(shown.contains("2"));
  EXPECT_EQ(shown.count("part:clamp"), 0);
  EXPECT_FALSE(shown.remove_last("everything"));
}

TEST(TaughtPictures, AreNeverMoreThanTheWorkerTakes) {
  TaughtPictures many;
  Added last = Added::kYes;
  for (std::size_t i = 0; i <= vision::kPicturesTaughtMax; ++i)
    last = many.add({{Kind::kPart, std::to_string(i), "left", 1}}, std::to_string(i), "part");
  EXPECT_EQ(last, Added::kTooMany);
  EXPECT_EQ(many.size(), static_cast<int>(vision::kPicturesTaughtMax));
  TaughtPictures large;
  const std::string png(70'000'000, 'x');
  EXPECT_EQ(large.add({kCap}, png, "part:cap"), Added::kYes);
  EXPECT_EQ(large.add({kCap}, png, "part:cap"), Added::kTooMany);
}

}  // namespace
}  // namespace batchwright::client
