// BatchML master recipes, by structure: logic, bars, parameters, conditions. Rows A3, A4, A5, J5.
#include "workflows/batchml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/batchml_text.h"
#include "tests/workflows/recipe_files.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows {
namespace {

// The document builders read like the document.
using namespace test;  // NOLINT(google-build-using-namespace)
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Import import(const std::string& xml, const std::string& resolution = "") {
  auto read = read_batchml(xml, resolution, "/some/where/recipe.xml");
  EXPECT_TRUE(read.has_value()) << (read ? "" : read.error().message);
  return read ? *std::move(read) : Import{};
}

const Entry& first_entry(const Import& imported) {
  return imported.mbr.procedure.find("ex")->step->entries.front();
}

std::string condition_of(const Import& imported, const char* transition) {
  const Node* node = imported.mbr.procedure.chart.find(transition);
  return node == nullptr || !node->condition ? "none" : node->condition->text();
}

TEST(BatchML, AMasterRecipeBecomesAnMbrWithItsIdsTitlesAndLevels) {
  const Import imported = import(two_steps("TRUE"));
  EXPECT_THAT(errors_of(imported.findings), IsEmpty());
  const Mbr& mbr = imported.mbr;
  EXPECT_FALSE(mbr.draft);
  EXPECT_EQ(mbr.id, "R-1");
  EXPECT_EQ(mbr.version, "3");
  EXPECT_EQ(mbr.title.at("en"), "A recipe");
  EXPECT_EQ(mbr.procedure.find("ex")->title.at("en"), "Mix");
  EXPECT_EQ(mbr.procedure.find("ex")->level, Level::kPhase);
  EXPECT_EQ(mbr.procedure.chart.find("b")->kind, NodeKind::kBegin);
  EXPECT_EQ(mbr.procedure.chart.find("e")->kind, NodeKind::kEnd);
  EXPECT_EQ(mbr.procedure.chart.find("x")->element, "ex");
}

TEST(BatchML, TheProvenanceNamesFormatFileAndBothHashes) {
  const Import imported = import(two_steps(""), "empty-conditions = \"previous-step-complete\"");
  EXPECT_THAT(imported.mbr.provenance, HasSubstr("BatchML-V02"));
  EXPECT_THAT(imported.mbr.provenance, HasSubstr("file recipe.xml, SHA-256 "));
  EXPECT_THAT(imported.mbr.provenance, HasSubstr("resolution SHA-256 "));
  EXPECT_THAT(imported.mbr.provenance, testing::Not(HasSubstr("/some/where")));
  const Import other =
      import(two_steps(""), "empty-conditions = \"previous-step-complete\" # again");
  EXPECT_NE(other.mbr.hash, imported.mbr.hash);
}

TEST(BatchML, TheImportIsReadBackFromItsNativeTextWithoutADifference) {
  const Import imported =
      import(two_steps("Mix Complete = True", bml_parameter("1", "SPEED", "integer", "60", "rpm")));
  const auto again = read_mbr(imported.mbr.text);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->mbr.text, imported.mbr.text);
  EXPECT_EQ(again->mbr.hash, imported.mbr.hash);
}

TEST(BatchML, NamespacesAreJudgedByStructureAlone) {
  for (const char* ns : {"http://www.mesa.org/xml/B2MML", "http://www.mesa.org/xml/B2MML-V0600",
                         "http://www.wbf.org/xml/B2MML-V0401", "urn:unknown"}) {
    std::string xml = two_steps("TRUE");
    const std::string v02 = "http://www.wbf.org/xml/BatchML-V02";
    for (std::size_t at = xml.find(v02); at != std::string::npos; at = xml.find(v02, at + 1))
      xml.replace(at, v02.size(), ns);
    EXPECT_THAT(errors_of(import(xml).findings), IsEmpty()) << ns;
  }
}

TEST(BatchML, LinkEndsAreWhatTheirIdsSayWhateverTheirTypesClaim) {
  // bml_link always claims FromType and ToType "Step", also for transitions.
  EXPECT_THAT(errors_of(import(two_steps("TRUE")).findings), IsEmpty());
}

std::string branching(const std::string& divergent, const std::string& convergent,
                      const std::string& more = "",
                      const std::string& links = "b>d d>x d>y x>c y>c c>e") {
  return bml(tag("ProcedureLogic", bml_link("d", "", "", divergent) +
                                       bml_link("c", "", "", convergent) + bml_step("b", "eb") +
                                       bml_step("x", "ex") + bml_step("y", "ey") +
                                       bml_step("e", "ee") + more + bml_links(links)) +
             bml_element("eb", "Begin") + bml_element("ee", "End") +
             bml_element("ex", "Phase", "X") + bml_element("ey", "Phase", "Y"));
}

