#include "base/time.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <optional>

#include "base/ensure.h"

namespace batchwright {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr int kOffsetMinutesMax = 14 * 60;
// 0000-01-01 and the last millisecond of 9999, so that a year always has four digits.
constexpr std::int64_t kLocalMsMin = -62'167'219'200'000;
constexpr std::int64_t kLocalMsMax = 253'402'300'799'999;

struct LocalParts {
  int year;
  unsigned month, day;
  int hour, minute, second, ms;
  char sign;
  int offset_hours, offset_minutes;
};

LocalParts split(Instant instant) {
  using namespace std::chrono;
  const int offset = std::clamp(instant.offset_minutes, -kOffsetMinutesMax, kOffsetMinutesMax);
  const std::int64_t bounded = std::clamp(instant.unix_ms, kLocalMsMin, kLocalMsMax);
  const milliseconds local{std::clamp(bounded + offset * kMinuteMs, kLocalMsMin, kLocalMsMax)};
  const sys_days day{floor<days>(local)};
  const year_month_day date{day};
  const hh_mm_ss clock{local - day.time_since_epoch()};
  const int size = offset < 0 ? -offset : offset;
  return {.year = static_cast<int>(date.year()),
          .month = static_cast<unsigned>(date.month()),
          .day = static_cast<unsigned>(date.day()),
          .hour = static_cast<int>(clock.hours().count()),
          .minute = static_cast<int>(clock.minutes().count()),
          .second = static_cast<int>(clock.seconds().count()),
          .ms = static_cast<int>(clock.subseconds().count()),
          .sign = offset < 0 ? '-' : '+',
          .offset_hours = size / 60,
          .offset_minutes = size % 60};
}

// `count` digits at `at`; nothing when one of them is none.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::string to_text(Instant instant) {
  const LocalParts p = split(instant);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}{}{:02}:{:02}", p.year, p.month,
                     p.day, p.hour, p.minute, p.second, p.ms, p.sign, p.offset_hours,
                     p.offset_minutes);
}

std::string to_display(Instant instant) {
  const LocalParts p = split(instant);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} {}{:02}:{:02}", p.year, p.month, p.day, p.hour,
                     p.minute, p.sign, p.offset_hours, p.offset_minutes);
}

Result<Instant> instant_from_text(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00.000+00:00";
  const auto refused = [] {
    return fail(ErrorCode::kMalformed, "Not a time of the form 2026-11-22T14:05:33.120+01:00.");
  };
  if (text.size() != kForm.size()) return refused();
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    const bool sign = kForm[i] == '+' && text[i] == '-';
    if (kForm[i] != '0' && text[i] != kForm[i] && !sign) return refused();
  }
  const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  const auto ms = digits(text, 20, 3);
  const auto zone_hour = digits(text, 24, 2), zone_minute = digits(text, 27, 2);
  if (!year || !month || !day || !hour || !minute || !second || !ms || !zone_hour || !zone_minute) {
    return refused();
  }
  using namespace std::chrono;
  const year_month_day date{std::chrono::year{*year},
                            std::chrono::month(static_cast<unsigned>(*month)),
                            std::chrono::day(static_cast<unsigned>(*day))};
  const bool west = text[23] == '-';
  const int size = *zone_hour * 60 + *zone_minute;
  // -00:00 means "local offset unknown" in RFC 3339; we always know it.
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59 || *zone_minute > 59 ||
      size > kOffsetMinutesMax || (west && size == 0)) {
    return refused();
  }
  const int offset = west ? -size : size;
  const milliseconds local = sys_days{date}.time_since_epoch() + hours{*hour} + minutes{*minute} +
                             seconds{*second} + milliseconds{*ms};
  return Instant{local.count() - offset * kMinuteMs, offset};
}

Instant SystemClock::now() const {
  using namespace std::chrono;
  const auto since_epoch = system_clock::now().time_since_epoch();
  const std::int64_t unix_ms = floor<milliseconds>(since_epoch).count();
  const std::time_t unix_s = static_cast<std::time_t>(floor<seconds>(since_epoch).count());
  std::tm local{};
  ensure(localtime_r(&unix_s, &local) != nullptr, "the system clock is out of range");
  return {unix_ms, static_cast<int>(local.tm_gmtoff / 60)};
}

std::int64_t SystemClock::monotonic_ms() const {
  // BOOTTIME, not MONOTONIC: a hold time goes on while the panel sleeps.
  std::timespec now{};
  ensure(clock_gettime(CLOCK_BOOTTIME, &now) == 0, "no monotonic clock");
  return static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

}  // namespace batchwright
