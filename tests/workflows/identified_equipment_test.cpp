// An entry that names equipment or a lot: why the site's facts reject it, what is bound, what takes
// its place. Requirements B6, B12, D2.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/told.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Entry identifying(const char* requirement) {
  Entry made = entry(requirement, EntryKind::kText);
  made.identifies = requirement;
  made.required = false;
  return made;
}

SiteFacts plant() {
  SiteFacts site;
  site.equipment["MX-03"] = {"MX200", "clean", 0, 0, ""};
  site.equipment["MX-04"] = {"MX200", "clean", 0, 0, ""};
  site.equipment["MX-05"] = {"MX200", "dirty", 0, 0, ""};
  site.equipment["TK-01"] = {"TANK", "clean", 0, 0, ""};
  site.lots["T-1"] = {"TRIS", "released", 0};
  site.lots["T-2"] = {"TRIS", "quarantine", 0};
  site.lots["N-1"] = {"SALT", "released", 0};
  return site;
}

RunDriver at_check_in(const SiteFacts* site) {
  auto mbr = std::make_shared<Mbr>(
      *linear({step("a", {identifying("mixer"), identifying("tris"), identifying("other")})}));
  mbr->equipment = {{"mixer", "MX200", {{"en", "Mixer"}}}};
  mbr->materials = {{"tris", "TRIS", {{"en", "Tris"}}}};
  RunDriver run(mbr);
  run.site = site;
  run.start();
  run.must(BeginStep{"a#1"});
  return run;
}

std::vector<std::string> after(const char* entry, const char* id, const SiteFacts* site) {
  RunDriver run = at_check_in(site);
  run.must(RecordEntry{"a#1", entry, id});
  EXPECT_EQ(run.value("a#1", entry)->verdict, run.exceptions().empty() ? "ok" : "unexpected");
  EXPECT_THAT(run.state.equipment.size() + run.state.materials.size(),
              run.exceptions().empty() ? 1U : 0U);
  return told(run.exceptions());
}

TEST(IdentifiedEquipment, IsKnownOfItsClassAndReady) {  // D2
  const SiteFacts site = plant();
  EXPECT_THAT(after("mixer", "MX-03", &site), IsEmpty());
  EXPECT_THAT(after("mixer", "MX-05", &site),
              ElementsAre("equipment_not_ready at a#1:mixer, MX-05 (MX-05 is dirty): Title of "
                          "mixer: MX-05 is dirty."));
  EXPECT_THAT(after("mixer", "MX-99", &site),
              ElementsAre("equipment_not_ready at a#1:mixer, MX-99 (MX-99 is not known): Title of "
                          "mixer: MX-99 is not known."));
  EXPECT_THAT(after("mixer", "TK-01", &site),
              ElementsAre("equipment_not_ready at a#1:mixer, TK-01 (TK-01 is of class TANK, not "
                          "MX200): Title of mixer: TK-01 is of class TANK, not MX200."));
  EXPECT_THAT(after("mixer", "MX-03", nullptr),
              ElementsAre("equipment_not_ready at a#1:mixer, MX-03 (its state is not known on this "
                          "panel): Title of mixer: its state is not known on this panel."));
}

TEST(IdentifiedMaterial, IsKnownOfItsItemAndReleased) {  // D2
  const SiteFacts site = plant();
  EXPECT_THAT(after("tris", "T-1", &site), IsEmpty());
  EXPECT_THAT(after("tris", "T-2", &site),
              ElementsAre("material_not_usable at a#1:tris, T-2 (lot T-2 is not released "
                          "(quarantine)): Title of tris: lot T-2 is not released (quarantine)."));
  EXPECT_THAT(after("tris", "T-9", &site),
              ElementsAre("material_unspecified at a#1:tris, T-9 (T-9 is not known): Title of "
                          "tris: T-9 is not known."));
  EXPECT_THAT(after("tris", "N-1", &site),
              ElementsAre("material_unspecified at a#1:tris, N-1 (lot N-1 is item SALT, not "
                          "TRIS): Title of tris: lot N-1 is item SALT, not TRIS."));
  EXPECT_THAT(after("tris", "T-1", nullptr),
              ElementsAre("material_not_usable at a#1:tris, T-1 (its state is not known on this "
                          "panel): Title of tris: its state is not known on this panel."));
  EXPECT_THAT(after("other", "X", &site),
              ElementsAre("material_unspecified at a#1:other, X (the procedure needs no other): "
                          "Title of other: the procedure needs no other."));
}

