// Requirement E9: the order of actions, as a state machine over what each region shows.
#include "vision/checks/sequence_progress.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "vision/challenge/dice.h"

namespace batchwright::vision {
namespace {

constexpr int kStable = 3;

// Vent open, feed open, vent closed, outlet open: the second state of each place is "open".
SequenceCheck clamps() {
  SequenceCheck rule;
  rule.actions = {{"open-vent", {}, "vent", "vent-closed", "vent-open"},
                  {"open-feed", {}, "feed", "feed-closed", "feed-open"},
                  {"close-vent", {}, "vent", "vent-open", "vent-closed"},
                  {"open-outlet", {}, "outlet", "outlet-closed", "outlet-open"}};
  rule.stable_frames = kStable;
  return rule;
}

class Watch {
 public:
  explicit Watch(const SequenceCheck& rule = clamps()) : progress_(rule) {
    views_.resize(places_of(rule).size());
    for (auto& view : views_) view = {0, false, false, 0.95};
    see();
  }
  Watch& see(int frames = kStable) {
    for (int i = 0; i < frames; ++i) progress_.see(views_);
    return *this;
  }
  Watch& turn(std::size_t place, int frames = kStable) {
    views_[place].state = 1 - *views_[place].state;
    return see(frames);
  }
  Watch& cover(std::size_t place, int frames) {
    auto views = views_;
    views[place].state.reset();
    for (int i = 0; i < frames; ++i) progress_.see(views);
    return *this;
  }
  // "ok ok pending pending"
  [[nodiscard]] std::string codes() const {
    std::string all;
    for (const auto& result : progress_.results()) all += (all.empty() ? "" : " ") + result.code;
    return all;
  }
  // "came/due" of what failed.
  [[nodiscard]] std::string failed() const {
    for (const auto& result : progress_.results())
      if (result.verdict == Verdict::kFail) return result.seen + "/" + result.expected;
    return "";
  }
  std::vector<PlaceView> views_;
  SequenceProgress progress_;
};

constexpr std::size_t kVent = 0, kFeed = 1, kOutlet = 2;

TEST(SequenceProgress, TheRightOrderIsDoneActionByAction) {
  Watch watch;
  EXPECT_EQ(watch.codes(), "pending pending pending pending");
  EXPECT_EQ(watch.turn(kVent).codes(), "ok pending pending pending");
  EXPECT_EQ(watch.turn(kFeed).codes(), "ok ok pending pending");
  EXPECT_EQ(watch.turn(kVent).codes(), "ok ok ok pending");
  EXPECT_EQ(watch.turn(kOutlet).codes(), "ok ok ok ok");
  for (const auto& result : watch.progress_.results()) EXPECT_EQ(result.verdict, Verdict::kPass);
}

TEST(SequenceProgress, AWrongOrderNamesWhatCameAndWhatWasDue) {
  EXPECT_EQ(Watch().turn(kFeed).failed(), "open-feed/open-vent");
  EXPECT_EQ(Watch().turn(kVent).turn(kOutlet).failed(), "open-outlet/open-feed");
  EXPECT_EQ(Watch().turn(kVent).turn(kVent).failed(), "close-vent/open-feed");
  EXPECT_EQ(Watch().turn(kVent).turn(kFeed).turn(kOutlet).failed(), "open-outlet/close-vent");
}

TEST(SequenceProgress, AFailStaysOneWhateverComesAfter) {
  Watch watch;
  watch.turn(kFeed).turn(kFeed).turn(kVent).turn(kFeed).turn(kVent).turn(kOutlet);
  EXPECT_EQ(watch.failed(), "open-feed/open-vent");
}

TEST(SequenceProgress, AnActionThatIsTakenBackFails) {
  Watch watch;
  watch.turn(kVent).turn(kFeed).turn(kFeed);
  EXPECT_EQ(watch.failed(), "open-feed/close-vent");
  EXPECT_EQ(watch.codes(), "ok undone pending pending");
}

TEST(SequenceProgress, TwoActionsInOneStepWereNotSeenInOrder) {
  Watch watch;
  watch.views_[kVent].state = 1;
  watch.turn(kFeed);
  EXPECT_EQ(watch.codes(), "not_seen not_seen pending pending");
  watch.turn(kVent).turn(kOutlet);
  for (const auto& result : watch.progress_.results())
    EXPECT_EQ(result.verdict, Verdict::kUndecided);
}

TEST(SequenceProgress, WhatChangesBehindACoveredRegionIsNotSeenInOrder) {
  Watch watch;
  watch.views_[kVent].state = 1;
  watch.cover(kVent, 5);
  watch.views_[kFeed].state = 1;
  watch.cover(kVent, 20);
  EXPECT_EQ(watch.codes(), "hidden pending hidden pending") << "a covered frame says nothing";
  EXPECT_EQ(watch.see().codes(), "not_seen not_seen pending pending");
}

TEST(SequenceProgress, ShorterThanTheStableTimeIsNotThere) {
  Watch watch;
  watch.turn(kFeed, kStable - 1).turn(kFeed, kStable - 1);
  EXPECT_EQ(watch.codes(), "pending pending pending pending");
  watch.views_[kVent].moving = true;
  watch.turn(kVent, 50);
  EXPECT_EQ(watch.codes(), "pending pending pending pending") << "it never stood still";
}

TEST(SequenceProgress, ItBeginsOnlyWhenEverythingIsAsItMustBeToBeginWith) {
  Watch watch;
  watch.progress_.restart();
  watch.turn(kFeed).turn(kVent);
  EXPECT_EQ(watch.codes(), "not_at_start not_at_start not_at_start pending");
  watch.turn(kFeed).turn(kVent).turn(kVent);
  EXPECT_EQ(watch.codes(), "ok pending pending pending");
}

TEST(SequenceProgress, AfterARestartNothingIsKnown) {
  Watch watch;
  watch.turn(kVent);
  watch.progress_.restart();
  EXPECT_EQ(watch.codes(), "hidden hidden hidden hidden");
}

// All orders of six actions, with idle and covered frames at random places.
TEST(SequenceProgress, OfAll720OrdersOfSixActionsOnePasses) {
  constexpr std::uint64_t kSeed = 20'261'122;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  SequenceCheck rule;
  for (const char* id : {"a", "b", "c", "d", "e", "f"})
    rule.actions.push_back({id, {}, id, std::string(id) + "0", std::string(id) + "1"});
  std::vector<std::size_t> order(rule.actions.size());
  std::iota(order.begin(), order.end(), 0u);
  int passed = 0, failed = 0;
  std::uint64_t number = 0;
  do {
    challenge::Dice dice = challenge::Dice::of_case(kSeed, number++);
    Watch watch(rule);
    for (const auto action : order) {
      watch.see(dice.whole(0, 10));
      watch.cover(static_cast<std::size_t>(dice.whole(0, 5)), dice.whole(0, 10));
      watch.turn(action);
    }
    const auto wrong = std::ranges::mismatch(order, std::vector<std::size_t>{0, 1, 2, 3, 4, 5}).in1;
    if (wrong == order.end()) {
      ++passed;
      EXPECT_EQ(watch.codes(), "ok ok ok ok ok ok");
      continue;
    }
    ++failed;
    const auto due = static_cast<std::size_t>(wrong - order.begin());
    EXPECT_EQ(watch.failed(), rule.actions[*wrong].id + "/" + rule.actions[due].id);
  } while (std::ranges::next_permutation(order).found);
  EXPECT_EQ(passed, 1);
  EXPECT_EQ(failed, 719);
}

}  // namespace
}  // namespace batchwright::vision
