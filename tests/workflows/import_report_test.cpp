// The object that `recipe import --json` ends with.
#include "workflows/import_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/batchml_text.h"
#include "tests/workflows/recipe_files.h"

namespace batchwright::workflows {
namespace {

TEST(ImportReport, HoldsTheCountsOfTheFileAndEveryFinding) {
  const Json report = import_report(read_batchml(test::two_steps(""), "", "x.xml").value());
  for (const char* key :
       {"steps", "transitions", "links", "control_links", "branch_bars", "dangling_links",
        "parameters", "unit_procedures", "operations", "phases", "enumeration_sets"}) {
    EXPECT_TRUE(report.at(key).is_number_integer()) << key;
  }
  EXPECT_EQ(report.at("steps"), 4);
  EXPECT_EQ(report.at("transitions"), 1);
  EXPECT_EQ(report.at("links"), 4);
  EXPECT_EQ(report.at("phases"), 2);
  EXPECT_EQ(report.at("runnable"), false);
  const Json& finding = report.at("findings").at(0);
  EXPECT_EQ(finding.at("severity"), "error");
  EXPECT_EQ(finding.at("place"), "@t1 (line 1)");
  EXPECT_EQ(finding.at("code"), "transition.condition.empty");
  EXPECT_FALSE(finding.at("message").get<std::string>().empty());
}

TEST(ImportReport, OfANativeMbrCountsItsCharts) {
  const std::string children =
      R"([{"parallel":[[{"id":"a","title":"A"}],[{"id":"b","title":"B"}]]}])";
  const Json report = import_report(read_mbr(test::mbr_text(children)).value());
  EXPECT_EQ(report.at("steps"), 2);
  EXPECT_EQ(report.at("links"), 6);
  EXPECT_EQ(report.at("branch_bars"), 2);
  EXPECT_EQ(report.at("dangling_links"), 0);
  EXPECT_EQ(report.at("runnable"), true);
  EXPECT_EQ(report.at("hash").get<std::string>().size(), 64U);
  EXPECT_THAT(report.at("findings"), testing::IsEmpty());
}

}  // namespace
}  // namespace batchwright::workflows
