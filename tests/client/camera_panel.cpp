#include "tests/client/camera_panel.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/bytes.h"
#include "base/sha256.h"

namespace batchwright::client::test {

namespace {

constexpr const char* kHead = R"({{
 "format": "batchwright/mbr/1", "id": "TEST-1", "version": "1", "title": "Small buffer", "product": "buffer",
 "batch_size": {{"value": "10", "unit": "L"}},
 "reaction_plans": [{{"id": "R6", "what": "Put it right and check again.", "calls_role": "supervisor",
                      "remeasure_max": 2, "severity": "minor"}}],
 "procedure": {{"id": "procedure", "title": "Make", "children": [
  {{"id": "op", "title": "Compound", "level": "operation", "children": [{}
   {{"id": "look", "title": "Look at it", "instruction": "Show it to the camera.",
    "entries": [{{"id": "look", "title": "The display", "kind": "camera_check", "reaction_plan": "R6",
                 "check": {{"id": "look", "version": "1", "sha256": "{}",
                           "challenge_sha256": "{}"}}, "camera": "CAM-A",
                 "fills": [["ph", "ph"]]}},
                {{"id": "ph", "title": "pH", "kind": "decimal", "unit": "pH", "places": 2, "target": "7.40",
                 "action": ["7.35", "7.45"], "reaction_plan": "R6", "captured_by": "camera"}}],
    "signatures": [{{"meaning": "performed"}}]}}
  ]}}]}}}})";

constexpr const char* kChallenge = R"(
   {"id": "challenge", "title": "Challenge", "instruction": "Challenge the camera.",
    "entries": [{"id": "set", "title": "Known pictures", "kind": "camera_challenge", "checks": ["look"],
                 "when": "start"}]},)";

void write(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

std::string approved_set() {
  return to_hex(sha256("manifest of the approved set"));
}

CheckFolder::CheckFolder() {
  std::string pattern = std::filesystem::temp_directory_path() / "batchwright-checks-XXXXXX";
  folder = mkdtemp(pattern.data());
  vision::Check check;
  check.id = "look";
  check.version = "1";
  check.title = {{"en", "Look"}};
  check.camera = "CAM-A";
  vision::LabelCheck rule;
  rule.required = {"gtin"};
  check.rule = rule;
  const auto bytes = file_of(check);
  sha256 = to_hex(batchwright::sha256(bytes));
  write(folder / "look.check.json", bytes);
  write(folder / "challenges" / "look" / "manifest.json", "{}");
  library.add_folder(folder);
  EXPECT_NE(library.find(sha256), nullptr);
}

CheckFolder::~CheckFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

std::string camera_procedure(const std::string& check_sha256, bool challenge) {
  return fmt::format(kHead, challenge ? kChallenge : "", check_sha256, approved_set());
}

}  // namespace batchwright::client::test
