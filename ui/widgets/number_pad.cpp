#include "ui/widgets/number_pad.h"

#include <array>

#include "ui/widgets/pad_parts.h"
#include "ui/widgets/rect_cut.h"

namespace batchwright::ui {
namespace {

struct Figure {
  PadKey key;
  int column, row;
};

constexpr std::array kFigures{Figure{PadKey::k7, 0, 0}, Figure{PadKey::k8, 1, 0},
                              Figure{PadKey::k9, 2, 0}, Figure{PadKey::k4, 0, 1},
                              Figure{PadKey::k5, 1, 1}, Figure{PadKey::k6, 2, 1},
                              Figure{PadKey::k1, 0, 2}, Figure{PadKey::k2, 1, 2},
                              Figure{PadKey::k3, 2, 2}, Figure{PadKey::k0, 0, 3}};

void press(Ui& ui, PadKey key, int places) {
  switch (ui.state.number.press(key, places)) {
    case PadAnswer::kDone: return;
    case PadAnswer::kNoMorePlaces: return say_dead_tap(ui, "pad", ui.tr("pad.no_places"));
    case PadAnswer::kTooLong: return say_dead_tap(ui, "pad", ui.tr("pad.too_long"));
    case PadAnswer::kNothingThere: return say_dead_tap(ui, "pad", ui.tr("pad.nothing"));
  }
}

void draw_figures(Ui& ui, const EntryView& entry, const Rect& keys) {
  for (const Figure& figure : kFigures) {
    const std::string digit(1, static_cast<char>('0' + static_cast<int>(figure.key)));
    if (draw_key(ui, key_rect(ui, keys, figure.column, figure.row), digit, digit)) {
      press(ui, figure.key, entry.places);
    }
  }
  const std::string whole(ui.tr("pad.whole"));
  const std::string point(ui.tr("number.separator"));
  if (draw_key(ui, key_rect(ui, keys, 1, 3), ".", point, Look::kKey, entry.places > 0, whole)) {
    press(ui, PadKey::kPoint, entry.places);
  }
  if (draw_key(ui, key_rect(ui, keys, 2, 3), "sign", "±")) press(ui, PadKey::kSign, entry.places);
}

}  // namespace

std::optional<std::string> draw_number_pad(Ui& ui, const EntryView& entry, const Rect& area,
                                           PadUse use) {
  Rect rest = area;
  draw_pad_header(ui, entry, rest);
  draw_echo(ui, entry, ui.tr.number(ui.state.number.text()), {}, rest);
  if (ui.is_wide()) draw_limits_line(ui, entry, rest);
  const Rect keys = cut_top(rest, key_grid_height(ui));
  draw_figures(ui, entry, keys);
  if (draw_key(ui, key_rect(ui, keys, 3, 0), "clear", std::string(ui.tr("pad.clear")))) {
    press(ui, PadKey::kClear, entry.places);
  }
  if (draw_key(ui, key_rect(ui, keys, 3, 1), "backspace", "⌫")) {
    press(ui, PadKey::kBackspace, entry.places);
  }
  skip_top(rest, ui.px(3));
  draw_pad_note(ui, entry, rest);
  if (use == PadUse::kDraft) return {};
  const Rect ok = key_rect(ui, keys, 3, 2, 1, 2);
  if (!draw_key(ui, ok, "ok", std::string(ui.tr("pad.ok")), Look::kPrimary)) return {};
  std::string raw = ui.state.number.raw();
  if (raw.empty()) {
    say_dead_tap(ui, "pad", ui.tr("pad.empty"));
    return {};
  }
  return raw;
}

}  // namespace batchwright::ui
