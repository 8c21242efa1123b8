// Requirement E4: a layout or clearance file that is half understood is no check; every finding is
// told with its place.
#include <gtest/gtest.h>

#include <algorithm>

#include "vision/check.h"

namespace batchwright::vision {
namespace {

Check layout() {
  Check check;
  check.id = "kit";
  check.version = "1";
  check.title = {{"en", "Kit"}};
  check.camera = "CAM-B";
  check.station = Station{"apriltag_36h11", 400, 300, 2, 2, {{1, 20, 20, 24}, {2, 380, 20, 24}}};
  check.regions = {{"left", {{"en", "Left"}}, {100, 100, 80, 60}}};
  check.references = {{"empty", "png"}, {"one", "png"}};
  LayoutCheck rule;
  rule.parts = {{"bolt", "left", {"one"}, 2}};
  rule.slots = {{"left", "bolt"}};
  rule.empty_reference = "empty";
  rule.score_min = 0.75;
  check.rule = rule;
  return check;
}

bool reports(const Check& check, std::string_view place) {
  const auto reading = check_from_json(file_of(check));
  return !reading.check && std::ranges::any_of(reading.findings, [&](const Finding& finding) {
    return finding.place.find(place) != std::string::npos;
  });
}

TEST(LayoutFile, IsReadAsItWasWritten) {
  const auto text = file_of(layout());
  const auto reading = check_from_json(text);
  ASSERT_TRUE(reading.check);
  EXPECT_EQ(file_of(*reading.check), text);
  const auto& rule = std::get<LayoutCheck>(reading.check->rule);
  EXPECT_EQ(rule.parts[0].symmetry, 2);
  EXPECT_EQ(rule.score_min, 0.75);
}

TEST(LayoutFile, NamesWhatIsNotThere) {
  const auto broken = [](auto change) {
    auto check = layout();
    change(check, std::get<LayoutCheck>(check.rule));
    return check;
  };
  EXPECT_TRUE(reports(broken([](Check& check, auto&) { check.station.reset(); }), "station"));
  EXPECT_TRUE(reports(broken([](Check&, auto& rule) { rule.slots[0].region = "right"; }),
                      "rule.slots[0].region"));
  EXPECT_TRUE(reports(broken([](Check&, auto& rule) { rule.slots[0].part = "nut"; }),
                      "rule.slots[0].part"));
  EXPECT_TRUE(reports(broken([](Check&, auto& rule) { rule.slots.push_back(rule.slots[0]); }),
                      "rule.slots[1].region"));
  EXPECT_TRUE(reports(broken([](Check&, auto& rule) { rule.parts.push_back(rule.parts[0]); }),
                      "rule.parts[1].id"));
  EXPECT_TRUE(reports(broken([](Check&, auto& rule) { rule.parts[0].references = {"two"}; }),
                      "rule.parts[0].references"));
  EXPECT_TRUE(reports(broken([](Check&, auto& rule) { rule.parts[0].symmetry = 3; }),
                      "rule.parts[0].symmetry"));
  EXPECT_TRUE(reports(broken([](Check&, auto& rule) { rule.empty_reference = "none"; }),
                      "rule.empty_reference"));
  EXPECT_TRUE(reports(broken([](Check&, auto& rule) { rule.score_min = 0.1; }), "rule.score_min"));
}

TEST(ClearanceFile, NeedsAStationAndRegions) {
  auto check = layout();
  check.rule = ClearanceCheck{"empty", 20, 40};
  EXPECT_TRUE(check_from_json(file_of(check)).check);
  check.rule = ClearanceCheck{"none", 20, 40};
  EXPECT_TRUE(reports(check, "rule.cleared_reference"));
  check.rule = ClearanceCheck{"empty", 20, 40};
  check.regions.clear();
  EXPECT_TRUE(reports(check, "regions"));
}

}  // namespace
}  // namespace batchwright::vision
