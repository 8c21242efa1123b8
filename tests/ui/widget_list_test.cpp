#include "ui/widget_list.h"

#include <gtest/gtest.h>

namespace batchwright::ui {
namespace {

Widget button(std::string id, Rect rect, std::string label = "Go") {
  return {
      .id = std::move(id), .rect = rect, .label = std::move(label), .kind = WidgetKind::kButton};
}

TEST(WidgetList, FindsByIdByLabelAndByPlace) {
  WidgetList list;
  list.add(button("a", {0, 0, 10, 10}, "Sign"));
  list.add(button("b", {20, 0, 30, 10}, "Back"));
  EXPECT_EQ(list.find("b")->label, "Back");
  EXPECT_EQ(list.find_label("Sign")->id, "a");
  EXPECT_EQ(list.at(25, 5)->id, "b");
  EXPECT_EQ(list.at(15, 5), nullptr);
  EXPECT_EQ(list.find("c"), nullptr);
  EXPECT_EQ(list.find_label("Sig"), nullptr);
}

TEST(WidgetList, DialogTakesAllTapsFromWhatLiesBelow) {
  WidgetList list;
  list.add(button("next", {0, 0, 100, 100}, "Next"));
  list.raise_layer();
  list.add(button("ok", {40, 40, 60, 60}, "OK"));
  EXPECT_EQ(list.at(10, 10), nullptr);
  EXPECT_EQ(list.at(50, 50)->id, "ok");
  EXPECT_EQ(list.find_label("Next"), nullptr);
  ASSERT_NE(list.find("next"), nullptr);
  EXPECT_LT(list.find("next")->layer, list.top_layer());
}

TEST(WidgetList, TextIsReadButNeverTapped) {
  WidgetList list;
  list.add({.id = "title", .rect = {0, 0, 50, 10}, .label = "Measure the temperature"});
  EXPECT_EQ(list.at(5, 5), nullptr);
  EXPECT_EQ(list.find_label("Measure the temperature"), nullptr);
  EXPECT_TRUE(list.shows("temperature"));
  EXPECT_FALSE(list.shows("pressure"));
}

TEST(WidgetList, ReasonOfADisabledWidgetCanBeRead) {
  WidgetList list;
  Widget next = button("next", {0, 0, 10, 10}, "Next");
  next.enabled = false;
  next.reason = "Temperature is still missing";
  list.add(next);
  EXPECT_TRUE(list.shows("still missing"));
  EXPECT_NE(list.describe().find("disabled: Temperature is still missing"), std::string::npos);
}

TEST(WidgetList, HoldsABoundedNumberAndCountsTheRest) {
  WidgetList list;
  for (std::size_t i = 0; i < WidgetList::kWidgetsMax + 3; ++i) {
    list.add(button(std::to_string(i), {0, 0, 1, 1}));
  }
  EXPECT_EQ(list.all().size(), WidgetList::kWidgetsMax);
  EXPECT_EQ(list.dropped(), 3u);
  list.clear();
  EXPECT_TRUE(list.all().empty());
  EXPECT_EQ(list.dropped(), 0u);
}

}  // namespace
}  // namespace batchwright::ui
