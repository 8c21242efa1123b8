#include "ui/widgets/date_time.h"

#include <algorithm>
#include <chrono>

#include "ui/widgets/pad_parts.h"
#include "ui/widgets/rect_cut.h"

namespace batchwright::ui {
namespace {

constexpr std::string_view kForm = "____-__-__ __:__";

int number_of(std::string_view digits, std::size_t at, std::size_t count) {
  int number = 0;
  for (const char c : digits.substr(at, count)) number = number * 10 + (c - '0');
  return number;
}

void take_now(Ui& ui) {
  std::string digits;
  for (const char c : ui.view.now) {
    if (c >= '0' && c <= '9' && digits.size() < kDateTimeDigits) digits += c;
  }
  ui.state.digits = digits;
}

void type_digit(Ui& ui, const std::string& digit) {
  if (ui.state.digits.size() >= kDateTimeDigits) {
    say_dead_tap(ui, "pad", ui.tr("pad.too_long"));
  } else {
    ui.state.digits += digit;
  }
}

void draw_digits(Ui& ui, const Rect& keys) {
  for (int figure = 1; figure <= 9; ++figure) {
    const std::string digit = std::to_string(figure);
    const Rect rect = key_rect(ui, keys, (figure - 1) % 3, 2 - (figure - 1) / 3);
    if (draw_key(ui, rect, digit, digit)) type_digit(ui, digit);
  }
  if (draw_key(ui, key_rect(ui, keys, 0, 3), "0", "0")) type_digit(ui, "0");
  if (ui.view.now.empty()) return;
  if (draw_key(ui, key_rect(ui, keys, 1, 3, 2), "now", std::string(ui.tr("pad.now")))) take_now(ui);
}

}  // namespace

std::optional<std::string> date_time_raw(std::string_view digits) {
  if (digits.size() != kDateTimeDigits) return {};
  const std::chrono::year_month_day day{
      std::chrono::year(number_of(digits, 0, 4)),
      std::chrono::month(static_cast<unsigned>(number_of(digits, 4, 2))),
      std::chrono::day(static_cast<unsigned>(number_of(digits, 6, 2)))};
  const int year = number_of(digits, 0, 4);
  const bool is_time = number_of(digits, 8, 2) < 24 && number_of(digits, 10, 2) < 60;
  if (!day.ok() || !is_time || year < 1900 || year > 2199) return {};
  std::string raw = date_time_echo(digits);
  raw[10] = 'T';
  return raw;
}

std::string date_time_echo(std::string_view digits) {
  std::string echo(kForm);
  std::size_t next = 0;
  for (char& c : echo) {
    if (c == '_' && next < digits.size()) c = digits[next++];
  }
  return echo;
}

std::optional<std::string> draw_date_time_pad(Ui& ui, const EntryView& entry, const Rect& area,
                                              PadUse use) {
  Rect rest = area;
  draw_pad_header(ui, entry, rest);
  draw_echo(ui, entry, date_time_echo(ui.state.digits), {}, rest);
  if (ui.is_wide()) skip_top(rest, ui.px(10));
  const Rect keys = cut_top(rest, key_grid_height(ui));
  draw_digits(ui, keys);
  if (draw_key(ui, key_rect(ui, keys, 3, 0), "clear", std::string(ui.tr("pad.clear"))))
    ui.state.digits.clear();
  if (draw_key(ui, key_rect(ui, keys, 3, 1), "backspace", "⌫") && !ui.state.digits.empty()) {
    ui.state.digits.pop_back();
  }
  skip_top(rest, ui.px(3));
  draw_pad_note(ui, entry, rest);
  if (use == PadUse::kDraft) return {};
  if (!draw_key(ui, key_rect(ui, keys, 3, 2, 1, 2), "ok", std::string(ui.tr("pad.ok")),
                Look::kPrimary))
    return {};
  auto raw = date_time_raw(ui.state.digits);
  if (!raw)
    say_dead_tap(ui, "pad", ui.tr(ui.state.digits.empty() ? "pad.empty" : "pad.date_time_wrong"));
  return raw;
}

}  // namespace batchwright::ui
