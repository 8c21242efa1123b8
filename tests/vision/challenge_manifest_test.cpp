// Requirement E8: the answers are written before the pictures are judged, in one form that is
// either understood whole or refused.
#include "vision/challenge_manifest.h"

#include <gtest/gtest.h>

#include <functional>

namespace batchwright::vision {
namespace {

ChallengeManifest a_manifest() {
  ChallengeManifest manifest{"labels", "2026-11-22", "scenes of labels", "7", true, {}, {}};
  ChallengeCase good{
      "000001", Split::kSealed, CaseGroup::kInGate, {}, {}, Verdict::kPass, {}, WrongKind::kNone,
      {}};
  good.images = {{"000001.png", std::string(64, 'a')}, {"000001-2.png", std::string(64, 'b')}};
  good.values = {{"lot", "B-1"}};
  good.readings = {{"lot", "B-1"}};
  good.parameters = {{"blur_px", 0.75}, {"module_px", 4}};
  auto wrong = good;
  wrong.id = "000002";
  wrong.truth = Verdict::kFail;
  wrong.readings.clear();
  wrong.wrong = WrongKind::kPlausible;
  wrong.group = CaseGroup::kOutOfGate;
  manifest.cases = {good, wrong};
  return manifest;
}

TEST(ChallengeManifest, IsReadAsItIsWrittenAndNamedByItsHash) {
  const auto text = file_of(a_manifest());
  const auto reading = manifest_from_json(text);
  ASSERT_TRUE(reading.manifest) << reading.findings[0].place << reading.findings[0].message;
  auto expected = a_manifest();
  expected.sha256_hex = reading.manifest->sha256_hex;
  EXPECT_EQ(*reading.manifest, expected);
  EXPECT_EQ(file_of(*reading.manifest), text);
  EXPECT_NE(manifest_from_json(text + " ").manifest->sha256_hex, expected.sha256_hex);
}

TEST(ChallengeManifest, ACardTakesThePlaceOfPictures) {
  auto manifest = a_manifest();
  manifest.cases[1].images.clear();
  manifest.cases[1].card = {{"de", "Karte 4"}, {"en", "Card 4"}};
  const auto text = file_of(manifest);
  const auto reading = manifest_from_json(text);
  ASSERT_TRUE(reading.manifest) << reading.findings[0].place << reading.findings[0].message;
  EXPECT_EQ(reading.manifest->cases[1], manifest.cases[1]);
  EXPECT_EQ(file_of(*reading.manifest), text);
}

TEST(ChallengeManifest, HasNoMoreCardsThanAPersonLays) {
  auto manifest = a_manifest();
  manifest.cases.resize(1);
  manifest.cases[0].images.clear();
  manifest.cases[0].card = {{"en", "Card"}};
  for (std::size_t i = 1; i <= kCardsMax; ++i) {
    EXPECT_TRUE(manifest_from_json(file_of(manifest)).manifest);
    manifest.cases.push_back(manifest.cases[0]);
    manifest.cases.back().id = std::to_string(100 + i);
  }
  EXPECT_FALSE(manifest_from_json(file_of(manifest)).manifest);
}

TEST(ChallengeManifest, EveryMistakeIsNamedByItsPlace) {
  const auto good = parse_json(file_of(a_manifest())).value();
  const auto place_of = [&](const std::function<void(Json&)>& change) {
    Json json = good;
    change(json);
    const auto reading = manifest_from_json(to_text(json));
    EXPECT_FALSE(reading.manifest);
    return reading.findings.empty() ? std::string() : reading.findings[0].place;
  };
  EXPECT_EQ(place_of([](Json& j) { j["format"] = "other"; }), "format");
  EXPECT_EQ(place_of([](Json& j) { j["made"] = "22.11.2026"; }), "made");
  EXPECT_EQ(place_of([](Json& j) { j["cases"] = Json::array(); }), "cases");
  EXPECT_EQ(place_of([](Json& j) { j["cases"][1]["id"] = "000001"; }), "cases[1].id");
  EXPECT_EQ(place_of([](Json& j) { j["cases"][0]["split"] = "secret"; }), "cases[0].split");
  EXPECT_EQ(place_of([](Json& j) { j["cases"][0]["group"] = "gate"; }), "cases[0].group");
  EXPECT_EQ(place_of([](Json& j) { j["cases"][0]["truth"] = "not_performed"; }), "cases[0].truth");
  EXPECT_EQ(place_of([](Json& j) { j["cases"][0]["wrong"] = "random"; }), "cases[0].wrong");
  EXPECT_EQ(place_of([](Json& j) { j["cases"][1]["readings"] = j["cases"][0]["readings"]; }),
            "cases[1].readings");
  EXPECT_EQ(place_of([](Json& j) { j["cases"][0]["parameters"]["blur_px"] = "much"; }),
            "cases[0].parameters.blur_px");
  EXPECT_EQ(place_of([](Json& j) { j["cases"][0].erase("images"); }), "cases[0].images");
  EXPECT_EQ(place_of([](Json& j) { j["cases"][0]["card"] = Json{{"en", "Card"}}; }),
            "cases[0].images");
  EXPECT_EQ(place_of([](Json& j) { j["cases"][0]["images"][0]["sha256"] = ""; }),
            "cases[0].images[0].sha256");
}

TEST(ChallengeManifest, APictureOutsideItsFolderIsRefused) {
  for (const char* name : {"../000001.png", "/etc/passwd", "a/b.png", ".hidden", "", "a\\b.png"}) {
    auto manifest = a_manifest();
    manifest.cases[0].images[0].file = name;
    EXPECT_FALSE(manifest_from_json(file_of(manifest)).manifest) << name;
  }
}

TEST(ChallengeManifest, WhatIsLeftOutHasTheStatedMeaning) {
  const auto reading = manifest_from_json(
      R"({"format":"batchwright/challenge-manifest/1","id":"a","made":"2026-11-22","cases":[)"
      R"({"id":"1","truth":"undecided","images":[{"file":"1.png","sha256":")" +
      std::string(64, '0') + R"("}]}]})");
  ASSERT_TRUE(reading.manifest) << reading.findings[0].place;
  EXPECT_TRUE(reading.manifest->rendered);
  EXPECT_EQ(reading.manifest->cases[0].split, Split::kDevelop);
  EXPECT_EQ(reading.manifest->cases[0].group, CaseGroup::kInGate);
}

}  // namespace
}  // namespace batchwright::vision
