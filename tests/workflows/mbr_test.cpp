// Finding things in an MBR by path and id. Row A3.
#include <gtest/gtest.h>

#include "tests/workflows/recipe_files.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows {
namespace {

Mbr small_mbr() {
  const std::string text = test::mbr_text(
      R"([{"id":"o","title":"O","level":"operation","children":[{"id":"a","title":"A"},{"id":"b","title":"B"}]},
          {"id":"c","title":"C"}])",
      R"("parameters":[{"id":"q","title":"Q","value":"1"}],"reaction_plans":[{"id":"R1","what":"Wait"}],)");
  return read_mbr(text).value().mbr;
}

TEST(Mbr, ElementsAreFoundByTheirPathWithoutTheRoot) {
  const Mbr mbr = small_mbr();
  EXPECT_EQ(mbr.procedure.find("")->id, "p");
  EXPECT_EQ(mbr.procedure.find("o")->id, "o");
  EXPECT_EQ(mbr.procedure.find("o/b")->id, "b");
}

TEST(Mbr, AWrongPathFindsNothing) {
  const Mbr mbr = small_mbr();
  for (const char* path : {"x", "o/x", "o/", "/o", "o/b/x", "p", "o//b"}) {
    EXPECT_EQ(mbr.procedure.find(path), nullptr) << path;
  }
}

TEST(Mbr, NodesPlansAndParametersAreFoundByTheirIds) {
  const Mbr mbr = small_mbr();
  EXPECT_EQ(mbr.procedure.chart.find("c")->element, "c");
  EXPECT_EQ(mbr.procedure.chart.find("x"), nullptr);
  EXPECT_NE(mbr.find_plan("R1"), nullptr);
  EXPECT_EQ(mbr.find_plan("R2"), nullptr);
  EXPECT_NE(mbr.find_parameter("q"), nullptr);
  EXPECT_EQ(mbr.find_parameter(""), nullptr);
}

TEST(Mbr, StepsAreCountedAndNumberedInDocumentOrder) {
  const Mbr mbr = small_mbr();
  EXPECT_EQ(mbr.count_steps(), 3);
  EXPECT_EQ(mbr.procedure.find("o/a")->number, 1);
  EXPECT_EQ(mbr.procedure.find("o/b")->number, 2);
  EXPECT_EQ(mbr.procedure.find("c")->number, 3);
  EXPECT_EQ(mbr.procedure.find("o")->number, 0);
}

}  // namespace
}  // namespace batchwright::workflows
