// Requirement E5 and E4: whatever was altered after an attempt of a check is found and named before
// anything is judged again, and a result that comes out otherwise is told place by place.
#include "vision/evidence.h"

#include <gtest/gtest.h>

#include <functional>

#include "base/bytes.h"
#include "base/sha256.h"

namespace batchwright::vision {
namespace {

constexpr const char* kCheckFile =
    R"({"format":"batchwright/check/1","id":"vial-label","version":"3","title":{"en":"Vial label"},)"
    R"("camera":"CAM-A","kind":"label","regions":[],"references":[],)"
    R"("rule":{"symbologies":["data_matrix"],"required":["lot"]}})";

CheckResult a_result() {
  CheckResult result;
  result.verdict = Verdict::kFail;
  result.score = 0.25;
  result.threshold = 1;
  result.regions.push_back({"symbol", Verdict::kFail, "other_text", "B-2418", "B-2417", 0.25, 1,
                            Corners{Point{1, 2}, Point{30, 2}, Point{30, 40}, Point{1, 40}}});
  result.readings = {{"lot", "B-2418"}};
  result.quality.good = true;
  result.took_ms = 17;
  return result;
}

class EvidenceTest : public ::testing::Test {
 protected:
  EvidenceTest() {
    auto reading = check_from_json(kCheckFile);
    EXPECT_TRUE(reading.check) << (reading.findings.empty() ? "" : reading.findings[0].place);
    evidence_ = make_evidence(*reading.check, frames_, {{"lot", "B-2417"}},
                              {kEngineName, std::string(64, 'e')}, a_result(), Decision::kTwoAgree);
  }

  [[nodiscard]] Findings verify(std::vector<std::string_view> frames) const {
    return verify_evidence(evidence_, kCheckFile, frames);
  }

  std::vector<std::string_view> frames_{"first frame", "second frame", "third frame"};
  CheckEvidence evidence_;
};

TEST_F(EvidenceTest, WhatIsWrittenIsReadAndProved) {
  const auto reading = evidence_from_json(file_of(evidence_));
  ASSERT_TRUE(reading.evidence) << reading.findings[0].place << reading.findings[0].message;
  EXPECT_EQ(*reading.evidence, evidence_);
  EXPECT_EQ(reading.evidence->frames[1].sha256_hex, to_hex(sha256("second frame")));
  EXPECT_EQ(reading.evidence->check_sha256_hex, to_hex(sha256(kCheckFile)));
  EXPECT_TRUE(verify(frames_).empty());
  EXPECT_TRUE(compare_with(evidence_, a_result()).empty()) << "how long it took is no difference";
}

TEST_F(EvidenceTest, HowTheFramesBecameOneResultIsPartOfIt) {
  EXPECT_EQ(evidence_.decision, Decision::kTwoAgree);
  evidence_.decision = Decision::kLastFrame;
  const auto reading = evidence_from_json(file_of(evidence_));
  ASSERT_TRUE(reading.evidence);
  EXPECT_EQ(reading.evidence->decision, Decision::kLastFrame);
}

TEST_F(EvidenceTest, WhereThePicturesCameFromIsPartOfIt) {
  EXPECT_EQ(evidence_.source, "files");
  evidence_.source = "v4l2";
  EXPECT_EQ(evidence_from_json(file_of(evidence_)).evidence->source, "v4l2");
  evidence_.source = "heaven";
  EXPECT_FALSE(evidence_from_json(file_of(evidence_)).evidence);
}

TEST_F(EvidenceTest, OnePictureOfSeveralNeverDecidesAlone) {
  ASSERT_TRUE(verify(frames_).empty());
  evidence_.decision = Decision::kLastFrame;
  const auto findings = verify(frames_);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].code, "evidence.decision");
}

TEST_F(EvidenceTest, OfACameraNotEvenASinglePictureDecidesAlone) {
  evidence_.frames.resize(1);
  evidence_.decision = Decision::kLastFrame;
  EXPECT_TRUE(verify({"first frame"}).empty()) << "somebody judged a file";
  evidence_.source = "v4l2";
  ASSERT_EQ(verify({"first frame"}).size(), 1U);
  EXPECT_EQ(verify({"first frame"})[0].code, "evidence.decision");
}

TEST_F(EvidenceTest, ADevicesPictureThatIsTheOneBeforeItIsNoVote) {
  evidence_.frames[1] = evidence_.frames[0];
  EXPECT_TRUE(verify({"first frame", "first frame", "third frame"}).empty());
  evidence_.source = "v4l2";
  const auto findings = verify({"first frame", "first frame", "third frame"});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].code, "evidence.frame");
  EXPECT_EQ(findings[0].place, "frames[1]");
}

TEST_F(EvidenceTest, OnlyAnAttemptThatNobodyLookedAtHasNoFrame) {
  evidence_.frames.clear();
  EXPECT_FALSE(evidence_from_json(file_of(evidence_)).evidence);
  CheckResult nobody;
  nobody.reason = "The camera is busy.";
  evidence_.result_text = canonical_text(nobody);
  EXPECT_TRUE(evidence_from_json(file_of(evidence_)).evidence);
}

TEST_F(EvidenceTest, AnAlteredFrameIsNamedByItsPlace) {
  const auto findings = verify({"first frame", "second framE", "third frame"});
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].code, "evidence.frame");
  EXPECT_EQ(findings[0].place, "frames[1]");
}

