// Date and time by twelve digits, year first; "Now" fills them in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ui/widgets/entry_pad.h"

namespace batchwright::ui {

inline constexpr std::size_t kDateTimeDigits = 12;

// "202611221405" -> "2026-11-22T14:05"; empty unless it is a day of the calendar and a time of day,
// years 1900 to 2199.
[[nodiscard]] std::optional<std::string> date_time_raw(std::string_view digits);

// What is typed so far in its form, the rest as low lines: "2026-11-2_ __:__".
[[nodiscard]] std::string date_time_echo(std::string_view digits);

std::optional<std::string> draw_date_time_pad(Ui& ui, const EntryView& entry, const Rect& area,
                                              PadUse use);

}  // namespace batchwright::ui
