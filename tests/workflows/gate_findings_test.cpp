// The static checker tells the author of gates, effects and relied-on steps what is wrong, where,
// and what to do. Requirements A4, B6, B8, B12.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/recipe_files.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Operation o with the steps a and b; `of_b` are further keys of b. "code @ place: message" of the
// errors, in the order they are found.
std::vector<std::string> findings_with(const std::string& of_b) {
  const auto reading = read_mbr(mbr_text(
      R"([{"id":"o","title":"O","level":"operation","children":[{"id":"a","title":"A","entries":[
        {"id":"x","title":"X","kind":"decimal","unit":"g","places":1}]},
        {"id":"b","title":"B",)" +
          of_b + "}]}]",
      R"("equipment":[{"id":"MX","class":"MX200","title":"Mixer"}],
         "materials":[{"id":"TRIS","item":"1","title":"Tris"}],)"));
  if (!reading) return {reading.error().message};
  std::vector<std::string> texts;
  for (const Finding& finding : reading->findings) {
    // What the reader says of the text itself has its place in the text, "/procedure/...".
    if (finding.severity != Severity::kError || finding.place.starts_with('/')) continue;
    texts.push_back(finding.code + " @ " + finding.place + ": " + finding.message);
  }
  return texts;
}

std::vector<std::string> with_gate(const std::string& keys) {
  return findings_with(R"("gates":[{"id":"g","remedy":"Do it",)" + keys + "}]");
}

TEST(GateFindings, NameWhatTheSubjectIsNot) {  // B6
  EXPECT_THAT(with_gate(R"("kind":"role","subject":"")"),
              ElementsAre("gate.subject @ o/b gate g: The gate names nothing to look at. Give its "
                          "subject."));
  EXPECT_THAT(with_gate(R"("kind":"step","subject":"")"),
              ElementsAre("gate.subject @ o/b gate g: The gate names nothing to look at. Give its "
                          "subject."));
  EXPECT_THAT(with_gate(R"("kind":"step","subject":"o/c")"),
              ElementsAre("gate.subject @ o/b gate g: There is no step with the path \"o/c\"."));
  EXPECT_THAT(with_gate(R"("kind":"step","subject":"o")"),  // an operation is no step
              ElementsAre("gate.subject @ o/b gate g: There is no step with the path \"o\"."));
  EXPECT_THAT(with_gate(R"("kind":"time_window","subject":"o/c","minimum_s":60)"),
              ElementsAre("gate.subject @ o/b gate g: There is no step with the path \"o/c\"."));
  EXPECT_THAT(with_gate(R"("kind":"step","subject":"o/b")"),
              ElementsAre("gate.subject @ o/b gate g: The step waits for itself and could never "
                          "begin. Name another one."));
  EXPECT_THAT(with_gate(R"("kind":"equipment","subject":"TRIS")"),
              ElementsAre("gate.subject @ o/b gate g: There is no equipment requirement \"TRIS\". "
                          "Add it to equipment or correct the id."));
  EXPECT_THAT(with_gate(R"("kind":"material","subject":"MX")"),
              ElementsAre("gate.subject @ o/b gate g: There is no material requirement \"MX\". Add "
                          "it to materials or correct the id."));
  for (const char* good :
       {R"("kind":"role","subject":"supervisor")", R"("kind":"training","subject":"BUF@3")",
        R"("kind":"room","subject":"114")", R"("kind":"step","subject":"o/a")",
        R"("kind":"equipment","subject":"MX")", R"("kind":"material","subject":"TRIS")"}) {
    EXPECT_THAT(with_gate(good), IsEmpty()) << good;
  }
}

// A window may repeat the step itself: a second time not earlier than so long after the first.
TEST(GateFindings, LetAWindowLookAtItsOwnStep) {
  EXPECT_THAT(with_gate(R"("kind":"time_window","subject":"o/b","minimum_s":60)"), IsEmpty());
}

