// Requirement E5: delete or alter a picture that the record rests on, and its verification fails.
#include "client/evidence_audit.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/sha256.h"
#include "client/file.h"
#include "tests/offline_store/temporary_folder.h"
#include "vision/challenge_evidence.h"
#include "vision/evidence.h"

namespace batchwright::client::test {
namespace {

namespace fs = std::filesystem;
using offline_store::test::TemporaryFolder;

std::string digest(std::string_view bytes) {
  return to_hex(sha256(bytes));
}

class EvidenceAudits : public ::testing::Test {
 protected:
  EvidenceAudits() {
    vision::Check check;
    check.id = "label";
    check.version = "3";
    check.camera = "CAM-A";
    check.sha256_hex = digest("check file");
    vision::CheckResult result;
    result.verdict = vision::Verdict::kPass;
    result.score = result.threshold = 1;
    result.quality.good = true;
    result.regions.push_back({"lot", vision::Verdict::kPass, "ok", "L2041", "L2041", 1, 1, {}});
    const std::vector<std::string_view> frames{"first", "second"};
    document = vision::file_of(vision::make_evidence(check, frames, {},
                                                     {vision::kEngineName, digest("engine")},
                                                     result, vision::Decision::kTwoAgree, "v4l2"));
    const auto reading = vision::evidence_from_json(document);
    EXPECT_TRUE(reading.evidence) << reading.findings.front().place
                                  << reading.findings.front().message;
    for (const std::string& file : {std::string("first"), std::string("second"), document})
      keep(file);
  }

  void keep(const std::string& bytes) {
    fs::create_directories(file(bytes).parent_path());
    ASSERT_TRUE(save_file(file(bytes), bytes));
  }
  [[nodiscard]] fs::path file(const std::string& bytes) const {
    const auto hex = digest(bytes);
    return fs::path(folder.path()) / hex.substr(0, 2) / hex;
  }

  [[nodiscard]] record::Package package() const {
    record::Line line;
    line.type = "camera_checked";
    line.subject = {"run", "0192a000-0000-7000-8000-000000000000"};
    line.step = "a#1";
    line.actor = "mary";
    line.performed_by = "mary";
    line.lang = "en";
    line.device = "panel-2";
    line.seq = 1;
    line.time = "2027-01-15T09:00:00.000+01:00";
    line.body = {{"entry", "look"},
                 {"check_sha256", digest("check file")},
                 {"camera", "CAM-A"},
                 {"verdict", verdict},
                 {"frames", Json::array({digest("first"), digest("second")})},
                 {"evidence", digest(document)}};
    record::Package package;
    package.lines = {record::encode(line)};
    EXPECT_TRUE(record::decode(package.lines[0]));
    return package;
  }
  [[nodiscard]] std::string code() const {
    const auto audit = audit_evidence(package(), folder.path());
    if (audit.findings.empty()) return "";
    EXPECT_EQ(audit.findings.size(), 1U);
    EXPECT_EQ(audit.findings[0].place, "line 1");
    EXPECT_EQ(audit.first_bad_line, 1U);
    return audit.findings[0].code;
  }

  TemporaryFolder folder;
  std::string document, verdict = "pass";
};

TEST_F(EvidenceAudits, FindNothingWrongWhereEveryFileIsAsItWas) {
  const auto audit = audit_evidence(package(), folder.path());
  EXPECT_EQ(audit.files, 3U);
  EXPECT_TRUE(audit.findings.empty()) << audit.findings.front().message;
}

TEST_F(EvidenceAudits, NameADeletedPicture) {
  fs::remove(file("second"));
  EXPECT_EQ(code(), "evidence.missing");
}

// A challenge with one card, and what its line says.
class ChallengeAudits : public EvidenceAudits {
 protected:
  ChallengeAudits() {
    challenge =
        to_text(vision::ChallengeEvidence{digest("check file"),
                                          digest("manifest"),
                                          "CAM-A",
                                          "v4l2",
                                          digest("engine"),
                                          {{"1",
                                            vision::Verdict::kPass,
                                            R"({"verdict":"pass"})",
                                            {{vision::Verdict::kPass, {digest("a card")}}}}}});
    for (const auto& bytes : {challenge, std::string("a card"), std::string("manifest")})
      keep(bytes);
    says = {{"check_sha256", digest("check file")},
            {"camera", "CAM-A"},
            {"good", "1"},
            {"good_passed", "1"},
            {"bad", "0"},
            {"bad_failed", "0"},
            {"evidence", digest(challenge)},
            {"manifest", digest("manifest")}};
  }
  [[nodiscard]] record::Package challenged() const {
    auto line = record::decode(package().lines[0])->line;
    line.type = "camera_challenged";
    line.body = says;
    record::Package package;
    package.lines = {record::encode(line)};
    return package;
  }
  [[nodiscard]] std::string wrong() const {
    const auto audit = audit_evidence(challenged(), folder.path());
    return audit.findings.empty() ? "" : audit.findings[0].code;
  }

