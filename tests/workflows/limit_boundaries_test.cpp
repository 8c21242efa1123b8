// Requirement A5: boundary vectors, one unit in the last place below, at and above every kind of
// limit. The limit itself is inside; the reported value is what counts.
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "workflows/entry_value.h"

namespace batchwright::workflows::test {
namespace {

struct Limit {
  const char* name;
  std::optional<Decimal> Limits::* bound;
  bool high;
  const char* verdict;  // when it is broken
};

constexpr Limit kKinds[] = {
    {"alert low", &Limits::alert_low, false, verdict::kAlert},
    {"alert high", &Limits::alert_high, true, verdict::kAlert},
    {"action low", &Limits::action_low, false, verdict::kAction},
    {"action high", &Limits::action_high, true, verdict::kAction},
    {"hard low", &Limits::hard_low, false, verdict::kImplausible},
    {"hard high", &Limits::hard_high, true, verdict::kImplausible},
};

// Both ways that a value takes: typed, and computed.
std::string verdict_of(const Entry& entry, const Decimal& value) {
  const auto typed = read_entry_value(entry, value.to_text());
  const auto computed = report_decimal(entry, value);
  if (!typed || !computed) return "refused";
  EXPECT_EQ(typed->verdict, computed->verdict);
  EXPECT_EQ(typed->value, computed->value);
  EXPECT_EQ(typed->limit, computed->limit);
  return typed->verdict;
}

// One unit in the last reported place.
Decimal ulp(int places) {
  return places == 0 ? dec("1")
                     : dec("0." + std::string(static_cast<std::size_t>(places - 1), '0') + "1");
}

struct Place {
  const char* limit;
  int places;
};

constexpr Place kPlaces[] = {{"26.0", 1},
                             {"0.00", 2},
                             {"-3", 0},
                             {"100", 0},
                             {"999.9", 1},
                             {"7.35", 2},
                             {"9999999999999999999999999999999998", 0},
                             {"0.0000000000000000000000000000000005", 34}};

TEST(LimitBoundaries, OneUnitInTheLastPlaceDecidesForEveryKindOfLimitTypedOrComputed) {
  for (const Limit& kind : kKinds) {
    for (const Place& place : kPlaces) {
      SCOPED_TRACE(std::string(kind.name) + " " + place.limit);
      Entry entry = decimal("x", "°C", place.places);
      const Decimal limit = dec(place.limit);
      entry.limits.*kind.bound = limit;
      const Decimal below = subtract(limit, ulp(place.places)).value();
      const Decimal above = add(limit, ulp(place.places)).value();
      EXPECT_EQ(verdict_of(entry, limit), verdict::kOk);
      EXPECT_EQ(verdict_of(entry, below), kind.high ? verdict::kOk : kind.verdict);
      EXPECT_EQ(verdict_of(entry, above), kind.high ? kind.verdict : verdict::kOk);
    }
  }
}

// Less than a unit beyond the limit: the entry's rule rounds it to the limit, or past it.
TEST(LimitBoundaries, TheDeclaredRuleDecidesWhatIsLessThanAUnitBeyond) {
  struct Row {
    const char* value;
    Rounding rounding;
    bool high_broken;
  };
  for (const Row& row : {Row{"26.04", Rounding::kHalfEven, false},
                         {"26.05", Rounding::kHalfEven, false},  // to even: 26.0
                         {"26.05000000000000000000000000000001", Rounding::kHalfEven, true},
                         {"26.05", Rounding::kHalfUp, true},
                         {"26.04999999999999999999999999999999", Rounding::kHalfUp, false},
                         {"26.09", Rounding::kDown, false},
                         {"26.06", Rounding::kHalfEven, true}}) {
    for (const Limit& kind : kKinds) {
      if (!kind.high) continue;
      Entry entry = decimal("x", "°C", 1);
      entry.rounding = row.rounding;
      entry.limits.*kind.bound = dec("26.0");
      EXPECT_EQ(verdict_of(entry, dec(row.value)), row.high_broken ? kind.verdict : verdict::kOk)
          << row.value << " " << kind.name;
    }
  }
}

TEST(LimitBoundaries, NestedLimitsBreakOneAtATimeAndTheWidestIsNamed) {
  const Entry entry = temperature();  // alert 24.5-25.5, action 24.0-26.0, plausible 0-100
  const std::pair<const char*, const char*> kSteps[] = {
      {"-0.1", verdict::kImplausible}, {"0.0", verdict::kAction},
      {"0.1", verdict::kAction},       {"23.9", verdict::kAction},
      {"24.0", verdict::kAlert},       {"24.1", verdict::kAlert},
      {"24.4", verdict::kAlert},       {"24.5", verdict::kOk},
      {"24.6", verdict::kOk},          {"25.4", verdict::kOk},
      {"25.5", verdict::kOk},          {"25.6", verdict::kAlert},
      {"25.9", verdict::kAlert},       {"26.0", verdict::kAlert},
      {"26.1", verdict::kAction},      {"99.9", verdict::kAction},
      {"100.0", verdict::kAction},     {"100.1", verdict::kImplausible}};
  for (const auto& [value, expected] : kSteps) {
    EXPECT_EQ(verdict_of(entry, dec(value)), expected) << value;
  }
}

}  // namespace
}  // namespace batchwright::workflows::test