TEST(BatchML, ParallelBarsThatOtherLinksPointAtBecomeAndSplitAndJoin) {
  const Import imported = import(branching("ParallelDivergent", "ParallelConvergent"));
  EXPECT_THAT(errors_of(imported.findings), IsEmpty());
  EXPECT_EQ(imported.mbr.procedure.chart.find("d")->kind, NodeKind::kAndSplit);
  EXPECT_EQ(imported.mbr.procedure.chart.find("c")->kind, NodeKind::kAndJoin);
  EXPECT_EQ(imported.counts.links, 8);
  EXPECT_EQ(imported.counts.control_links, 6);
  EXPECT_EQ(imported.counts.branch_bars, 2);
  EXPECT_EQ(imported.counts.dangling_links, 0);
}

TEST(BatchML, SerialAndOptionalBarsBecomeOrSplitAndJoin) {
  for (const char* word : {"Serial", "Optional"}) {
    const Import imported =
        import(branching(std::string(word) + "Divergent", std::string(word) + "Convergent",
                         bml_transition("t1", "TRUE") + bml_transition("t2", "TRUE"),
                         "b>d d>t1 d>t2 t1>x t2>y x>c y>c c>e"));
    EXPECT_EQ(imported.mbr.procedure.chart.find("d")->kind, NodeKind::kOrSplit);
    EXPECT_EQ(imported.mbr.procedure.chart.find("c")->kind, NodeKind::kOrJoin);
    EXPECT_THAT(errors_of(imported.findings),
                ElementsAre(testing::StartsWith("transition.never @ @t2 (line ")));
  }
}

TEST(BatchML, ABarMayNameItsNeighboursItself) {
  const std::string bar =
      tag("Link", tag("ID", "d") + tag("FromID", tag("FromIDValue", "b")) +
                      tag("ToID", tag("ToIDValue", "x")) + tag("ToID", tag("ToIDValue", "y")) +
                      tag("LinkType", "ParallelDivergent"));
  const Import imported = import(bml(
      tag("ProcedureLogic", bar + bml_link("c", "", "", "ParallelConvergent") +
                                bml_step("b", "eb") + bml_step("x", "ex") + bml_step("y", "ey") +
                                bml_step("e", "ee") + bml_links("x>c y>c c>e")) +
      bml_element("eb", "Begin") + bml_element("ee", "End") + bml_element("ex", "Phase", "X") +
      bml_element("ey", "Phase", "Y")));
  EXPECT_THAT(errors_of(imported.findings), IsEmpty());
}

TEST(BatchML, EvaluationOrderDecidesWhichTransitionIsAskedFirst) {
  const auto ordered = [](const char* id, const char* to, const char* order) {
    return tag("Link", tag("ID", id) + tag("FromID", tag("FromIDValue", "x")) +
                           tag("ToID", tag("ToIDValue", to)) + tag("LinkType", "ControlLink") +
                           tag("EvaluationOrder", order));
  };
  const Import imported = import(
      bml(tag("ProcedureLogic",
              ordered("L8", "t1", "2") + ordered("L9", "t2", "1") + bml_step("b", "eb") +
                  bml_step("x", "ex") + bml_step("e", "ee") + bml_transition("t1", "TRUE") +
                  bml_transition("t2", "X Complete") + bml_links("b>x t1>e t2>e")) +
          bml_element("eb", "Begin") + bml_element("ee", "End") + bml_element("ex", "Phase", "X")));
  std::vector<std::string> asked;
  for (const Link& link : imported.mbr.procedure.chart.links) {
    if (link.from == "x") asked.push_back(link.to);
  }
  EXPECT_THAT(asked, ElementsAre("t2", "t1"));
}

TEST(BatchML, ALinkToNowhereIsAFindingWithItsLineAndIsCounted) {
  std::string xml = two_steps("TRUE");
  xml.insert(xml.find("<Step>"), bml_link("L9", "x", "ghost"));
  const Import imported = import(xml);
  EXPECT_THAT(errors_of(imported.findings), ElementsAre("link.dangling @ @L9 (line 1)"));
  EXPECT_EQ(imported.counts.dangling_links, 1);
  EXPECT_TRUE(imported.mbr.draft);
}

