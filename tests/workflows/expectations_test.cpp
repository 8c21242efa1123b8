// What a recipe's owner expects of it, and changes that break it: each is found by its code.
// Requirement A4.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/recipe_files.h"
#include "workflows/internal/must_precede.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows::test {
namespace {

using Errors = std::multiset<std::string>;

Errors errors_of_text(const std::string& children, const std::string& expectations) {
  const auto reading = read_mbr(mbr_text(children, R"("expectations":{)" + expectations + R"(},)"));
  return reading ? errors_of(reading->findings) : Errors{reading.error().message};
}

std::string weigh(const std::string& keys) {
  return R"([{"id":"a","title":"A","entries":[{"id":"x","title":"X","kind":"decimal",)" + keys +
         R"(}],"signatures":[{"meaning":"performed"},{"meaning":"verified","other_person":true}],
      "gates":[{"id":"g","kind":"role","subject":"operator","remedy":"Call one"}]}])";
}

TEST(ExpectedRange, HoldsTheActionLimits) {
  const auto errors = [](const std::string& keys) {
    return errors_of_text(weigh(keys),
                          R"("ranges":[{"entry":"a:x","low":"24","high":"26","unit":"°C"}])");
  };
  EXPECT_EQ(errors(R"("unit":"°C","action":["24","26"],"hard":["0","99"])"), Errors{});
  EXPECT_EQ(errors(R"("unit":"°C","action":["24.0","25.5"],"places":1)"), Errors{});
  EXPECT_EQ(errors(R"("unit":"°C","action":["23","26"])"), Errors{"expect.range @ a:x"});
  EXPECT_EQ(errors(R"("unit":"°C","action":["24","27"])"), Errors{"expect.range @ a:x"});
  EXPECT_EQ(errors(R"("unit":"°C","action":["24",null])"), Errors{"expect.range @ a:x"});
  EXPECT_EQ(errors(R"("unit":"°C")"), (Errors{"expect.range @ a:x", "expect.range @ a:x"}));
  EXPECT_EQ(errors(R"("unit":"K","action":["24","26"])"), Errors{"expect.unit @ a:x"});
}

TEST(ExpectedRange, HoldsThePlausibleRangeWhereThereIsNoActionLimit) {
  const std::string range = R"("ranges":[{"entry":"a:x","low":"98","high":"101","unit":"%"}])";
  EXPECT_EQ(errors_of_text(weigh(R"("unit":"%","hard":["98","101"])"), range), Errors{});
  EXPECT_EQ(errors_of_text(weigh(R"("unit":"%","hard":["90","101"])"), range),
            Errors{"expect.range @ a:x"});
}

TEST(ExpectedRange, MissesAnEntryThatDisappeared) {
  EXPECT_EQ(errors_of_text(weigh(R"("unit":"%")"), R"("ranges":[{"entry":"a:y","low":"1"}])"),
            Errors{"expect.entry @ a:y"});
}

TEST(ExpectedSignature, IsOfAnotherPerson) {
  const auto errors = [](const std::string& signatures) {
    return errors_of_text(R"([{"id":"a","title":"A","signatures":)" + signatures + "}]",
                          R"("independent":[{"step":"a","meaning":"verified"}])");
  };
  EXPECT_EQ(errors(R"([{"meaning":"performed"},{"meaning":"verified","other_person":true}])"),
            Errors{});
  EXPECT_EQ(errors(R"([{"meaning":"performed"},{"meaning":"verified"}])"),
            Errors{"expect.independent @ a"});
  EXPECT_EQ(errors(R"([{"meaning":"performed"}])"), Errors{"expect.independent @ a"});
}

