// Requirement A8: the semantic difference of two versions. Nothing for the same meaning however it
// is stored; every other difference named with its place.
#include "workflows/mbr_diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "base/bytes.h"
#include "tests/workflows/recipe_files.h"
#include "workflows/internal/diff_walk.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

Mbr read(const std::string& text) {
  auto reading = read_mbr(text);
  EXPECT_TRUE(reading.has_value());
  EXPECT_THAT(test::errors_of(reading->findings), IsEmpty());
  return std::move(reading->mbr);
}

const Mbr& version_3() {
  static const Mbr mbr = read(test::repository_file("resources/recipes/tris-saline-100l.mbr.json"));
  return mbr;
}

const Mbr& version_2() {
  static const Mbr mbr =
      read(test::repository_file("resources/recipes/tris-saline-100l-v2.mbr.json"));
  return mbr;
}

Json json_of(const Mbr& mbr) {
  return *parse_json(mbr.text, {.depth_max = 256});
}

// "changed limit compound/read:t - action high: "30.0" -> "26.0"".
std::vector<std::string> lines_of(const std::vector<MbrChange>& changes) {
  std::vector<std::string> lines;
  for (const auto& change : changes) {
    std::string line = std::string(to_string(change.kind)) + " " + change.subject + " " +
                       change.place + (change.field.empty() ? "" : " - " + change.field);
    if (!change.before.is_structured() && !change.after.is_structured())
      line += ": " + to_text(change.before) + " -> " + to_text(change.after);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> lines_between(const std::string& before, const std::string& after) {
  return lines_of(diff_mbr(read(test::mbr_text(before)), read(test::mbr_text(after))).changes);
}

// Links in an order that means the same: those of one node that lead to transitions keep theirs.
void shuffle_links(Json& links, std::mt19937& random) {
  std::map<std::string, std::vector<Json>> of_node;
  for (const Json& link : links) of_node[link[0].get<std::string>()].push_back(link);
  links = Json::array();
  while (!of_node.empty()) {
    auto node = std::next(of_node.begin(), static_cast<long>(random() % of_node.size()));
    links.push_back(node->second.front());
    node->second.erase(node->second.begin());
    if (node->second.empty()) of_node.erase(node);
  }
}

Json reordered(const Json& json, const std::string& key, std::mt19937& random) {
  if (json.is_array()) {
    std::vector<Json> items;
    for (const Json& item : json) items.push_back(reordered(item, {}, random));
    if (key == "children" || key == "nodes" || key == "parameters" || key == "reaction_plans" ||
        key == "languages")
      std::ranges::shuffle(items, random);
    Json list = items;
    if (key == "links") shuffle_links(list, random);
    return list;
  }
  if (!json.is_object()) return json;
  std::vector<std::string> keys;
  for (const auto& [name, value] : json.items()) keys.push_back(name);
  std::ranges::shuffle(keys, random);
  Json out = Json::object();
  for (const auto& name : keys) out[name] = reordered(json[name], name, random);
  return out;
}

struct Leaf {
  Json::json_pointer pointer;
  std::string place;  // where the difference has to be named
};

std::string below(const std::string& path, const std::string& id) {
  return path.empty() ? id : path + "/" + id;
}

// Every leaf with the place of the smallest thing with an id around it.
void collect(const Json& json, const Json::json_pointer& at, const std::string& key,
             const std::string& path, const std::string& place, std::vector<Leaf>& leaves) {
  if (json.is_array()) {
    for (std::size_t i = 0; i < json.size(); ++i) {
      std::string item_path = path;
      std::string item_place = place;
      const auto id = json[i].is_object() ? json[i].value("id", std::string()) : std::string();
      if (key == "children") item_path = item_place = below(path, id);
      if (key == "entries") item_place = path + ":" + id;
      if (key == "nodes") item_place = (path.empty() ? "" : path + "/") + "@" + id;
      if (key == "parameters") item_place = "parameter " + id;
      if (key == "reaction_plans") item_place = "plan " + id;
      collect(json[i], at / i, {}, item_path, item_place, leaves);
    }
    return;
  }
  if (json.is_object()) {
    for (const auto& [name, value] : json.items()) {
      if (name == "expectations") continue;  // named as a part of the document
      collect(value, at / name, name, path, name == "procedure" ? "(procedure)" : place, leaves);
    }
    return;
  }
  leaves.push_back({at, place});
}

Json mutated(const Json& leaf) {
  if (leaf.is_boolean()) return !leaf.get<bool>();
  if (leaf.is_number()) return leaf.get<int>() + 1;
  return leaf.is_null() ? Json("1") : Json(leaf.get<std::string>() + "X");
}

TEST(MbrDiff, OfARecordWithItselfIsEmpty) {
  for (const Mbr* mbr : {&version_2(), &version_3()}) {
    const auto diff = diff_mbr(*mbr, *mbr);
    EXPECT_THAT(diff.changes, IsEmpty());
    EXPECT_EQ(diff.hash, sha256(diff.text));
  }
}

TEST(MbrDiff, OfARecordStoredInAnotherOrderIsEmpty) {
  const Json document = json_of(version_3());
  for (unsigned seed = 1; seed <= 100; ++seed) {
    std::mt19937 random(seed);
    const Json other = reordered(document, {}, random);
    EXPECT_THAT(lines_of(diff_documents(document, other)), IsEmpty()) << "seed " << seed;
  }
}

TEST(MbrDiff, SaysTheSameOfTwoVersionsHoweverTheyAreStored) {
  const Json before = json_of(version_2());
  const Json after = json_of(version_3());
  const auto expected = lines_of(diff_documents(before, after));
  for (unsigned seed = 1; seed <= 20; ++seed) {
    std::mt19937 random(seed);
    EXPECT_EQ(lines_of(diff_documents(reordered(before, {}, random), reordered(after, {}, random))),
              expected)
        << "seed " << seed;
  }
}

TEST(MbrDiff, NamesThePlaceOfEverySingleChangedValueOfTheShippedRecipe) {
  const Json document = sorted_keys(json_of(version_3()));
  Json other = document;
  std::vector<Leaf> leaves;
  collect(document, Json::json_pointer(), {}, {}, "(document)", leaves);
  ASSERT_GT(leaves.size(), 1000u);
  for (const Leaf& leaf : leaves) {
    other[leaf.pointer] = mutated(document[leaf.pointer]);
    const auto changes = DiffWalk().run(document, other);
    other[leaf.pointer] = document[leaf.pointer];
    std::vector<std::string> places;
    for (const auto& change : changes) places.push_back(change.place);
    ASSERT_THAT(places, Contains(leaf.place.empty() ? "(procedure)" : leaf.place))
        << leaf.pointer.to_string();
  }
}

TEST(MbrDiff, NamesEveryValueThatWasTakenAway) {
  const Json document = sorted_keys(json_of(version_3()));
  Json other = document;
  std::vector<Leaf> leaves;
  collect(document, Json::json_pointer(), {}, {}, "(document)", leaves);
  int removed = 0;
  for (const Leaf& leaf : leaves) {
    const auto key = leaf.pointer.back();
    const auto parent = leaf.pointer.parent_pointer();
    if (!document[parent].is_object() || key == "id") continue;
    other[parent].erase(key);
    const auto changes = DiffWalk().run(document, other);
    other[parent] = document[parent];
    std::vector<std::string> places;
    for (const auto& change : changes) places.push_back(change.place);
    ASSERT_THAT(places, Contains(leaf.place)) << leaf.pointer.to_string();
    ++removed;
  }
  EXPECT_GT(removed, 500);
}

// The story of resources/recipes: version 2 had 20-30 °C and no flush.
TEST(MbrDiff, OfTheShippedVersionsIsWhatTheirStorySays) {
  const auto diff = diff_mbr(version_2(), version_3());
  const auto lines = lines_of(diff.changes);
  for (const char* line :
       {R"(changed document (document) - version: "2" -> "3")",
        R"(changed limit compound/temperature:temperature - action low: "20.0" -> "24.0")",
        R"(changed limit compound/temperature:temperature - action high: "30.0" -> "26.0")",
        R"(added limit compound/temperature:temperature - alert low: null -> "24.5")",
        R"(added limit compound/temperature:temperature - alert high: null -> "25.5")"})
    EXPECT_THAT(lines, Contains(line));
  std::vector<std::string> steps;
  for (const auto& change : diff.changes)
    if (change.subject == "step" && change.kind != ChangeKind::kMoved)
      steps.push_back(change.place);
  EXPECT_EQ(steps.size(), 1u) << testing::PrintToString(steps);
  EXPECT_THAT(steps.front(), testing::EndsWith("/flush"));
  EXPECT_EQ(to_hex(diff.hash), to_hex(diff_mbr(version_2(), version_3()).hash));
  EXPECT_NE(to_hex(diff.hash), to_hex(diff_mbr(version_3(), version_2()).hash));
}

constexpr const char* kThreeSteps =
    R"([{"id":"a","title":"A"},{"id":"b","title":"B"},{"id":"c","title":"C"}])";

TEST(MbrDiff, TellsThatAStepComesAtAnotherPlace) {
  const auto lines = lines_between(
      kThreeSteps, R"([{"id":"b","title":"B"},{"id":"a","title":"A"},{"id":"c","title":"C"}])");
  EXPECT_THAT(lines, Contains(R"(moved step a - comes after: "" -> "b")"));
  EXPECT_THAT(lines, Contains(R"(moved step b - comes after: "a" -> "")"));
}

TEST(MbrDiff, AStepPutBetweenTwoOthersMovesNeither) {
  const auto lines = lines_between(
      kThreeSteps,
      R"([{"id":"a","title":"A"},{"id":"n","title":"N"},{"id":"b","title":"B"},{"id":"c","title":"C"}])");
  EXPECT_THAT(lines, Contains("added step n"));
  for (const auto& line : lines) EXPECT_FALSE(line.starts_with("moved")) << line;
}

TEST(MbrDiff, AStepThatGoesToAnotherOperationMovedAndItsChangesAreTold) {
  const std::string step = R"({"id":"s","title":"S","minimum_s":5})";
  const auto operations = [](const std::string& one, const std::string& two) {
    return R"([{"id":"o1","title":"1","level":"operation","children":[{"id":"a","title":"A"})" +
           one +
           R"(]},{"id":"o2","title":"2","level":"operation","children":[{"id":"b","title":"B"})" +
           two + "]}]";
  };
  const auto lines = lines_between(operations("," + step, ""),
                                   operations("", R"(,{"id":"s","title":"S","minimum_s":6})"));
  EXPECT_THAT(lines, Contains(R"(moved step o2/s: "o1/s" -> "o2/s")"));
  EXPECT_THAT(lines, Contains("changed setting o2/s - minimum_s: 5 -> 6"));
}

TEST(MbrDiff, TheOrderOfEntriesOnAScreenCounts) {
  const auto step = [](const std::string& entries) {
    return R"([{"id":"s","title":"S","entries":[)" + entries + "]}]";
  };
  const std::string x = R"({"id":"x","title":"X","kind":"text"})";
  const std::string y = R"({"id":"y","title":"Y","kind":"text"})";
  EXPECT_EQ(lines_between(step(x + "," + y), step(y + "," + x)).size(), 1u);
  EXPECT_THAT(lines_between(step(x), step(x + "," + y)), UnorderedElementsAre("added entry s:y"));
}

TEST(MbrDiff, TheOrderOfTheTransitionsThatLeaveAStepCounts) {
  const auto chart = [](const std::string& first, const std::string& second) {
    return R"({"format":"batchwright/mbr/1","id":"T","version":"1","title":"T","procedure":{"id":"p",
      "title":"P","children":[{"id":"a","title":"A"}],"chart":{"nodes":[{"id":"b","kind":"begin"},
      {"id":"a","kind":"element","element":"a"},{"id":"t1","kind":"transition","condition":"count(\"a\") > 1"},
      {"id":"t2","kind":"transition","condition":"count(\"a\") < 5"},{"id":"e","kind":"end"}],
      "links":[["b","a"],)" +
           first + "," + second + R"(,["t1","e"],["t2","a"]]}}})";
  };
  const std::string t1 = R"(["a","t1"])";
  const std::string t2 = R"(["a","t2"])";
  EXPECT_THAT(
      lines_of(diff_mbr(read(chart(t1, t2)), read(chart(t2, t1))).changes),
      UnorderedElementsAre(R"(moved transition @a - order of transitions: "t1, t2" -> "t2, t1")"));
}

TEST(MbrDiff, ASecondSignatureAndAnotherRoleAreNamed) {
  const auto step = [](const std::string& signatures) {
    return R"([{"id":"s","title":"S","signatures":[)" + signatures + "]}]";
  };
  const auto lines = lines_between(
      step(R"({"meaning":"performed"})"),
      step(
          R"({"meaning":"performed","role":"supervisor"},{"meaning":"verified","role":"quality"})"));
  EXPECT_EQ(lines.size(), 2u) << testing::PrintToString(lines);
  EXPECT_THAT(lines, Contains(testing::StartsWith("changed signature s - signatures 1 role")));
  EXPECT_THAT(lines, Contains(testing::StartsWith("added signature s - signatures 2")));
}

TEST(MbrDiff, KeysThatTheFormatWillGainAreCompared) {
  Json before = json_of(version_3());
  Json after = before;
  before["procedure"]["children"][0]["gates"] = *parse_json(R"([{"kind":"room","level":"C"}])");
  after["procedure"]["children"][0]["gates"] = *parse_json(R"([{"kind":"room","level":"D"}])");
  after["procedure"]["children"][0]["timers"] = *parse_json(R"([{"id":"t","maximum_s":60}])");
  const auto lines = lines_of(diff_documents(before, after));
  EXPECT_EQ(lines.size(), 2u) << testing::PrintToString(lines);
  EXPECT_THAT(lines, Contains(testing::HasSubstr(R"(gates 1 level: "C" -> "D")")));
  EXPECT_THAT(lines, Contains(testing::HasSubstr("timers t")));
}

TEST(MbrDiff, IsReadableForTheApprover) {
  const auto text = describe(diff_mbr(version_2(), version_3()));
  EXPECT_THAT(text, testing::HasSubstr("Limits\n"));
  EXPECT_THAT(text, testing::HasSubstr("Steps\n"));
  EXPECT_THAT(text, testing::HasSubstr("Words and pictures\n"));
  EXPECT_THAT(text, testing::HasSubstr(R"("30.0" -> "26.0")"));
  EXPECT_THAT(text, testing::HasSubstr("diff: "));
  EXPECT_THAT(describe(diff_mbr(version_3(), version_3())), testing::HasSubstr("No difference."));
}

}  // namespace
}  // namespace batchwright::workflows