TEST(BatchML, AStepOfAnUnknownElementAndAnUnusedElementAreFindings) {
  std::string xml = two_steps("TRUE");
  xml.replace(xml.find("<RecipeElementID>ey"), 19, "<RecipeElementID>eq");
  EXPECT_THAT(errors_of(import(xml).findings),
              ElementsAre("element.unused @ ey (line 1)", "node.element.unknown @ @y (line 1)"));
}

TEST(BatchML, AnElementUsedByTwoStepsIsPerformedTwiceUnderTwoIds) {
  const Import imported = import(bml(
      tag("ProcedureLogic", bml_step("b", "eb") + bml_step("x", "ex") + bml_step("y", "ex") +
                                bml_step("e", "ee") + bml_links("b>x x>y y>e")) +
      bml_element("eb", "Begin") + bml_element("ee", "End") + bml_element("ex", "Phase", "Rinse")));
  EXPECT_THAT(errors_of(imported.findings), IsEmpty());
  EXPECT_EQ(imported.mbr.count_steps(), 2);
  EXPECT_NE(imported.mbr.procedure.find("ex"), nullptr);
  EXPECT_NE(imported.mbr.procedure.find("ex-2"), nullptr);
}

TEST(BatchML, StepsAreNumberedInTheOrderInWhichTheWorkReachesThem) {
  std::string xml = two_steps("TRUE");
  // The file lists Label before Mix.
  const std::string mix = bml_element("ex", "Phase", "Mix"),
                    label = bml_element("ey", "Phase", "Mark / Label WIP");
  xml.replace(xml.find(mix), mix.size() + label.size(), label + mix);
  const Import imported = import(xml);
  EXPECT_EQ(imported.mbr.procedure.find("ex")->number, 1);
  EXPECT_EQ(imported.mbr.procedure.find("ey")->number, 2);
}

TEST(BatchML, ConditionsThatAreUnderstoodCompile) {
  EXPECT_EQ(condition_of(import(two_steps("TRUE")), "t1"), "true");
  EXPECT_EQ(condition_of(import(two_steps("Step Mix is Completed")), "t1"), "completed(\"ex\")");
  EXPECT_EQ(condition_of(import(two_steps(" mix  COMPLETE = true ")), "t1"), "completed(\"ex\")");
  EXPECT_EQ(
      condition_of(import(two_steps("Mix Complete and Mark/Label WIP Complete = True")), "t1"),
      "completed(\"ex\") and completed(\"ey\")");
}

TEST(BatchML, TheAuthorsWordsOfAConditionAreKept) {
  EXPECT_EQ(
      import(two_steps("Mix Complete = True")).mbr.procedure.chart.find("t1")->condition_source,
      "Mix Complete = True");
}

TEST(BatchML, AnEmptyConditionIsOneFindingForItsTransition) {
  const Import imported = import(two_steps(""));
  EXPECT_THAT(errors_of(imported.findings),
              ElementsAre("transition.condition.empty @ @t1 (line 1)"));
  EXPECT_TRUE(imported.mbr.draft);
}

TEST(BatchML, AConditionThatIsNotUnderstoodIsNeverGuessed) {
  for (const char* words : {"pH above 7", "Mix", "Mix Complete or Label Complete",
                            "Mix Complete = False", "not Mix Complete and"}) {
    const Import imported = import(two_steps(words));
    EXPECT_EQ(condition_of(imported, "t1"), "none") << words;
    EXPECT_EQ(errors_of(imported.findings).size(), 1U) << words;
    EXPECT_THAT(*errors_of(imported.findings).begin(), testing::StartsWith("condition.")) << words;
  }
}

TEST(BatchML, ANameThatMatchesNothingOrSeveralIsAFinding) {
  EXPECT_THAT(errors_of(import(two_steps("Stir Complete")).findings),
              ElementsAre("condition.name.unknown @ @t1 (line 1)"));
  std::string xml = two_steps("Mix Complete");
  xml.replace(xml.find("Mark / Label WIP"), 16, "M I X");
  EXPECT_THAT(errors_of(import(xml).findings),
              ElementsAre("condition.name.several @ @t1 (line 1)"));
}

TEST(BatchML, NamesAreLookedUpInTheSameLogicOnly) {
  // "Mix" is a phase of the operation, not of the procedure where the condition stands.
  const std::string operation =
      bml_element("eo", "Operation", "Make",
                  tag("ProcedureLogic", bml_step("b", "eb") + bml_step("x", "ex") +
                                            bml_step("e", "ee") + bml_links("b>x x>e")) +
                      bml_element("eb", "Begin") + bml_element("ee", "End") +
                      bml_element("ex", "Phase", "Mix"));
  const Import imported = import(bml(
      tag("ProcedureLogic", bml_step("b", "eb") + bml_step("o", "eo") + bml_step("e", "ee") +
                                bml_transition("t1", "Mix Complete") + bml_links("b>o o>t1 t1>e")) +
      bml_element("eb", "Begin") + bml_element("ee", "End") + operation));
  EXPECT_THAT(errors_of(imported.findings), ElementsAre("condition.name.unknown @ @t1 (line 1)"));
}