TEST(ExpectedParts, AreStillThere) {
  const auto errors = [](const std::string& required) {
    return errors_of_text(weigh(R"("unit":"g")"), R"("required":[{"step":)" + required + "}]");
  };
  EXPECT_EQ(errors(R"("a","entries":["x"],"gates":["g"],"signatures":["performed"])"), Errors{});
  EXPECT_EQ(errors(R"("a","entries":["y"])"), Errors{"expect.entry @ a"});
  EXPECT_EQ(errors(R"("a","gates":["h"])"), Errors{"expect.gate @ a"});
  EXPECT_EQ(errors(R"("a","signatures":["witnessed"])"), Errors{"expect.signature @ a"});
  EXPECT_EQ(errors(R"("b")"), Errors{"expect.step @ b"});
}

TEST(ExpectedScenario, NamesOnlyWhatExists) {
  const auto errors = [](const std::string& scenario) {
    return errors_of_text(weigh(R"("unit":"g")"), R"("scenarios":[{"id":"s",)" + scenario + "}]");
  };
  EXPECT_EQ(errors(R"("events":[{"step":"a","action":"enter","entry":"x","value":"1"}],
                      "exceptions":["action_limit"],"ends":"aborted")"),
            Errors{});
  EXPECT_EQ(errors(R"("events":[{"step":"a","action":"jump"}])"),
            Errors{"scenario.action @ scenario s"});
  EXPECT_EQ(errors(R"("events":[{"step":"b","action":"wait","seconds":1}])"),
            Errors{"scenario.step @ scenario s"});
  EXPECT_EQ(errors(R"("events":[{"step":"a","action":"enter","entry":"y"}])"),
            Errors{"scenario.entry @ scenario s"});
  EXPECT_EQ(errors(R"("exceptions":["bad_luck"])"), Errors{"scenario.exception @ scenario s"});
  EXPECT_EQ(errors(R"("ends":"done")"), Errors{"scenario.ends @ scenario s"});
}

// begin -> [ a | g(b -> (c or d)) ] joined -> e -> loop(f, h)
std::shared_ptr<const Mbr> branched() {
  Element inner = group("g", Level::kOperation);
  {
    ChartBuilder chart(inner);
    const Piece b = chart.element(step("b"));
    const Piece c = chart.element(step("c"));
    const Piece d = chart.element(step("d"));
    chart.finish(chart.sequence({b, chart.choice({{"count(\"g/b\") > 1", c}, {"true", d}})}));
  }
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece a = chart.element(step("a"));
  const Piece g = chart.element(std::move(inner));
  const Piece e = chart.element(step("e"));
  const Piece f = chart.element(step("f"));
  const Piece both = chart.parallel({a, g});
  chart.finish(chart.sequence({both, e, chart.loop(f, "count(\"f\") < 2")}));
  return finished(std::move(procedure));
}

TEST(MustPrecede, IsWhatEveryWayAgreesOn) {
  const auto mbr = branched();
  EXPECT_TRUE(must_precede(*mbr, "a", "e")) << "the join waits for both branches";
  EXPECT_TRUE(must_precede(*mbr, "g/b", "e")) << "on every way through its group";
  EXPECT_TRUE(must_precede(*mbr, "g/b", "g/d"));
  EXPECT_TRUE(must_precede(*mbr, "e", "f")) << "also when a loop leads back";
  EXPECT_FALSE(must_precede(*mbr, "g/c", "e")) << "another alternative goes round it";
  EXPECT_FALSE(must_precede(*mbr, "a", "g/b")) << "a parallel branch does not precede";
  EXPECT_FALSE(must_precede(*mbr, "e", "a"));
  EXPECT_FALSE(must_precede(*mbr, "f", "f"));
}

TEST(ExpectedOrder, IsMissedWhenStepsAreSwapped) {
  const std::string order = R"("precedes":[{"first":"a","then":"b"}])";
  EXPECT_EQ(errors_of_text(R"([{"id":"a","title":"A"},{"id":"b","title":"B"}])", order), Errors{});
  EXPECT_EQ(errors_of_text(R"([{"id":"b","title":"B"},{"id":"a","title":"A"}])", order),
            Errors{"expect.precedes @ b"});
}

}  // namespace
}  // namespace batchwright::workflows::test
