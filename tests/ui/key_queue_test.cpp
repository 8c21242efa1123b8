#include "ui/backend/key_queue.h"

#include <gtest/gtest.h>

namespace batchwright::ui {
namespace {

TEST(KeyQueue, KeepsOrderAndGivesEachEventOnce) {
  KeyQueue queue;
  queue.push({HardwareKey::kCharacter, U'a', 1});
  queue.push({HardwareKey::kEnter, 0, 2});
  const auto events = queue.take();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].character, U'a');
  EXPECT_EQ(events[1].key, HardwareKey::kEnter);
  EXPECT_TRUE(queue.take().empty());
}

TEST(KeyQueue, TextKeepsTheGroupSeparatorOfGs1) {
  std::vector<KeyEvent> events;
  for (const char32_t c : {U'1', U'0', kGroupSeparator, U'é', U'°', U'€', char32_t{0x1F600}}) {
    events.push_back({HardwareKey::kCharacter, c, 0});
  }
  events.push_back({HardwareKey::kEnter, 0, 0});
  EXPECT_EQ(text_of(events), "10\x1dé°€\xF0\x9F\x98\x80");
}

TEST(KeyQueue, RunawayScannerIsBoundedAndCounted) {
  KeyQueue queue;
  for (std::size_t i = 0; i < KeyQueue::kEventsMax + 5; ++i) queue.push({});
  EXPECT_EQ(queue.take().size(), KeyQueue::kEventsMax);
  EXPECT_EQ(queue.overflowed(), 5u);
}

}  // namespace
}  // namespace batchwright::ui
