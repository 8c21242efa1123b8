// The facts of the demonstration plant are what the example says they are, and its people know of
// each refusal why.
#include <gtest/gtest.h>

#include "base/time.h"
#include "client/file.h"
#include "workflows/mbr_json.h"
#include "workflows/site_facts.h"

namespace batchwright::client {
namespace {

TEST(DemoFacts, HoldTheExamplesEquipmentLotsAndTrainings) {  // Requirement B6
  const auto text = load_file(BATCHWRIGHT_SOURCE_DIR "/resources/demo/site.json");
  ASSERT_TRUE(text);
  const auto facts = workflows::read_site_facts(*text);
  ASSERT_TRUE(facts) << facts.error().message << " " << facts.error().place;
  EXPECT_EQ(facts->equipment.size(), 14u);
  EXPECT_EQ(facts->equipment.at("MX-04").equipment_class, "MX200");
  const auto now_ms = SystemClock().now().unix_ms;
  EXPECT_GT(facts->equipment.at("BS-04").calibrated_until_unix_ms, now_ms);
  EXPECT_LT(facts->equipment.at("BS-05").calibrated_until_unix_ms, now_ms);
  EXPECT_LT(facts->lots.at("T-3902").expires_unix_ms, now_ms);
  EXPECT_EQ(facts->lots.at("T-4471").item, facts->lots.at("T-3902").item);
  EXPECT_EQ(facts->lots.at("N-8815").status, "quarantine");
  EXPECT_EQ(facts->rooms.size(), 1u);
  EXPECT_TRUE(facts->trainings.at("mary.okafor").contains("BUF-0117@3"));
  EXPECT_FALSE(facts->trainings.contains("lena.braun"));
}

// Whatever the recipe lets an operator choose at check-in is known to the plant, by its right
// class.
TEST(DemoFacts, KnowEveryInstanceThatTheExampleOffers) {  // Requirement B6
  const auto text = load_file(BATCHWRIGHT_SOURCE_DIR "/resources/demo/site.json");
  const auto recipe =
      load_file(BATCHWRIGHT_SOURCE_DIR "/resources/recipes/tris-saline-100l.mbr.json");
  ASSERT_TRUE(text && recipe);
  const auto facts = workflows::read_site_facts(*text).value();
  const auto mbr = workflows::read_mbr(*recipe).value().mbr;
  const auto* check_in = mbr.procedure.find("prepare/check-in-equipment");
  ASSERT_NE(check_in, nullptr);
  int offered = 0;
  for (const auto& entry : check_in->step->entries) {
    const auto* wanted = mbr.find_equipment(entry.identifies);
    if (wanted == nullptr) continue;
    for (const auto& id : entry.choices) {
      ++offered;
      ASSERT_TRUE(facts.equipment.contains(id)) << id;
      EXPECT_EQ(facts.equipment.at(id).equipment_class, wanted->equipment_class) << id;
    }
  }
  EXPECT_EQ(offered, 14);
}

}  // namespace
}  // namespace batchwright::client