TEST(BatchML, AQuantityBecomesANumberWithTargetAndUnit) {
  const Import imported = import(two_steps(
      "TRUE", bml_parameter("1", "AGITATE SPEED", "double", "36.50", "kilogram", "", "CTQ")));
  const Entry& entry = first_entry(imported);
  EXPECT_EQ(entry.kind, EntryKind::kDecimal);
  EXPECT_EQ(entry.title.at("en"), "AGITATE SPEED");
  EXPECT_EQ(entry.unit, "kg");
  EXPECT_EQ(entry.places, 2);
  EXPECT_EQ(entry.limits.target->to_text(), "36.50");
  EXPECT_EQ(entry.criticality, "CPP");
}

TEST(BatchML, AnUnknownUnitOfAQuantityIsAnErrorThatTheAuthorAnswers) {
  const std::string xml = two_steps("TRUE", bml_parameter("1", "Gear", "integer", "3", "Gear"));
  EXPECT_THAT(errors_of(import(xml).findings),
              ElementsAre("unit.unknown @ ex (parameter 1, line 1)"));
  const Import answered = import(xml, "[units]\n\"gear\" = \"\"\n");
  EXPECT_THAT(errors_of(answered.findings), IsEmpty());
  EXPECT_EQ(first_entry(answered).unit, "");
}

TEST(BatchML, AnUnknownUnitOfATextIsNoError) {
  EXPECT_THAT(
      errors_of(
          import(two_steps("TRUE", bml_parameter("1", "Note", "NOTATION", "", "Gear"))).findings),
      IsEmpty());
}

TEST(BatchML, ANumberThatIsNoneIsAnError) {
  for (const char* value : {"abc", "1e3", "5,0", "NaN"}) {
    EXPECT_THAT(
        errors_of(import(two_steps("TRUE", bml_parameter("1", "X", "decimal", value))).findings),
        ElementsAre("parameter.value @ ex (parameter 1, line 1)"))
        << value;
  }
}

TEST(BatchML, ATextBecomesALineOfTheInstruction) {
  const Import imported =
      import(two_steps("TRUE", bml_parameter("1", "Instruction 1", "string", "Log in") +
                                   bml_parameter("2", "Add", "string", "Water")));
  const StepContent& step = *imported.mbr.procedure.find("ex")->step;
  EXPECT_EQ(step.instruction.at("en"), "Log in\nAdd: Water");
  ASSERT_EQ(step.entries.size(), 1U);
  EXPECT_EQ(step.entries.front().kind, EntryKind::kAcknowledge);
}

TEST(BatchML, WhatTheOperatorRecordsBecomesATextEntry) {
  const Import imported = import(two_steps(
      "TRUE", bml_parameter("1", "Record Waste", "NOTATION", "", "kilogram", "", "InProcess")));
  EXPECT_EQ(first_entry(imported).kind, EntryKind::kText);
  EXPECT_EQ(first_entry(imported).title.at("en"), "Record Waste (kg)");
  EXPECT_EQ(first_entry(imported).criticality, "IPC");
}

const std::string kSet =
    tag("EnumerationSet", tag("ID", "S") + tag("Enumeration", tag("EnumerationString", "water")) +
                              tag("Enumeration", tag("EnumerationString", "sugar\n ")));

TEST(BatchML, AnEnumerationWithAValueIsAcknowledgedAndWithoutOneChosen) {
  const Import given = import(
      two_steps("TRUE", bml_parameter("1", "MATERIAL", "Enumeration", "Sugar", "NULL", "S"), kSet));
  EXPECT_THAT(given.findings, IsEmpty());
  EXPECT_EQ(first_entry(given).kind, EntryKind::kAcknowledge);
  EXPECT_EQ(first_entry(given).title.at("en"), "MATERIAL: Sugar");
  EXPECT_EQ(given.counts.enumeration_sets, 1);
  const Import open = import(
      two_steps("TRUE", bml_parameter("1", "MATERIAL", "Enumeration", "", "NULL", "S"), kSet));
  EXPECT_EQ(first_entry(open).kind, EntryKind::kChoice);
  EXPECT_THAT(first_entry(open).choices, ElementsAre("water", "sugar"));
}

