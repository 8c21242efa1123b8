// What formulas and conditions read from a run: the value in force of the newest instance, whether
// a step is complete and how often; and how the record names what was read. Requirements A6, B9.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"
#include "workflows/internal/run_values.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

std::shared_ptr<const Mbr> recipe() {
  Element mix = group("mix", Level::kOperation);
  run_in_sequence(mix, {step("inner")});
  Entry free = decimal("free");
  free.required = false;
  std::vector<Entry> entries = {decimal("x", "g"), entry("ok", EntryKind::kYesNo),
                                entry("note", EntryKind::kText), computed("double", "{a:x} * 2"),
                                free};
  auto mbr = std::make_shared<Mbr>(
      *linear({step("a", entries, {performed()}), std::move(mix), step("last")}));
  mbr->parameters = {
      {.id = "p", .title = {}, .value = {dec("1.50"), "kg"}, .text = {}, .source = {}},
      {.id = "words", .title = {}, .value = {}, .text = "blue", .source = {}}};
  return mbr;
}

void fill(RunDriver& run, const std::string& ref, const char* x, const char* ok) {
  run.must(BeginStep{ref});
  run.must(RecordEntry{ref, "x", x});
  run.must(RecordEntry{ref, "ok", ok});
  run.must(RecordEntry{ref, "note", "7"});
}
void finish(RunDriver& run, const std::string& ref) {
  run.sign(ref, "performed", kMary);
  run.must(CompleteStep{ref});
}

class ValuesRead : public testing::Test {
 protected:
  ValuesRead() : run(recipe()) { run.start(); }

  // "name=text" as the record would show it, and "?" for no value.
  std::string read(const char* reference, const StepRef* self = nullptr) {
    StateEdit state(run.state);
    const NamedValue named = resolve(state, reference, self);
    const bool none = std::holds_alternative<NoValue>(named.value);
    return named.name + "=" + (none ? "?" : named.text);
  }
  bool is(const char* condition) {
    StateEdit state(run.state);
    const auto value = expr(condition).evaluate(environment_of(state, nullptr));
    return value && std::get<bool>(*value);
  }

  RunDriver run;
};

TEST_F(ValuesRead, AreTypedAsTheirEntries) {
  fill(run, "a#1", "2", "yes");
  EXPECT_EQ(read("a:x"), "a#1:x=2.0");
  EXPECT_EQ(read("a:double"), "a#1:double=4.0");
  EXPECT_TRUE(is("{a:x} = 2 and {a:double} = 4 and {a:ok}"));
  EXPECT_TRUE(is("{a:note} = \"7\""));  // text stays text
  EXPECT_TRUE(is("{p} = 1.5"));
  EXPECT_TRUE(is("{words} = \"blue\""));
  EXPECT_EQ(read("p"), "p=1.50");
  EXPECT_EQ(read("words"), "words=blue");
}

TEST_F(ValuesRead, AYesNoIsTrueForYesAlone) {
  fill(run, "a#1", "2", "no");
  EXPECT_FALSE(is("{a:ok}"));
  EXPECT_TRUE(is("not {a:ok}"));
}

TEST_F(ValuesRead, AreNoneWhereNothingIsOrWas) {
  EXPECT_EQ(read("a:x"), "a#1:x=?");  // ready, not begun
  EXPECT_EQ(read("last:done"), "last#0:done=?");
  EXPECT_EQ(read("nowhere:x"), "nowhere#0:x=?");
  EXPECT_EQ(read("a:nothing"), "a#1:nothing=?");
  EXPECT_EQ(read("nothing"), "nothing=?");
  fill(run, "a#1", "2", "yes");
  EXPECT_EQ(read("a:free"), "a#1:free=?");
  StateEdit state(run.state);
  EXPECT_TRUE(has_inputs(expr("{a:x} + {p}"), state, nullptr));
  EXPECT_FALSE(has_inputs(expr("{a:x} + {a:free}"), state, nullptr));
}

// Inside its own step a formula reads the same instance; elsewhere the newest counts.
TEST_F(ValuesRead, AreOfTheNewestInstanceExceptInsideAnOlderOne) {
  fill(run, "a#1", "1", "yes");
  finish(run, "a#1");
  run.must(RepeatStep{"a#1", "spilled"}, kSven);
  fill(run, "a#2", "2", "yes");
  const StepRef first{"a", 1}, other{"last", 1};
  EXPECT_EQ(read("a:x"), "a#2:x=2.0");
  EXPECT_EQ(read("a:x", &first), "a#1:x=1.0");
  EXPECT_EQ(read("a:x", &other), "a#2:x=2.0");
}

TEST_F(ValuesRead, AStepCountsAsCompletedAlsoWhileItIsOpenAgain) {
  EXPECT_FALSE(is("completed(\"a\")"));
  EXPECT_TRUE(is("count(\"a\") = 0"));
  fill(run, "a#1", "1", "yes");
  EXPECT_FALSE(is("completed(\"a\")"));
  EXPECT_TRUE(is("count(\"a\") = 0"));
  finish(run, "a#1");
  EXPECT_TRUE(is("completed(\"a\") and count(\"a\") = 1"));
  run.must(CorrectEntry{"a#1", "x", "3", "misread"});
  ASSERT_TRUE(run.step("a#1").reopened);
  EXPECT_TRUE(is("completed(\"a\") and count(\"a\") = 1"));
  finish(run, "a#1");
  run.must(RepeatStep{"a#1", "spilled"}, kSven);
  EXPECT_FALSE(is("completed(\"a\")"));  // the repetition isn't
  fill(run, "a#2", "2", "yes");
  finish(run, "a#2");
  EXPECT_TRUE(is("completed(\"a\") and count(\"a\") = 2"));
}

TEST_F(ValuesRead, AGroupCountsAsCompletedWhenItIsComplete) {
  EXPECT_FALSE(is("completed(\"mix\")"));
  fill(run, "a#1", "1", "yes");
  finish(run, "a#1");
  EXPECT_FALSE(is("completed(\"mix\")"));
  run.work("mix/inner#1");
  EXPECT_TRUE(is("completed(\"mix\")"));
  EXPECT_FALSE(is("completed(\"nowhere\")"));
}

TEST_F(ValuesRead, AreInTheRecordByNameWithStepsAndCounts) {
  fill(run, "a#1", "1", "yes");
  const StateEdit before(run.state);
  const Expression read_by = expr("{a:x} > {p} and completed(\"a\") and count(\"last\") < 3");
  EXPECT_THAT(
      inputs_of(read_by, before, nullptr),
      ElementsAre(Pair("a#1:x", "1.0"), Pair("p", "1.50"), Pair("a", "not completed, 0 completed"),
                  Pair("last", "not completed, 0 completed")));
  finish(run, "a#1");
  const StateEdit after(run.state);
  EXPECT_THAT(inputs_of(expr("completed(\"a\")"), after, nullptr),
              ElementsAre(Pair("a", "completed, 1 completed")));
}

TEST_F(ValuesRead, HaveTheUnitThatTheProcedureDeclares) {
  const StateEdit state(run.state);
  const auto unit = environment_of(state, nullptr).unit;
  EXPECT_EQ(unit("a:x"), "g");
  EXPECT_EQ(unit("p"), "kg");
  for (const char* none : {"a:ok", "words", "nothing", "a:nothing", "nowhere:x"}) {
    EXPECT_EQ(unit(none), "") << none;
  }
}

}  // namespace
}  // namespace batchwright::workflows::test
