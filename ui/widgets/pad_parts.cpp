#include "ui/widgets/pad_parts.h"

#include "ui/widgets/entry_words.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

constexpr double kHeaderMm = 7.5;
constexpr double kEchoWideMm = 20;
constexpr double kEchoCompactMm = 16.5;

}  // namespace

void draw_pad_header(Ui& ui, const EntryView& entry, Rect& rest) {
  Rect header = cut_top(rest, ui.px(kHeaderMm));
  if (!ui.is_wide()) {
    const std::string limits = limits_words(ui.tr, entry);
    const float width = ui.paint.text_width(TextRole::kSmall, limits) + 1;
    put_text(ui, cut_right(header, width), TextRole::kSmall, ui.colours().muted, limits,
             Align::kRight);
    skip_right(header, ui.px(3));
  }
  put_text(ui, header, TextRole::kSmallBold, ui.colours().ink, entry.title);
  skip_top(rest, ui.px(ui.is_wide() ? 1 : 0));
}

void draw_echo(Ui& ui, const EntryView& entry, const std::string& typed,
               const std::string& placeholder, Rect& rest) {
  const Colours& c = ui.colours();
  const Rect well = cut_top(rest, ui.px(ui.is_wide() ? kEchoWideMm : kEchoCompactMm));
  const float corner = ui.px(ui.sizes().corner_small);
  ui.paint.fill(well, c.well, corner);
  ui.paint.outline(well, c.focus, corner, ui.px(ui.sizes().edge_focus));
  Rect inner = inset(well, ui.px(4.5), ui.px(0.5));
  if (!entry.unit.empty()) {
    const float unit = ui.paint.text_width(TextRole::kAction, entry.unit);
    // The unit stands on the same line as the figures, not in the middle of the well.
    const Rect box = cut_right(inner, unit + 1);
    const float baseline = ui.paint.baseline_at(TextRole::kValue, box.centre_y());
    const float centre = baseline - ui.paint.cap_height(TextRole::kAction) / 2;
    const Rect line{box.x0, centre - ui.px(5), box.x1, centre + ui.px(5)};
    put_text(ui, line, TextRole::kBody, c.muted, entry.unit, Align::kRight);
    skip_right(inner, ui.px(3));
  }
  if (typed.empty()) {
    put_text(ui, inner, TextRole::kBody, c.muted, placeholder, Align::kRight);
  } else {
    put_text(ui, inner, TextRole::kValue, c.ink, typed, Align::kRight);
  }
  skip_top(rest, ui.px(ui.is_wide() ? 1.5 : 3));
}

void draw_limits_line(Ui& ui, const EntryView& entry, Rect& rest) {
  const Colours& c = ui.colours();
  const Rect line = cut_top(rest, ui.px(8));
  skip_top(rest, ui.px(2));
  const auto width_of = [&](std::string_view label, const std::string& value) {
    return ui.paint.text_width(TextRole::kSmall, label) +
           ui.paint.text_width(TextRole::kSmall, " ") +
           ui.paint.text_width(TextRole::kSmallBold, value);
  };
  const auto put = [&](float x, std::string_view label, const std::string& value) {
    Rect box{x, line.y0, line.x1 + 1, line.y1};
    box.x0 += put_text(ui, box, TextRole::kSmall, c.muted, label);
    box.x0 += ui.paint.text_width(TextRole::kSmall, " ");
    put_text(ui, box, TextRole::kSmallBold, c.muted, value);
  };
  const bool has_action = !entry.low.empty() || !entry.high.empty();
  if (!has_action && entry.target.empty()) {
    put_text(ui, line, TextRole::kSmall, c.muted, limits_words(ui.tr, entry));
    return;
  }
  const std::string low = ui.tr.number(entry.low);
  const std::string target = ui.tr.number(entry.target);
  const std::string high = ui.tr.number(entry.high);
  if (!low.empty()) put(line.x0, ui.tr("entry.low"), low);
  if (!high.empty()) put(line.x1 - width_of(ui.tr("entry.high"), high), ui.tr("entry.high"), high);
  if (target.empty()) return;
  const float width = width_of(ui.tr("entry.target"), target);
  put(std::round(line.centre_x() - width / 2), ui.tr("entry.target"), target);
}

void draw_pad_note(Ui& ui, const EntryView& entry, const Rect& box) {
  if (is_dead_tap_shown(ui, "pad")) {
    put_paragraph(ui, box, TextRole::kSmall, ui.colours().ink,
                  "**" + ui.state.dead_tap_reason + "**");
    return;
  }
  std::string note = alert_words(ui.tr, entry);
  const std::string stand_in = stand_in_words(ui.tr, entry);
  if (!note.empty() && !stand_in.empty()) note += "\n";
  note += stand_in;
  if (ui.paint.line_height(TextRole::kSmall) > box.height()) return;
  put_paragraph(ui, box, TextRole::kSmall, ui.colours().muted, note);
}

Rect key_rect(const Ui& ui, const Rect& keys, int column, int row, int columns, int rows) {
  const float key = ui.px(ui.sizes().key);
  const float gap = ui.px(ui.sizes().key_gap);
  Rect rect = grid_cell(keys, column, row, key, key, gap);
  rect.x1 += static_cast<float>(columns - 1) * (key + gap);
  rect.y1 += static_cast<float>(rows - 1) * (key + gap);
  return rect;
}

bool draw_key(Ui& ui, const Rect& rect, const std::string& id, const std::string& label, Look look,
              bool enabled, const std::string& reason) {
  const bool is_figure = label.size() <= 2;
  const TextRole role = is_figure ? TextRole::kTitle : TextRole::kBodyBold;
  return button(ui, rect,
                {.id = "key:" + id,
                 .label = label,
                 .kind = WidgetKind::kKey,
                 .enabled = enabled,
                 .reason = reason,
                 .group = "pad"},
                {.look = look, .role = role});
}

void say_dead_tap(Ui& ui, const std::string& id, std::string_view reason) {
  ui.state.dead_tap_id = id;
  ui.state.dead_tap_reason = reason;
  ui.state.dead_tap_ms = ui.frame.now_ms;
}

}  // namespace batchwright::ui
