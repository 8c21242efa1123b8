#include "workflows/entry_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/text.h"
#include "base/time.h"

namespace batchwright::workflows {
namespace {

using Bound = std::optional<Decimal>;

bool outside(const Decimal& value, const Bound& low, const Bound& high) {
  return (low && value < *low) || (high && value > *high);
}

std::string range_words(const Bound& low, const Bound& high, const std::string& unit) {
  const std::string tail = unit.empty() ? "" : " " + unit;
  if (low && high) return fmt::format("{} to {}{}", low->to_text(), high->to_text(), tail);
  if (low) return fmt::format("at least {}{}", low->to_text(), tail);
  return fmt::format("at most {}{}", high->to_text(), tail);
}

Result<ReportedValue> plain(std::string_view raw) {
  return ReportedValue{std::string(raw), verdict::kNone, {}};
}

Result<ReportedValue> read_decimal(const Entry& entry, std::string_view raw) {
  const auto number = Decimal::parse(raw);
  if (!number) {
    return fail(ErrorCode::kMalformed,
                "This is not a number. Nothing was saved. Type digits, with . before decimals.");
  }
  return report_decimal(entry, *number);
}

Result<ReportedValue> read_text(std::string_view raw) {
  auto text = checked_text(raw, /*multiline=*/true);
  if (!text) return std::unexpected(text.error());
  if (text->empty()) {
    return fail(ErrorCode::kMalformed, "The text is empty. Nothing was saved. Type it first.");
  }
  return plain(*text);
}

Result<ReportedValue> read_choice(const Entry& entry, std::string_view raw) {
  if (std::ranges::find(entry.choices, raw) != entry.choices.end()) return plain(raw);
  return fail(ErrorCode::kMalformed,
              "This is not one of the choices. Nothing was saved. Choose one of the list.");
}

Result<ReportedValue> read_yes_no(const Entry& entry, std::string_view raw) {
  if (raw != "yes" && raw != "no") {
    return fail(ErrorCode::kMalformed, "Nothing was saved. Answer yes or no.");
  }
  if (!entry.expected) return plain(raw);
  const std::string expected = *entry.expected ? "yes" : "no";
  if (raw == expected) return ReportedValue{expected, verdict::kOk, {}};
  return ReportedValue{std::string(raw), verdict::kUnexpected, expected};
}

Result<ReportedValue> read_date_time(std::string_view raw) {
  const auto instant = instant_from_text(raw);
  if (instant) return plain(to_text(*instant));
  return fail(ErrorCode::kMalformed,
              "This is not a date and time. Nothing was saved. Choose date and time again.");
}

Result<ReportedValue> read_acknowledge(std::string_view raw) {
  if (raw == "done") return plain(raw);
  return fail(ErrorCode::kMalformed, "Nothing was saved. Tap Done to acknowledge.");
}

Result<ReportedValue> read_photo(std::string_view raw) {
  if (array_from_hex<32>(raw)) return plain(raw);
  return fail(ErrorCode::kMalformed,
              "The picture has no valid digest. Nothing was saved. Take the picture again.");
}

}  // namespace

Result<ReportedValue> report_decimal(const Entry& entry, const Decimal& exact) {
  const Decimal value = exact.rounded(entry.places, entry.rounding);
  if (value.places() != entry.places) {
    return fail(ErrorCode::kMalformed,
                "The number has more than 34 digits. Nothing was saved. Check what was typed.");
  }
  const std::string text = value.to_text();
  struct Band {
    const char* verdict;
    const Bound& low;
    const Bound& high;
  };
  const Limits& limits = entry.limits;
  const std::array bands = {Band{verdict::kImplausible, limits.hard_low, limits.hard_high},
                            Band{verdict::kAction, limits.action_low, limits.action_high},
                            Band{verdict::kAlert, limits.alert_low, limits.alert_high}};
  bool limited = false;
  for (const Band& band : bands) {  // the widest first: one value breaks one limit
    limited = limited || band.low || band.high;
    if (outside(value, band.low, band.high)) {
      return ReportedValue{text, band.verdict, range_words(band.low, band.high, entry.unit)};
    }
  }
  return ReportedValue{text, limited ? verdict::kOk : verdict::kNone, {}};
}

Result<ReportedValue> read_entry_value(const Entry& entry, std::string_view raw) {
  switch (entry.kind) {
    case EntryKind::kDecimal: return read_decimal(entry, raw);
    case EntryKind::kText: return read_text(raw);
    case EntryKind::kChoice: return read_choice(entry, raw);
    case EntryKind::kYesNo: return read_yes_no(entry, raw);
    case EntryKind::kDateTime: return read_date_time(raw);
    case EntryKind::kAcknowledge: return read_acknowledge(raw);
    case EntryKind::kPhoto: return read_photo(raw);
    case EntryKind::kCameraCheck:
    case EntryKind::kCameraChallenge:
      return fail(ErrorCode::kMalformed,
                  "A camera says this. Nothing was saved. It is never typed or corrected: have it "
                  "invalidated with a reason, then check again.");
    case EntryKind::kComputed: break;
  }
  return fail(
      ErrorCode::kMalformed,
      "This value is computed from other entries. Nothing was saved. Correct those instead.");
}

bool needs_reaction(std::string_view name) {
  return name == verdict::kAction || name == verdict::kImplausible || name == verdict::kUnexpected;
}

}  // namespace batchwright::workflows
