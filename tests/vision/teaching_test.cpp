// Requirement E1: what a trainer shows the camera turns a draft into a check that judges by it.
#include "vision/teaching.h"

#include <gmock/gmock.h>

#include <cmath>
#include <opencv2/imgcodecs.hpp>

#include "base/time.h"
#include "tests/support/process.h"
#include "vision/challenge/kit_scene.h"
#include "vision/challenge/station_view.h"
#include "vision/engine/check_engine.h"
#include "vision/engine/internal/picture.h"
#include "vision/engine/teach_check.h"
#include "vision/teaching_message.h"
#include "vision/worker.h"

namespace batchwright::vision {
namespace {

using namespace challenge;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> keys_of(const Check& check) {
  std::vector<std::string> keys;
  for (const auto& subject : subjects_of(check)) keys.push_back(key_of(subject));
  return keys;
}

// A layout's author names parts, slots and limits; the references are the trainer's.
Check filter_draft() {
  static const Check draft = [] {
    Dice dice(1);
    auto taught = *teach(filter_kit(), dice);
    taught.references.clear();
    auto& rule = std::get<LayoutCheck>(taught.rule);
    rule.empty_reference.clear();
    for (auto& part : rule.parts) part.references.clear();
    return taught;
  }();
  return draft;
}

Frame empty_board(const Kit& kit, Dice& dice) {
  auto shot = Shot::any(dice, kit.board);
  shot.camera.exposure_ev = -0.5;
  return challenge::frame_of(take(kit.board, shot, dice));
}

Frame filled_board(const Kit& kit, Dice& dice) {
  return kit_scene(kit, KitCase::kGood, dice).frame;
}

std::vector<ShownFrame> everything_shown(const Check& draft) {
  const auto kit = filter_kit();
  Dice dice(7);
  std::vector<ShownFrame> shown;
  for (int i = 0; i < 4; ++i) shown.push_back({{"empty"}, empty_board(kit, dice)});
  ShownFrame everything{{}, filled_board(kit, dice)};
  for (const auto& key : keys_of(draft))
    if (key != "empty") everything.subjects.push_back(key);
  shown.push_back(std::move(everything));
  return shown;
}

Check one_lamp() {
  Check check;
  check.id = "pump-lamp";
  check.version = "1";
  check.title = {{"en", "Pump"}};
  check.camera = "CAM-A";
  check.regions = {{"pump", {{"en", "Pump"}}, {40, 30, 60, 60}}};
  check.rule =
      LampsCheck{{{"pump", "green", {{"green", "pump-green"}, {"off", "pump-off", false}}}}};
  return check;
}

// A grey panel with a lamp of this colour in the middle of its region.
Frame panel_with(const cv::Scalar& lamp) {
  cv::Mat panel(120, 200, CV_8UC3, cv::Scalar(120, 120, 120));
  for (int y = 0; y < panel.rows; ++y)
    for (int x = 0; x < panel.cols; ++x)
      if (std::hypot(x - 70, y - 60) < 16)
        panel.at<cv::Vec3b>(y, x) = {static_cast<std::uint8_t>(lamp[0]),
                                     static_cast<std::uint8_t>(lamp[1]),
                                     static_cast<std::uint8_t>(lamp[2])};
  return challenge::frame_of(panel);
}

TEST(TeachingSubjects, AreTheEmptyStationAndEachPartOfALayout) {
  EXPECT_THAT(keys_of(filter_draft()),
              ElementsAre("empty", "part:tubing", "part:gauge", "part:filter", "part:bag"));
}

TEST(TeachingSubjects, AreEachStateOfALamp) {
  EXPECT_THAT(keys_of(one_lamp()), ElementsAre("reference:pump-green", "reference:pump-off"));
}

TEST(TeachingSubjects, AreNoneForALabel) {
  Check label;
  label.rule = LabelCheck{};
  EXPECT_THAT(keys_of(label), IsEmpty());
}

TEST(Draft, MayLackItsReferencesButNoRegionThatItNames) {
  const auto file = file_of(filter_draft());
  EXPECT_TRUE(draft_from_json(file).check);
  EXPECT_FALSE(check_from_json(file).check);
  auto elsewhere = filter_draft();
  std::get<LayoutCheck>(elsewhere.rule).slots[0].region = "nowhere";
  EXPECT_FALSE(draft_from_json(file_of(elsewhere)).check);
}

TEST(Teaching, MakesOfADraftACheckThatPassesGoodKitsAndNoOther) {
  settle_engine();
  const auto draft = filter_draft();
  const auto taught = teach_check(draft, everything_shown(draft));
  ASSERT_TRUE(taught) << taught.error().message << taught.error().place;
  const auto file = file_of(*taught);
  const auto read = check_from_json(file);
  ASSERT_TRUE(read.check);
  auto engine = CheckEngine::prepare(*read.check);
  ASSERT_TRUE(engine);
  const auto verdict = [&](KitCase kind) {
    Dice dice(90210);
    const auto scene = kit_scene_with(filter_kit(), kind, "filter", dice);
    return engine->judge(scene.frame, {}, SystemClock()).verdict;
  };
  EXPECT_EQ(verdict(KitCase::kGood), Verdict::kPass);
  EXPECT_EQ(verdict(KitCase::kTurned), Verdict::kFail);
  EXPECT_EQ(verdict(KitCase::kMissing), Verdict::kFail);
}

TEST(Teaching, NamesWhatWasNotShown) {
  const auto draft = filter_draft();
  auto shown = everything_shown(draft);
  std::erase(shown.back().subjects, "part:gauge");
  const auto taught = teach_check(draft, shown);
  ASSERT_FALSE(taught);
  EXPECT_EQ(taught.error().place, "part:gauge");
}

TEST(Teaching, RefusesAPictureThatNobodyAskedFor) {
  const auto draft = filter_draft();
  auto shown = everything_shown(draft);
  shown.push_back({{"part:spoon"}, shown.front().frame});
  const auto taught = teach_check(draft, shown);
  ASSERT_FALSE(taught);
  EXPECT_EQ(taught.error().place, "part:spoon");
}

TEST(Teaching, TakesAwayWhatTheCheckWasWorthWithOtherReferences) {
  auto draft = filter_draft();
  draft.taught = Taught{"2026-11-22", 30, 30, 0.1, 0.1};
  const auto taught = teach_check(draft, everything_shown(draft));
  ASSERT_TRUE(taught);
  EXPECT_FALSE(taught->taught);
}

TEST(Teaching, CutsALampsStatesOutOfTheFrameWhereThereIsNoStation) {
  settle_engine();
  const cv::Scalar green(60, 220, 40), off(60, 66, 58);
  const auto taught = teach_check(one_lamp(), {{{"reference:pump-green"}, panel_with(green)},
                                               {{"reference:pump-off"}, panel_with(off)}});
  ASSERT_TRUE(taught) << taught.error().message << taught.error().place;
  auto check = *taught;
  check.quality = {.contrast_min = 0,
                   .sharpness_min = 0,
                   .glare_share_max = 1,
                   .extreme_share_max = 1,
                   .module_px_min = 0};
  auto engine = CheckEngine::prepare(check);
  ASSERT_TRUE(engine);
  EXPECT_EQ(engine->judge(panel_with(green), {}, SystemClock()).verdict, Verdict::kPass);
  EXPECT_EQ(engine->judge(panel_with(off), {}, SystemClock()).verdict, Verdict::kFail);
}

TEST(Teaching, MeetsARegionOutsideOfThePictureWithItsName) {
  auto draft = one_lamp();
  draft.regions[0].box.x = 180;
  const auto taught = teach_check(draft, {{{"reference:pump-green"}, panel_with({0, 255, 0})},
                                          {{"reference:pump-off"}, panel_with({0, 0, 0})}});
  ASSERT_FALSE(taught);
  EXPECT_EQ(taught.error().place, "pump");
}

// ---- Through the worker, as the panel teaches.

std::string png_of(const Frame& frame) {
  std::vector<std::uint8_t> png;
  cv::imencode(".png", bgr_of(frame), png);
  return {png.begin(), png.end()};
}

class TeachingWorker : public ::testing::Test {
 protected:
  SystemClock clock_;
  Worker worker_{{test::program("batchwright-vision")}, clock_};
};

TEST_F(TeachingWorker, AnswersWithTheSameCheckAsTheEngine) {
  const auto draft = one_lamp();
  const auto green = panel_with({60, 220, 40}), off = panel_with({60, 66, 58});
  const auto file = worker_.teach(file_of(draft), {{{"reference:pump-green"}, png_of(green)},
                                                   {{"reference:pump-off"}, png_of(off)}});
  ASSERT_TRUE(file) << file.error().message;
  const auto here =
      teach_check(draft, {{{"reference:pump-green"}, green}, {{"reference:pump-off"}, off}});
  ASSERT_TRUE(here);
  EXPECT_EQ(*file, file_of(*here));
}

TEST_F(TeachingWorker, PassesOnWhatStandsInTheWay) {
  const auto refused = worker_.teach(file_of(one_lamp()), {{{"reference:pump-off"}, "no picture"}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().place, "reference:pump-off");
  const auto unreadable = worker_.teach("{}", {});
  ASSERT_FALSE(unreadable);
  EXPECT_EQ(worker_.counts().stopped, 0);
}

TEST(TeachingTasks, ThatPromiseWhatNoTaskMayAreRefused) {
  const TeachTask good{7, 100, {{{"empty", "part:a"}, 50}, {{"part:b"}, 60}}};
  const auto read = teach_task_from_json(to_json(good));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->payload_bytes(), 210U);
  EXPECT_EQ(read->pictures[0].subjects, (std::vector<std::string>{"empty", "part:a"}));
  const auto refused = [&](const auto& change) {
    Json json = to_json(good);
    change(json);
    return !teach_task_from_json(json).has_value();
  };
  EXPECT_TRUE(refused([](Json& json) { json["draft_bytes"] = 0; }));
  EXPECT_TRUE(refused([](Json& json) { json["draft_bytes"] = kCheckBytesMax + 1; }));
  EXPECT_TRUE(refused([](Json& json) { json["pictures"] = 3; }));
  EXPECT_TRUE(refused([](Json& json) { json["pictures"][0]["bytes"] = -1; }));
  EXPECT_TRUE(refused([](Json& json) { json["pictures"][0]["bytes"] = kPictureBytesMax + 1; }));
  EXPECT_TRUE(refused([](Json& json) { json["pictures"][0]["subjects"] = Json::array(); }));
  EXPECT_TRUE(refused([](Json& json) { json["pictures"][0]["subjects"][0] = 5; }));
  EXPECT_TRUE(
      refused([](Json& json) { json["pictures"][0]["subjects"][0] = std::string(500, 'x'); }));
  EXPECT_TRUE(refused([](Json& json) {
    const Json one = json["pictures"][0];
    for (std::size_t i = 0; i <= kPicturesTaughtMax; ++i) json["pictures"].push_back(one);
  }));
}

TEST(TeachingAnswers, OfAnotherSizeThanTheySayAreRefused) {
  const Frame plane{PixelFormat::kBgr, 4, 2, 12, std::vector<std::uint8_t>(24, 9)};
  const Message good{plane_json(plane), plane.bytes};
  EXPECT_EQ(*plane_from(good), plane);
  Message shorter = good;
  shorter.payload.pop_back();
  EXPECT_EQ(plane_from(shorter).error().code, ErrorCode::kMalformed);
  Message silent = good;
  silent.header.erase("done");
  EXPECT_EQ(plane_from(silent).error().code, ErrorCode::kMalformed);
  const auto refusal = taught_from({taught_json(fail(ErrorCode::kRefused, "No.", "part:a")), {}});
  EXPECT_EQ(refusal.error().code, ErrorCode::kRefused);
  EXPECT_EQ(refusal.error().place, "part:a");
}

TEST_F(TeachingWorker, ShowsTheStationsPlaneAndSaysWhenItIsNotThere) {
  const auto kit = filter_kit();
  Dice dice(7);
  const auto draft = file_of(filter_draft());
  const auto shown = png_of(filled_board(kit, dice));
  const auto plane = worker_.plane(
      draft, std::span(reinterpret_cast<const std::uint8_t*>(shown.data()), shown.size()));
  ASSERT_TRUE(plane) << plane.error().message;
  EXPECT_EQ(plane->width, std::lround(kit.station.width_mm * kit.station.px_per_mm));
  EXPECT_EQ(plane->height, std::lround(kit.station.height_mm * kit.station.px_per_mm));
  const auto bare = png_of(panel_with({0, 0, 0}));
  const auto none = worker_.plane(
      draft, std::span(reinterpret_cast<const std::uint8_t*>(bare.data()), bare.size()));
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().message, HasSubstr("tag"));
}

}  // namespace
}  // namespace batchwright::vision
