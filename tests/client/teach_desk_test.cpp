// Requirement E1: from a draft over regions, references and samples to a check file, by touch.
#include "client/teach/teach_desk.h"

#include <gmock/gmock.h>

#include "client/camera/inline_cameras.h"
#include "client/file.h"
#include "tests/client/fake_lookout.h"
#include "tests/offline_store/temporary_folder.h"

namespace batchwright::client {
namespace {

using Act = ui::Teach::Act;
using Stage = ui::TeachView::Stage;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

vision::Check lamp_draft() {
  vision::Check check;
  check.id = "pump-lamp";
  check.version = "1";
  check.title = {{"en", "Pump"}, {"de", "Pumpe"}};
  check.camera = "CAM-A";
  check.regions = {{"pump", {{"en", "Pump lamp"}}, {40, 30, 60, 60}}};
  check.rule = vision::LampsCheck{
      {{"pump", "green", {{"green", "pump-green"}, {"off", "pump-off", false}}}}};
  return check;
}

// What a worker would make of it: every subject has a reference.
Result<std::string> with_references(std::string_view draft,
                                    const std::vector<vision::ShownPicture>& pictures) {
  auto check = *vision::draft_from_json(draft).check;
  for (const auto& picture : pictures)
    for (const auto& subject : picture.subjects)
      check.references.push_back({subject.substr(subject.find(':') + 1), "png"});
  if (pictures.size() < 2)
    return fail(ErrorCode::kRefused, "This has not been shown yet.", "reference:pump-off");
  return vision::file_of(check);
}

class TeachingByTouch : public ::testing::Test {
 protected:
  TeachingByTouch() { world_.teach = with_references; }

  void act(Act what, std::string id = {}, ui::PictureBox box = {}) {
    desk_.handle({.act = what, .what = std::move(id), .box = box});
  }
  ui::TeachView view() const { return std::get<ui::TeachView>(desk_.view().screen); }
  // Both states of the lamp are shown.
  void show_both() {
    act(Act::kNext);
    for (const char* subject : {"reference:pump-green", "reference:pump-off"}) {
      act(Act::kSelect, subject);
      act(Act::kTake);
    }
  }
  // The worker says that the lamp region has this margin.
  void sample(const char* kind, double score) {
    auto result = test::says(score >= 0.35 ? vision::Verdict::kPass : vision::Verdict::kUndecided);
    result.quality.good = true;
    result.regions[0].score = score;
    result.regions[0].threshold = 0.35;
    result.regions[0].verdict = result.verdict;
    world_.checked = result;
    act(Act::kSelect, kind);
    act(Act::kTake);
  }