  std::string challenge;
  Json says;
};

TEST_F(ChallengeAudits, LookAtThePicturesOfCardsAndTakeThemAlong) {  // Requirement E8
  EXPECT_EQ(audit_evidence(challenged(), folder.path()).files, 3U);
  EXPECT_EQ(wrong(), "");
  TemporaryFolder copy;
  EXPECT_EQ(copy_evidence(challenged(), folder.path(), copy.path())->copied, 3U);
  fs::remove(file("a card"));
  EXPECT_EQ(wrong(), "evidence.missing");
}

TEST_F(ChallengeAudits, NameALineThatSaysMoreThanItsEvidence) {
  const std::pair<const char*, std::string> lies[] = {{"good", "2"},
                                                      {"good_passed", "2"},
                                                      {"bad", "1"},
                                                      {"bad_failed", "1"},
                                                      {"camera", "CAM-B"},
                                                      {"check_sha256", digest("another")},
                                                      {"manifest", digest("an easier set")}};
  for (const auto& [key, value] : lies) {
    const auto truth = std::exchange(says[key], value);
    EXPECT_EQ(wrong(), "evidence.contradicts") << key;
    says[key] = truth;
  }
  says["good_passed"] = "0";
  EXPECT_EQ(wrong(), "") << "it read something else";
  says.erase("manifest");
  EXPECT_EQ(wrong(), "") << "version 1 of the line";
}

TEST_F(EvidenceAudits, SayOnceThatTheWholeFolderIsMissing) {
  const auto audit = audit_evidence(package(), fs::path(folder.path()) / "elsewhere");
  ASSERT_EQ(audit.findings.size(), 1U);
  EXPECT_EQ(audit.findings[0].code, "evidence.missing");
  EXPECT_NE(audit.findings[0].message.find("3 pictures"), std::string::npos);
}

TEST_F(EvidenceAudits, NameAnAlteredPicture) {
  ASSERT_TRUE(save_file(file("first"), "First"));
  EXPECT_EQ(code(), "evidence.altered");
}

TEST_F(EvidenceAudits, NameAnAlteredDocument) {
  ASSERT_TRUE(save_file(file(document), document + " "));
  EXPECT_EQ(code(), "evidence.altered");
}

TEST_F(EvidenceAudits, NameALineThatSaysOtherwiseThanItsEvidence) {
  verdict = "fail";
  EXPECT_EQ(code(), "evidence.contradicts");
}

TEST_F(EvidenceAudits, WhatIsCopiedIsWholeAndTheRestIsLeftOut) {
  const TemporaryFolder to;
  const auto whole = copy_evidence(package(), folder.path(), to.path());
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->files, 3U);
  EXPECT_EQ(whole->copied, 3U);
  EXPECT_TRUE(audit_evidence(package(), to.path()).findings.empty());
  ASSERT_TRUE(save_file(file("first"), "First"));
  const TemporaryFolder again;
  const auto part = copy_evidence(package(), folder.path(), again.path());
  ASSERT_TRUE(part);
  EXPECT_EQ(part->files, 3U);
  EXPECT_EQ(part->copied, 2U);
}

}  // namespace
}  // namespace batchwright::client::test