std::vector<std::string> texts(const std::vector<Json>& bodies) {
  std::vector<std::string> all;
  for (const Json& body : bodies) all.push_back(body.dump());
  return all;
}

// What was bound before is named by what takes its place, also when that is nothing.
TEST(IdentifiedEquipment, IsBoundAndReplacedAndTakenAway) {  // B12
  const SiteFacts site = plant();
  RunDriver run = at_check_in(&site);
  run.must(RecordEntry{"a#1", "mixer", "MX-03"});
  run.must(CorrectEntry{"a#1", "mixer", "MX-04", "misread"});
  run.must(CorrectEntry{"a#1", "mixer", "MX-05", "misread"});
  run.must(CorrectEntry{"a#1", "mixer", "MX-99", "misread"});  // nothing is bound any more
  EXPECT_THAT(
      texts(run.bodies("equipment_bound")),
      ElementsAre(
          R"({"requirement":"mixer","equipment":"MX-03","class":"MX200","replaces":"","reason":""})",
          R"({"requirement":"mixer","equipment":"MX-04","class":"MX200","replaces":"MX-03",)"
          R"("reason":""})",
          R"({"requirement":"mixer","equipment":"","class":"MX200","replaces":"MX-04",)"
          R"("reason":""})"));
  run.must(RecordEntry{"a#1", "tris", "T-1"});
  run.must(CorrectEntry{"a#1", "tris", "T-2", "misread"});
  run.must(CorrectEntry{"a#1", "tris", "T-9", "misread"});
  EXPECT_THAT(texts(run.bodies("material_identified")),
              ElementsAre(R"({"requirement":"tris","lot":"T-1","item":"TRIS"})",
                          R"({"requirement":"tris","lot":"","item":""})"));
  for (const record::StoredLine& line : run.lines) {
    const bool binds =
        line.line.type == "equipment_bound" || line.line.type == "material_identified";
    EXPECT_EQ(line.line.step, binds ? "a#1" : line.line.step);
  }
}

TEST(SwappedEquipment, IsReadyAndBySomebodyWhoAnswersForIt) {  // B12
  const SiteFacts site = plant();
  RunDriver run = at_check_in(&site);
  const auto swap = [&](const char* requirement, const char* id, const char* why,
                        const Person& who) {
    return refusal(run, SwapEquipment{requirement, id, why}, who);
  };
  constexpr const char* kNothing = "Nothing was checked in for it yet. Check it in at its step.";
  EXPECT_EQ(swap("mixer", "MX-04", "motor", kInes),
            fmt::format("swap.nothing @ mixer: {}", kNothing));
  EXPECT_EQ(swap("tris", "T-1", "motor", kInes), fmt::format("swap.nothing @ tris: {}", kNothing));
  run.must(RecordEntry{"a#1", "mixer", "MX-03"});
  EXPECT_EQ(swap("mixer", "MX-04", "motor", kMary),
            "swap.role @ : Only supervisor may swap equipment. Nothing was saved. Call such a "
            "person.");
  EXPECT_EQ(swap("mixer", "MX-04", "", kInes),
            "reason.missing @ mixer: A reason is missing. Say in a few words why.");
  EXPECT_EQ(swap("mixer", "MX-03", "motor", kInes),
            "swap.same @ mixer: This one is checked in already. Nothing was changed.");
  EXPECT_EQ(swap("mixer", "MX-05", "motor", kInes),
            "gate.equipment @ mixer: It can't take over: MX-05 is dirty. Take another one.");
  run.must(SwapEquipment{"mixer", "MX-04", "motor"}, kInes);
  EXPECT_EQ(told(run.exceptions().back()),
            "equipment_swapped, MX-04 (MX-03): MX-04 took the place of MX-03.");
  EXPECT_EQ(run.bodies("equipment_bound").back().dump(),
            R"({"requirement":"mixer","equipment":"MX-04","class":"MX200","replaces":"MX-03",)"
            R"("reason":"motor"})");
  EXPECT_EQ(run.state.equipment.at("mixer").equipment, "MX-04");
  run.must(CompleteStep{"a#1"});
  EXPECT_EQ(swap("mixer", "MX-03", "motor", kInes).substr(0, 9), "run.state");
}

}  // namespace
}  // namespace batchwright::workflows::test