  offline_store::test::TemporaryFolder folder_;
  test::FakeWorld world_;
  Preview preview_;
  SystemClock clock_;
  InlineCameras cameras_{std::make_unique<test::FakeLookout>(world_),
                         {{"CAM-A", vision::CameraKind::kV4l2, "/dev/video0"}},
                         preview_};
  ui::Words words_ =
      *ui::Words::load(std::string(BATCHWRIGHT_SOURCE_DIR) + "/resources/strings/panel", "en");
  std::filesystem::path out_ = folder_ / "pump-lamp.check.json";
  TeachDesk desk_{{lamp_draft(), out_, "en", words_}, cameras_, preview_, clock_};
};

TEST_F(TeachingByTouch, ARegionIsWhatWasDrawnInPixelsOfThePicture) {
  act(Act::kTake);  // 400 x 300
  act(Act::kDraw, {}, {0.25F, 0.5F, 0.5F, 0.75F});
  act(Act::kNext);
  act(Act::kTake);
  const auto draft = vision::draft_from_json(world_.plane_draft);
  ASSERT_TRUE(draft.check);
  EXPECT_EQ(draft.check->region("pump")->box, (vision::Box{100, 150, 100, 75}));
}

TEST_F(TeachingByTouch, ARegionThatNothingWouldLookAtIsNotAdded) {
  act(Act::kTake);
  act(Act::kSelect, "");
  act(Act::kDraw, {}, {0.25F, 0.5F, 0.5F, 0.75F});
  EXPECT_THAT(view().regions, SizeIs(1));
  EXPECT_FALSE(view().may_add_regions);
  EXPECT_THAT(view().problem, HasSubstr("Choose the region"));
}

TEST_F(TeachingByTouch, DrawingMovesTheRegionThatIsSelected) {
  act(Act::kTake);
  act(Act::kSelect, "pump");
  act(Act::kDraw, {}, {0.5F, 0.5F, 0.75F, 1});
  ASSERT_THAT(view().regions, SizeIs(1));
  EXPECT_EQ(view().regions[0].title, "Pump lamp");
  EXPECT_NEAR(view().regions[0].box[0], 0.5, 0.01);
}

TEST_F(TeachingByTouch, NoRegionIsSmallerThanAFinger) {
  act(Act::kTake);
  act(Act::kDraw, {}, {0.5F, 0.5F, 0.505F, 0.9F});
  EXPECT_THAT(view().problem, HasSubstr("too close"));
  EXPECT_NEAR(view().regions[0].box[0], 0.1, 0.01);
}

TEST_F(TeachingByTouch, ARegionThatTheRuleNeedsIsNotRemoved) {
  act(Act::kSelect, "pump");
  act(Act::kRemove);
  EXPECT_THAT(view().regions, SizeIs(1));
  EXPECT_THAT(view().problem, HasSubstr("pump"));
}

TEST_F(TeachingByTouch, APictureWithoutTheStationIsNotTaken) {
  world_.no_station = true;
  act(Act::kNext);
  act(Act::kTake);
  EXPECT_THAT(view().problem, HasSubstr("tags"));
  EXPECT_EQ(view().subjects[0].pictures, 0);
}

TEST_F(TeachingByTouch, ACameraThatSeesNothingIsSaid) {
  world_.crashed = true;
  act(Act::kTake);
  EXPECT_EQ(view().problem, "The vision worker ended.");
  EXPECT_FALSE(view().busy);
}

TEST_F(TeachingByTouch, WhatWasNotShownKeepsItOnTheReferences) {
  act(Act::kNext);
  act(Act::kTake);
  act(Act::kNext);
  EXPECT_EQ(view().stage, Stage::kReferences);
  EXPECT_THAT(view().problem, HasSubstr("reference:pump-off"));
}

TEST_F(TeachingByTouch, TheNewestPictureOfAReferenceCounts) {
  show_both();
  act(Act::kTake);
  EXPECT_EQ(view().subjects[1].pictures, 1);
  act(Act::kRemove);
  EXPECT_EQ(view().subjects[1].pictures, 0);
}

TEST_F(TeachingByTouch, GoodAndBadSamplesGiveAThresholdThatIsSavedWithItsErrors) {
  show_both();
  act(Act::kNext);
  ASSERT_EQ(view().stage, Stage::kSamples) << view().problem;
  for (const double score : {0.8, 0.7, 0.9}) sample("good", score);
  EXPECT_FALSE(view().threshold);
  for (const double score : {0.2, 0.3}) sample("bad", score);
  ASSERT_TRUE(view().threshold);
  EXPECT_EQ(view().threshold->threshold, "0.500");
  act(Act::kSave);
  EXPECT_EQ(view().saved, "pump-lamp.check.json");
  const auto saved = vision::check_from_json(*load_file(out_, vision::kCheckBytesMax));
  ASSERT_TRUE(saved.check);
  EXPECT_DOUBLE_EQ(std::get<vision::LampsCheck>(saved.check->rule).margin_min, 0.5);
  ASSERT_TRUE(saved.check->taught);
  EXPECT_EQ(saved.check->taught->good, 3);
  EXPECT_EQ(saved.check->taught->bad, 2);
  EXPECT_GT(saved.check->taught->false_accept_upper, 0.5);
}

TEST_F(TeachingByTouch, SamplesThatOverlapAreNamedAndGiveNoThreshold) {
  show_both();
  act(Act::kNext);
  sample("good", 0.4);
  sample("bad", 0.6);
  EXPECT_FALSE(view().threshold);
  ASSERT_FALSE(view().findings.empty());
  EXPECT_THAT(view().findings[0], HasSubstr("good 1"));
  act(Act::kSave);
  EXPECT_THAT(view().problem, HasSubstr("good 1"));
  EXPECT_FALSE(std::filesystem::exists(out_));
  act(Act::kRemove);  // the bad one: it was laid out wrongly
  EXPECT_TRUE(view().findings.empty());
}

TEST_F(TeachingByTouch, WithoutSamplesTheCheckIsSavedAsUntaught) {
  show_both();
  act(Act::kNext);
  act(Act::kSave);
  const auto saved = vision::check_from_json(*load_file(out_, vision::kCheckBytesMax));
  ASSERT_TRUE(saved.check);
  EXPECT_FALSE(saved.check->taught);
}

TEST_F(TeachingByTouch, AnotherReferenceTakesTheSamplesAway) {
  show_both();
  act(Act::kNext);
  sample("good", 0.8);
  sample("bad", 0.2);
  act(Act::kBack);
  act(Act::kTake);
  act(Act::kNext);
  EXPECT_EQ(view().good, 0);
  EXPECT_FALSE(view().threshold);
}

TEST_F(TeachingByTouch, SamplesOfOneKindAreNotSavedAsIfTheyProvedSomething) {
  show_both();
  act(Act::kNext);
  sample("bad", 0.9);
  act(Act::kSave);
  EXPECT_FALSE(std::filesystem::exists(out_));
  act(Act::kRemove);
  act(Act::kSave);
  EXPECT_TRUE(std::filesystem::exists(out_));
}

TEST_F(TeachingByTouch, TheSamePictureNeverCountsTwice) {
  show_both();
  act(Act::kNext);
  world_.stands_still = true;
  sample("good", 0.8);
  sample("good", 0.8);
  EXPECT_EQ(view().good, 1);
  EXPECT_THAT(view().problem, HasSubstr("same picture"));
}

TEST_F(TeachingByTouch, ASampleTakenAsTheWrongKindIsRemovedAndTakenAgain) {
  show_both();
  act(Act::kNext);
  world_.stands_still = true;
  sample("bad", 0.8);
  act(Act::kRemove);
  sample("good", 0.8);
  EXPECT_EQ(view().good, 1);
  EXPECT_EQ(view().bad, 0);
}

TEST_F(TeachingByTouch, ABlurredPictureIsNoReference) {
  world_.advice = vision::Advice::kHoldStill;
  act(Act::kNext);
  act(Act::kTake);
  EXPECT_EQ(view().subjects[0].pictures, 0);
  EXPECT_THAT(view().problem, HasSubstr("Hold it still"));
}

TEST_F(TeachingByTouch, AnAnswerThatChangesMoreThanReferencesIsNotTaken) {
  world_.teach = [](std::string_view draft, const std::vector<vision::ShownPicture>& pictures) {
    auto check = *vision::check_from_json(*with_references(draft, pictures)).check;
    std::get<vision::LampsCheck>(check.rule).margin_min = 0.05;
    return Result<std::string>(vision::file_of(check));
  };
  show_both();
  act(Act::kNext);
  EXPECT_EQ(view().stage, Stage::kReferences);
  EXPECT_THAT(view().problem, HasSubstr("No check came"));
}

TEST_F(TeachingByTouch, WhatIsNotSavedIsNotLeftByOneTap) {
  show_both();
  act(Act::kBack);
  act(Act::kLeave);
  EXPECT_FALSE(desk_.is_left());
  EXPECT_THAT(view().problem, HasSubstr("not saved"));
  act(Act::kLeave);
  EXPECT_TRUE(desk_.is_left());
}

// Answers when the test lets it.
class SlowCameras final : public Cameras {
 public:
  explicit SlowCameras(InlineCameras& cameras) : cameras_(cameras) {}
  const vision::CameraSource* find(const std::string& camera) const override {
    return cameras_.find(camera);
  }
  void watch(const std::string&) override {}
  void check(CheckJob, Progress, std::function<void(const CheckOutcome&)>) override {}
  void challenge(ChallengeJob, std::function<void(const ChallengeProgress&)>,
                 std::function<void(const ChallengeOutcome&)>) override {}
  void card_in_view(int) override {}
  void ask(std::function<void(Lookout&)> job, std::function<void()> done) override {
    cameras_.ask(std::move(job), [] {});
    waiting = std::move(done);
  }
  void cancel() override {}
  std::function<void()> waiting;

