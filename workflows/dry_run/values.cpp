#include "workflows/dry_run/values.h"

#include <algorithm>

#include "base/bytes.h"
#include "workflows/internal/check_rules.h"
#include "workflows/internal/limits_of.h"

namespace batchwright::workflows::dry {

namespace {

using Bound = std::optional<Decimal>;

Limits limits_for(const Entry& entry, const StepState* step) {
  if (step == nullptr) return entry.limits;
  return limits_of(entry, *step).value_or(entry.limits);
}

Decimal middle(const Decimal& low, const Decimal& high, int places) {
  const auto half = divide(plus(low, high), Decimal(2));
  return half ? std::clamp(half->rounded(places), low, high) : low;
}

Decimal clean_decimal(const Entry& entry, const StepState* step) {
  const Limits limits = limits_for(entry, step);
  if (limits.target) return *limits.target;
  const Bound& low = limits.alert_low ? limits.alert_low
                                      : (limits.action_low ? limits.action_low : limits.hard_low);
  const Bound& high = limits.alert_high
                          ? limits.alert_high
                          : (limits.action_high ? limits.action_high : limits.hard_high);
  if (low && high) return middle(*low, *high, entry.places);
  if (low) return *low;
  if (high) return *high;
  return Decimal(1);
}

}  // namespace

Decimal last_place(int places) {
  Decimal unit(1);
  for (int i = 0; i < places; ++i) {
    if (const auto tenth = divide(unit, Decimal(10))) unit = *tenth;
  }
  return unit.rounded(places);
}

Decimal plus(const Decimal& a, const Decimal& b) {
  const auto sum = add(a, b);
  return sum ? *sum : a;
}

Decimal minus(const Decimal& a, const Decimal& b) {
  const auto difference = subtract(a, b);
  return difference ? *difference : a;
}

std::string clean_value(const Entry& entry, const StepState* step, const Cast& cast, Instant now) {
  switch (entry.kind) {
    case EntryKind::kDecimal:
    case EntryKind::kComputed: return clean_decimal(entry, step).to_text();
    case EntryKind::kYesNo: return entry.expected.value_or(true) ? "yes" : "no";
    case EntryKind::kChoice: return entry.choices.empty() ? std::string() : cast.instance_of(entry);
    case EntryKind::kDateTime: return to_text(now);
    case EntryKind::kAcknowledge: return "done";
    case EntryKind::kPhoto: return to_hex(sha256("simulated photo of " + entry.id));
    case EntryKind::kCameraCheck: return check_verdict::kPass;  // said by a camera, never entered
    case EntryKind::kCameraChallenge: return "passed";
    case EntryKind::kText:
      return entry.identifies.empty() ? "as on the label" : cast.instance_of(entry);
  }
  return {};
}

std::string bad_value(const Entry& entry, const StepState* step) {
  if (entry.kind == EntryKind::kYesNo && entry.expected) return *entry.expected ? "no" : "yes";
  if (entry.kind != EntryKind::kDecimal) return {};
  const Limits limits = limits_for(entry, step);
  const Decimal unit = last_place(entry.places);
  if (limits.action_high) return plus(*limits.action_high, unit).to_text();
  if (limits.action_low) return minus(*limits.action_low, unit).to_text();
  if (limits.hard_high) return plus(*limits.hard_high, unit).to_text();
  if (limits.hard_low) return minus(*limits.hard_low, unit).to_text();
  return {};
}

}  // namespace batchwright::workflows::dry