TEST(BatchML, AValueThatIsNotInItsEnumerationSetIsAWarning) {
  const Import imported = import(
      two_steps("TRUE", bml_parameter("1", "MATERIAL", "Enumeration", "salt", "NULL", "S"), kSet));
  EXPECT_THAT(errors_of(imported.findings), IsEmpty());
  EXPECT_EQ(count_code(imported.findings, "enumeration.value"), 1U);
}

TEST(BatchML, ParametersThatSayNothingAreOneFindingThatCountsThem) {
  const std::string empty = tag("Parameter", tag("ID", "1") + "<Description/><ParameterType/>" +
                                                 tag("Value", "<ValueString/><DataType/>"));
  const Import imported = import(two_steps("TRUE", empty + empty));
  ASSERT_EQ(imported.findings.size(), 1U);
  EXPECT_EQ(imported.findings.front().severity, Severity::kInfo);
  EXPECT_THAT(imported.findings.front().message, testing::StartsWith("2 parameters"));
  EXPECT_EQ(first_entry(imported).kind, EntryKind::kAcknowledge);
  EXPECT_EQ(imported.counts.parameters, 2);
}

TEST(BatchML, AParameterWithoutAValueRefersToTheFormula) {
  std::string xml = two_steps(
      "TRUE", tag("Parameter", tag("ID", "001:abc") + tag("ParameterType", "ProcessParameter")));
  xml.insert(xml.find("<ProcedureLogic>"),
             tag("Formula", bml_parameter("001:abc", "Duration", "integer", "15", "Sekunde")));
  const Import imported = import(xml);
  EXPECT_THAT(imported.findings, IsEmpty());
  EXPECT_EQ(first_entry(imported).title.at("en"), "Duration");
  EXPECT_EQ(first_entry(imported).unit, "s");
  EXPECT_EQ(imported.counts.parameters, 1);
  EXPECT_EQ(imported.mbr.parameters.front().id, "001_abc");
}

TEST(BatchML, IdsThatAPathCantHoldAreReplacedAndStayUnique) {
  const Import imported = import(
      bml(tag("ProcedureLogic", bml_step("b", "eb") + bml_step("x", "a/b") + bml_step("y", "a#b") +
                                    bml_step("e", "ee") + bml_links("b>x x>y y>e")) +
          bml_element("eb", "Begin") + bml_element("ee", "End") + bml_element("a/b", "Phase", "X") +
          bml_element("a#b", "Phase", "Y")));
  EXPECT_THAT(errors_of(imported.findings), IsEmpty());
  EXPECT_NE(imported.mbr.procedure.find("a_b"), nullptr);
  EXPECT_NE(imported.mbr.procedure.find("a_b-2"), nullptr);
}

TEST(BatchML, ChildrenWithoutLogicAreAFinding) {
  const Import imported =
      import(bml(tag("ProcedureLogic", bml_step("b", "eb") + bml_step("o", "eo") +
                                           bml_step("e", "ee") + bml_links("b>o o>e")) +
                 bml_element("eb", "Begin") + bml_element("ee", "End") +
                 bml_element("eo", "Operation", "Make", bml_element("ex", "Phase", "X"))));
  EXPECT_THAT(errors_of(imported.findings), ElementsAre("logic.missing @ eo (line 1)"));
}

TEST(BatchML, SeveralMasterRecipesNeedAnAnswer) {
  std::string second = two_steps("TRUE");
  second = second.substr(second.find("<MasterRecipe>"));
  second = second.substr(0, second.find("</b:BatchInformation>"));
  second.replace(second.find("R-1"), 3, "R-2");
  const std::string xml = two_steps("TRUE", "", second);
  EXPECT_THAT(errors_of(import(xml).findings), ElementsAre("recipe.several @ line 1"));
  const Import answered = import(xml, "recipe = \"R-2\"");
  EXPECT_THAT(errors_of(answered.findings), IsEmpty());
  EXPECT_EQ(answered.mbr.id, "R-2");
}

TEST(BatchML, WhatHoldsNoMasterRecipeIsRefused) {
  for (const char* xml :
       {"<GRecipe/>", "<BatchInformation/>", "<html><body>Sign in</body></html>"}) {
    const auto read = read_batchml(xml, "", "x.xml");
    ASSERT_FALSE(read.has_value()) << xml;
    EXPECT_EQ(read.error().code, ErrorCode::kMalformed);
    EXPECT_THAT(read.error().message, HasSubstr("MasterRecipe"));
  }
}

}  // namespace
}  // namespace batchwright::workflows