 private:
  InlineCameras& cameras_;
};

TEST_F(TeachingByTouch, APictureBelongsToWhatWasSelectedWhenItWasTaken) {
  SlowCameras slow(cameras_);
  TeachDesk desk({lamp_draft(), out_, "en", words_}, slow, preview_, clock_);
  const auto tap = [&](Act what, std::string id = {}) {
    desk.handle({.act = what, .what = std::move(id), .box = {}});
  };
  tap(Act::kNext);
  tap(Act::kSelect, "reference:pump-green");
  tap(Act::kTake);
  tap(Act::kSelect, "reference:pump-off");
  slow.waiting();
  const auto view = std::get<ui::TeachView>(desk.view().screen);
  EXPECT_EQ(view.subjects[0].pictures, 1);
  EXPECT_EQ(view.subjects[1].pictures, 0);
  EXPECT_EQ(view.selected, "reference:pump-off");
}

TEST_F(TeachingByTouch, APoorPictureTeachesNothing) {
  show_both();
  act(Act::kNext);
  world_.checked = test::says(vision::Verdict::kUndecided);
  act(Act::kTake);
  EXPECT_EQ(view().good, 0);
  EXPECT_THAT(view().problem, HasSubstr("teaches nothing"));
}

class TeachingALayout : public ::testing::Test {
 protected:
  static vision::Check draft() {
    vision::Check draft = lamp_draft();
    draft.station =
        vision::Station{"apriltag_36h11", 200, 150, 2, 2, {{0, 10, 10, 20}, {1, 190, 10, 20}}};
    draft.regions = {{"left", {{"en", "Left"}}, {10, 10, 100, 100}},
                     {"right", {{"en", "Right"}}, {200, 10, 100, 100}}};
    vision::LayoutCheck rule;
    rule.parts = {{"cap", "left", {}, 1}, {"clamp", "right", {}, 1}};
    rule.slots = {{"left", "cap"}, {"right", "clamp"}};
    draft.rule = rule;
    return draft;
  }
  void act(Act what, std::string id = {}) {
    desk_.handle({.act = what, .what = std::move(id), .box = {}});
  }
  // Of the empty station, everything, cap and clamp.
  std::vector<int> counts() const {
    std::vector<int> counts;
    const auto view = std::get<ui::TeachView>(desk_.view().screen);
    for (const auto& row : view.subjects) counts.push_back(row.pictures);
    return counts;
  }

