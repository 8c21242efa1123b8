// A small recipe with camera checks, and what a camera would say: for tests of requirements E3, E5,
// E8 and E11.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {

inline std::string digest(const std::string& what) {
  return to_hex(sha256(what));
}

inline Entry camera_check(std::string id, const std::string& check = "label") {
  Entry made = entry(std::move(id), EntryKind::kCameraCheck);
  made.camera_check = CameraCheck{};
  made.camera_check->check = {check, "3", digest(check)};
  made.camera_check->camera = "CAM-A";
  return made;
}

inline Entry camera_challenge(std::string id, CameraChallenge::When when,
                              std::vector<std::string> checks = {"label"}) {
  Entry made = entry(std::move(id), EntryKind::kCameraChallenge);
  made.camera_challenge = CameraChallenge{std::move(checks), when};
  return made;
}

// Action limits 7.0 to 7.4 pH; plan PH measures again once.
inline Entry ph_by_camera() {
  Entry made = decimal("ph", "pH", 2);
  made.limits.action_low = dec("7.00");
  made.limits.action_high = dec("7.40");
  made.reaction_plan = "PH";
  made.captured_by = "camera";
  return made;
}

// The check "look" of step "a" reads the display.
inline std::vector<Entry> reading_entries() {
  Entry look = camera_check("look", "display");
  look.camera_check->fills = {{"value", "ph"}};
  return {look, ph_by_camera()};
}

inline RecordCheck said(const std::string& verdict, const std::string& step = "a#1",
                        const std::string& entry = "look", const std::string& check = "label") {
  return {.step = step,
          .entry = entry,
          .verdict = verdict,
          .check_sha256 = digest(check),
          .camera = "CAM-A",
          .score = "0.93",
          .threshold = "0.90",
          .frames = {digest("frame")},
          .evidence = digest("evidence")};
}

inline RecordCheck display(const std::string& verdict, const std::string& value) {
  RecordCheck command = said(verdict, "a#1", "look", "display");
  command.readings = {{"value", value}};
  return command;
}

inline RecordEntry captured(const std::string& raw) {
  return {"a#1", "ph", raw, {}, "camera:CAM-A"};
}

inline RecordChallenge challenged(const std::string& step, const std::string& entry,
                                  int good_passed, int bad_failed,
                                  const std::string& check = "label") {
  return {.step = step,
          .entry = entry,
          .check = check,
          .check_sha256 = digest(check),
          .camera = "CAM-A",
          .good = 3,
          .good_passed = good_passed,
          .bad = 2,
          .bad_failed = bad_failed,
          .evidence = digest("challenge"),
          .manifest = digest("challenge set")};
}

inline const PutRight kPutRight{"a#1", "look", "turned the label to the camera"};
inline const DecideCheck kDecideOk{"a#1", "look", "ok", "the lot is readable by eye"};

// Begun: step "a" with `entries` and `signatures`, then step "b".
inline RunDriver begun(std::vector<Entry> entries, std::vector<SignatureRule> signatures = {},
                       std::vector<ReactionPlan> plans = {}) {
  RunDriver run(
      linear({step("a", std::move(entries), std::move(signatures)), step("b")}, std::move(plans)));
  run.start();
  run.must(BeginStep{"a#1"});
  return run;
}

inline std::vector<std::string> classes_of(const RunDriver& run) {
  std::vector<std::string> classes;
  for (const ExceptionState& exception : run.exceptions()) {
    classes.push_back(exception.exception_class);
  }
  return classes;
}

}  // namespace batchwright::workflows::test