TEST_F(EvidenceTest, FramesInAnotherOrderAreNamedWithThePlaceTheyHad) {
  const auto findings = verify({"second frame", "first frame", "third frame"});
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].place, "frames[0]");
  EXPECT_NE(findings[0].message.find("frame 2 of the evidence"), std::string::npos);
  EXPECT_EQ(findings[1].place, "frames[1]");
}

TEST_F(EvidenceTest, AMissingOrAnAddedFrameIsNamed) {
  const auto less = verify({"first frame", "second frame"});
  ASSERT_EQ(less.size(), 1u);
  EXPECT_EQ(less[0].code, "evidence.frames");
  const auto more = verify({"first frame", "second frame", "third frame", "fourth"});
  ASSERT_EQ(more.size(), 1u);
  EXPECT_EQ(more[0].code, "evidence.frames");
  EXPECT_EQ(verify({}).at(0).code, "evidence.frames");
}

TEST_F(EvidenceTest, OneChangedByteOfTheCheckIsEnough) {
  std::string other = kCheckFile;
  other.replace(other.find("CAM-A"), 5, "CAM-B");
  const auto findings = verify_evidence(evidence_, other, frames_);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].code, "evidence.check");
}

TEST_F(EvidenceTest, AnAlteredResultIsFoundByItsHash) {
  auto better = a_result();
  better.verdict = Verdict::kPass;
  better.regions[0].verdict = Verdict::kPass;
  evidence_.result_text = canonical_text(better);
  const auto findings = verify(frames_);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].code, "evidence.result");
}

TEST_F(EvidenceTest, AnotherCheckVersionOrCameraThanTheFilesIsFound) {
  const auto altered = [&](const std::function<void(CheckEvidence&)>& change) {
    auto evidence = evidence_;
    change(evidence);
    const auto findings = verify_evidence(evidence, kCheckFile, frames_);
    return findings.size() == 1 ? findings[0].place : std::string();
  };
  EXPECT_EQ(altered([](auto& e) { e.check_id = "other"; }), "check");
  EXPECT_EQ(altered([](auto& e) { e.check_version = "4"; }), "check");
  EXPECT_EQ(altered([](auto& e) { e.camera = "CAM-B"; }), "camera");
}

TEST_F(EvidenceTest, EverythingThatIsAlteredIsToldAtOnce) {
  evidence_.result_sha256_hex = std::string(64, '0');
  const std::vector<std::string_view> frames{"x", "y"};
  EXPECT_EQ(verify_evidence(evidence_, "{}", frames).size(), 5u)
      << "the check, the number of frames, two frames, the result";
}

TEST_F(EvidenceTest, EveryMemberThatCameOutOtherwiseIsTold) {
  auto again = a_result();
  again.regions[0].score = 0.250001;
  again.readings[0].second = "B-2419";
  again.regions.push_back({});
  const auto findings = compare_with(evidence_, again);
  ASSERT_GE(findings.size(), 3u);
  EXPECT_EQ(findings[0].place, "regions/0/score");
  EXPECT_NE(findings[0].message.find("0.250000"), std::string::npos);
  EXPECT_NE(findings[0].message.find("0.250001"), std::string::npos);
  EXPECT_LE(findings.size(), kDifferencesMax + 1);
}

TEST_F(EvidenceTest, ManyDifferencesEndWithOneThatSaysSo) {
  auto again = a_result();
  again.regions.resize(30);
  const auto findings = compare_with(evidence_, again);
  ASSERT_EQ(findings.size(), kDifferencesMax + 1);
  EXPECT_EQ(findings.back().message, "There are more differences.");
}

TEST_F(EvidenceTest, ADocumentThatIsNotAsItMustBeIsRefusedAtEveryPlace) {
  const auto good = parse_json(file_of(evidence_)).value();
  const auto place_of = [&](const std::function<void(Json&)>& change) {
    Json json = good;
    change(json);
    const auto reading = evidence_from_json(to_text(json));
    EXPECT_FALSE(reading.evidence);
    return reading.findings.empty() ? std::string() : reading.findings[0].place;
  };
  EXPECT_EQ(place_of([](Json& j) { j["format"] = "batchwright/check-evidence/2"; }), "format");
  EXPECT_EQ(place_of([](Json& j) { j["more"] = 1; }), "more");
  EXPECT_EQ(place_of([](Json& j) { j.erase("camera"); }), "camera");
  EXPECT_EQ(place_of([](Json& j) { j["check"]["sha256"] = "12"; }), "check.sha256");
  EXPECT_EQ(place_of([](Json& j) { j["frames"] = Json::array(); }), "frames");
  EXPECT_EQ(place_of([](Json& j) { j["decision"] = "three_agree"; }), "decision");
  EXPECT_EQ(place_of([](Json& j) { j["frames"][2]["bytes"] = -1; }), "frames[2].bytes");
  EXPECT_EQ(place_of([](Json& j) { j["engine"]["sha256"] = std::string(64, 'G'); }),
            "engine.sha256");
  EXPECT_EQ(place_of([](Json& j) { j["result"] = "{}"; }), "result");
  EXPECT_EQ(place_of([](Json& j) { j["result"] = j["result"].get<std::string>() + " "; }), "result")
      << "a text that says the same in other bytes is not canonical";
  EXPECT_EQ(evidence_from_json("{").findings.at(0).code, "evidence.json");
}

}  // namespace
}  // namespace batchwright::vision