  test::FakeWorld world_;
  Preview preview_;
  SystemClock clock_;
  InlineCameras cameras_{std::make_unique<test::FakeLookout>(world_),
                         {{"CAM-A", vision::CameraKind::kV4l2, "/dev/video0"}},
                         preview_};
  TeachDesk desk_{{draft(), "unused", "en", {}}, cameras_, preview_, clock_};
};

TEST_F(TeachingALayout, OnePictureMayShowEveryPartAndIsSentOnce) {
  act(Act::kNext);
  act(Act::kTake);
  act(Act::kSelect, "everything");
  act(Act::kTake);
  act(Act::kTake);
  EXPECT_THAT(counts(), ElementsAre(1, 2, 2, 2));
  act(Act::kNext);
  ASSERT_THAT(world_.taught, SizeIs(3));
  EXPECT_THAT(world_.taught[1].subjects, ElementsAre("part:cap", "part:clamp"));
}

TEST_F(TeachingALayout, RemovingTakesBackWhatWasTakenAsTheSame) {
  act(Act::kNext);
  act(Act::kSelect, "everything");
  act(Act::kTake);
  act(Act::kSelect, "part:cap");
  act(Act::kTake);
  EXPECT_THAT(counts(), ElementsAre(0, 1, 2, 1));
  act(Act::kSelect, "everything");
  act(Act::kRemove);
  EXPECT_THAT(counts(), ElementsAre(0, 0, 1, 0));
}

}  // namespace
}  // namespace batchwright::client
