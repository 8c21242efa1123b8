// The shipped filter assembly on its board, taught once for a suite of tests.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/time.h"
#include "vision/challenge/kit_scene.h"
#include "vision/engine/check_engine.h"

namespace batchwright::vision {

inline RegionResult region_of(const CheckResult& result, const std::string& id) {
  const auto at = std::ranges::find(result.regions, id, &RegionResult::region);
  return at == result.regions.end() ? RegionResult{} : *at;
}

class FilterKit : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    settle_engine();
    challenge::Dice dice(4711);
    auto taught = challenge::teach(challenge::filter_kit(), dice);
    ASSERT_TRUE(taught) << taught.error().message;
    check_ = new Check(std::move(*taught));
  }
  static void TearDownTestSuite() { delete check_; }

  static CheckResult judged(const Check& check, const Frame& frame) {
    auto engine = CheckEngine::prepare(check);
    EXPECT_TRUE(engine);
    return engine->judge(frame, {}, SystemClock());
  }
  static CheckResult judged(challenge::KitCase kind, const std::string& slot,
                            std::uint64_t seed = 90210) {
    challenge::Dice dice(seed);
    const auto scene = kit_scene_with(challenge::filter_kit(), kind, slot, dice);
    return judged(*check_, scene.frame);
  }
  static RegionResult region(const CheckResult& result, const std::string& id) {
    return region_of(result, id);
  }

  inline static Check* check_ = nullptr;
};

}  // namespace batchwright::vision
