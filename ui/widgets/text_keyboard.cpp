#include "ui/widgets/text_keyboard.h"

#include <algorithm>

#include "base/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/pad_parts.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

constexpr double kHeightWideMm = 17;
constexpr double kHeightCompactMm = 15;
constexpr int kRows = 5;

struct KeyFace {
  std::string id, label;
};

KeyFace face_of(const Ui& ui, const Key& key, KeyLayer layer, const std::string& enter) {
  const bool is_letters = layer == KeyLayer::kLower || layer == KeyLayer::kUpper;
  switch (key.kind) {
    case KeyKind::kCharacter:
      if (key.text == " ") return {"space", std::string(ui.tr("keyboard.space"))};
      return {key.text, key.text};
    case KeyKind::kShift:
      if (is_letters) return {"shift", std::string(ui.tr("keyboard.shift"))};
      return {"shift", std::string(layer == KeyLayer::kSymbols ? ui.tr("keyboard.more_symbols")
                                                               : ui.tr("keyboard.fewer_symbols"))};
    case KeyKind::kSymbols:
      return {"symbols",
              std::string(is_letters ? ui.tr("keyboard.symbols") : ui.tr("keyboard.letters"))};
    case KeyKind::kBackspace: return {"backspace", "⌫"};
    case KeyKind::kDone: return {"enter", enter};
  }
  return {};
}

void type(Ui& ui, std::string& text, const std::string& character, int characters_max) {
  if (count_characters(text) >= static_cast<std::size_t>(characters_max)) {
    say_dead_tap(ui, "keyboard", ui.tr("keyboard.full"));
    return;
  }
  text += character;
  if (ui.state.layer == KeyLayer::kUpper)
    ui.state.layer = KeyLayer::kLower;  // shift is for one letter
}

// True when it was the enter key.
bool act(Ui& ui, const Key& key, std::string& text, int characters_max) {
  switch (key.kind) {
    case KeyKind::kCharacter: type(ui, text, key.text, characters_max); return false;
    case KeyKind::kShift: ui.state.layer = after_shift(ui.state.layer); return false;
    case KeyKind::kSymbols: ui.state.layer = after_symbols(ui.state.layer); return false;
    case KeyKind::kBackspace: erase_last_character(text); return false;
    case KeyKind::kDone: return true;
  }
  return false;
}

std::string dots(const std::string& text) {
  std::string line;
  for (std::size_t i = 0; i < count_characters(text); ++i) line += "●";
  return line;
}

}  // namespace

bool draw_text_keyboard(Ui& ui, const Rect& area, std::string& text, int characters_max,
                        const std::string& enter) {
  const KeyLayer layer = ui.state.layer;
  const KeyLayout layout = key_layout(ui.tr("language.tag"), layer);
  const float gap = ui.px(ui.sizes().text_key_gap);
  const auto columns = static_cast<float>(layout.columns);
  const float widest = std::floor((area.width() + gap) / columns) - gap;
  const float key = std::min(ui.px(ui.sizes().text_key), widest);
  const float height = ui.px(ui.is_wide() ? kHeightWideMm : kHeightCompactMm);
  const float pitch = key + gap;
  const float left = std::round(area.centre_x() - (columns * pitch - gap) / 2);
  bool entered = false;
  float y = area.y0;
  for (const KeyRow& row : layout.rows) {
    float x = left + std::round(row.indent_columns * pitch);
    for (const Key& k : row.keys) {
      const float width = std::round(k.columns * pitch) - gap;
      const KeyFace face = face_of(ui, k, layer, enter);
      const bool is_shifted = k.kind == KeyKind::kShift && layer == KeyLayer::kUpper;
      const bool is_letter = k.kind == KeyKind::kCharacter && k.text != " ";
      const Target target{.id = "key:" + face.id,
                          .label = face.label,
                          .kind = WidgetKind::kKeySmall,
                          .group = "keyboard"};
      const ButtonLook look{.look = k.kind == KeyKind::kDone ? Look::kPrimary : Look::kKey,
                            .selected = is_shifted,
                            .role = is_letter ? TextRole::kAction : TextRole::kSmallBold};
      if (button(ui, {x, y, x + width, y + height}, target, look))
        entered |= act(ui, k, text, characters_max);
      x += width + gap;
    }
    y += height + gap;
  }
  return entered;
}

float text_keyboard_height(const Ui& ui) {
  const float height = ui.px(ui.is_wide() ? kHeightWideMm : kHeightCompactMm);
  return kRows * height + (kRows - 1) * ui.px(ui.sizes().text_key_gap);
}

void draw_text_well(Ui& ui, const Rect& rect, const std::string& text, bool secret, bool revealed,
                    bool has_caret) {
  const Colours& c = ui.colours();
  const float corner = ui.px(ui.sizes().corner_small);
  ui.paint.fill(rect, c.well, corner);
  ui.paint.outline(rect, has_caret ? c.focus : c.edge, corner,
                   ui.px(has_caret ? ui.sizes().edge_focus : ui.sizes().edge));
  const Rect inner = inset(rect, ui.px(4), ui.px(1.5));
  const TextRole role = TextRole::kBody;
  const bool hidden = secret && !revealed;
  auto lines = wrap_text(ui.paint, role, hidden ? dots(text) : text, inner.width() - ui.px(2));
  const float height = ui.paint.line_height(role);
  const auto fits = static_cast<std::size_t>(std::max(1.0F, std::floor(inner.height() / height)));
  if (lines.size() > fits)
    lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(fits));
  float y = fits == 1 || secret ? std::round(inner.centre_y() - height / 2) : inner.y0;
  float x = inner.x0;
  for (const TextLine& line : lines) {
    for (const TextRun& run : line.runs) {
      ui.frame.fonts.want(run.text);
      ui.paint.text(run.role, c.ink, inner.x0 + run.x,
                    ui.paint.baseline_at(run.role, y + height / 2), run.text);
    }
    x = inner.x0 + line.width;
    y += height;
  }
  if (!lines.empty()) y -= height;
  if (!has_caret) return;
  const float caret = x + ui.px(0.8);
  ui.paint.fill({caret, y + height * 0.14F, caret + ui.px(0.5), y + height * 0.86F}, c.focus);
}

}  // namespace batchwright::ui