TEST(GateFindings, NameTimesThatCantBeKeptOrThatNothingLooksAt) {  // B6
  const auto window = [](const std::string& times) {
    return with_gate(R"("kind":"time_window","subject":"o/a",)" + times);
  };
  EXPECT_THAT(window(R"("minimum_s":61,"maximum_s":60)"),
              ElementsAre("gate.time @ o/b gate g: The minimum time is longer than the maximum. "
                          "Correct one."));
  EXPECT_THAT(window(R"("minimum_s":60,"maximum_s":60)"), IsEmpty());
  EXPECT_THAT(window(R"("minimum_s":1)"), IsEmpty());
  EXPECT_THAT(window(R"("maximum_s":1)"), IsEmpty());
  EXPECT_THAT(window(R"("minimum_s":2,"maximum_s":1)"),
              ElementsAre("gate.time @ o/b gate g: The minimum time is longer than the maximum. "
                          "Correct one."));
  EXPECT_THAT(
      window(R"("minimum_s":0)"),
      ElementsAre("gate.time @ o/b gate g: A time window needs a minimum or a maximum. Give "
                  "one."));
  constexpr const char* kUnused =
      "gate.time @ o/b gate g: This kind of gate looks at no such time. Remove it, or make the "
      "gate "
      "a time window.";
  EXPECT_THAT(with_gate(R"("kind":"step","subject":"o/a","minimum_s":1)"), ElementsAre(kUnused));
  EXPECT_THAT(with_gate(R"("kind":"step","subject":"o/a","maximum_s":1)"), ElementsAre(kUnused));
  EXPECT_THAT(with_gate(R"("kind":"room","subject":"114","minimum_s":1)"), ElementsAre(kUnused));
  EXPECT_THAT(with_gate(R"("kind":"room","subject":"114","maximum_s":1)"), IsEmpty());
}

TEST(GateFindings, NameIdsAndConditionsThatAreMissing) {  // B6
  EXPECT_THAT(with_gate(R"("kind":"condition")"),
              ElementsAre("gate.condition @ o/b gate g: The gate has no condition. Write one."));
  EXPECT_THAT(
      findings_with(R"("gates":[{"id":"g h","kind":"step","subject":"o/a","remedy":"Do"}])"),
      ElementsAre("id.invalid @ o/b gate g h: Use letters, digits, _, - and . only for a "
                  "gate's id."));
  EXPECT_THAT(
      findings_with(R"("gates":[{"id":"g","kind":"step","subject":"o/a","remedy":"Do"},
                                        {"id":"g","kind":"role","subject":"x","remedy":"Do"}])"),
      ElementsAre("gate.duplicate @ o/b gate g: Two gates of this step have this id. Rename "
                  "one."));
}

TEST(EffectFindings, NameSubjectsThatAreMissingOrTwice) {  // B12
  EXPECT_THAT(findings_with(R"("effects":[{"subject":"","state":"dirty"}])"),
              ElementsAre("effect.subject @ o/b effect : The effect names neither equipment nor "
                          "room. Name one."));
  constexpr const char* kTwice =
      "effect.duplicate @ o/b effect MX: The step says twice what becomes of this. Keep one.";
  EXPECT_THAT(findings_with(R"("effects":[{"subject":"MX","state":"dirty"},
                                          {"subject":"114","state":"dirty"},
                                          {"subject":"MX","state":"clean"}])"),
              ElementsAre(kTwice, kTwice));
}

TEST(RelyingFindings, NameWhatIsNoStepItselfOrTwice) {  // B8
  EXPECT_THAT(findings_with(R"("relies_on":["o/a"])"), IsEmpty());
  EXPECT_THAT(findings_with(R"("relies_on":["o"])"),
              ElementsAre("relies_on.unknown @ o/b: It relies on \"o\", which is no step. Correct "
                          "the path."));
  EXPECT_THAT(findings_with(R"("relies_on":["o/b"])"),
              ElementsAre("relies_on.itself @ o/b: The step relies on itself. Name the step whose "
                          "values it acts on."));
  EXPECT_THAT(findings_with(R"("relies_on":["o/a","o/a"])"),
              ElementsAre("relies_on.duplicate @ o/b: It relies twice on \"o/a\". Keep one."));
}

}  // namespace
}  // namespace batchwright::workflows::test
