// The facts of the demonstration plant are what the example says they are, and its people know of
// each refusal why.
#include <gtest/gtest.h>

#include "base/time.h"
#include "client/file.h"
#include "workflows/site_facts.h"

namespace batchwright::client {
namespace {

TEST(DemoFacts, HoldTheExamplesEquipmentLotsAndTrainings) {  // Requirement B6
  const auto text = load_file(BATCHWRIGHT_SOURCE_DIR "/resources/demo/site.json");
  ASSERT_TRUE(text);
  const auto facts = workflows::read_site_facts(*text);
  ASSERT_TRUE(facts) << facts.error().message << " " << facts.error().place;
  EXPECT_EQ(facts->equipment.size(), 9u);
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

}  // namespace
}  // namespace batchwright::client
