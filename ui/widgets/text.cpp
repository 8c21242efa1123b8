#include "ui/widgets/text.h"

#include <algorithm>
#include <array>

namespace batchwright::ui {
namespace {

TextRole smaller(TextRole role) {
  switch (role) {
    case TextRole::kValue: return TextRole::kTitle;
    case TextRole::kTitle: return TextRole::kAction;
    case TextRole::kAction: return TextRole::kSmallBold;
    case TextRole::kBody: return TextRole::kSmall;
    case TextRole::kBodyBold: return TextRole::kSmallBold;
    default: return role;
  }
}

float start_of(const Rect& box, float width, Align align) {
  if (align == Align::kCentre) return box.x0 + std::floor((box.width() - width) / 2);
  if (align == Align::kRight) return box.x1 - width;
  return box.x0;
}

void tell(Ui& ui, const Rect& rect, std::string_view text) {
  ui.frame.fonts.want(text);
  Widget widget;
  widget.id = "text:" + std::to_string(ui.texts++);
  widget.rect = rect;
  widget.label = text;
  ui.frame.widgets.add(std::move(widget));
}

float widest(const std::vector<TextLine>& lines) {
  float width = 0;
  for (const TextLine& line : lines) width = std::max(width, line.width);
  return width;
}

// Draws lines from `top`; returns the height used.
float draw_lines(Ui& ui, const std::vector<TextLine>& lines, const Rect& box, float top,
                 TextRole role, Rgb colour, Align align) {
  const float height = ui.paint.line_height(role);
  float y = top;
  for (const TextLine& line : lines) {
    const float x = start_of(box, line.width, align);
    const float baseline = ui.paint.baseline_at(role, y + height / 2);
    for (const TextRun& run : line.runs)
      ui.paint.text(run.role, colour, x + run.x, baseline, run.text);
    y += height;
  }
  return y - top;
}

struct Fitted {
  TextRole role;
  std::vector<TextLine> lines;
  bool fits = true;
};

std::size_t rows_in(const Ui& ui, const Rect& box, TextRole role) {
  const float rows = std::floor((box.height() + 1) / ui.paint.line_height(role));
  return static_cast<std::size_t>(std::clamp(rows, 1.0F, 3.0F));
}

// The first `rows` lines, with a sign that more was there. The whole text stays in the side list.
std::vector<TextLine> shortened(const Ui& ui, std::vector<TextLine> lines, TextRole role,
                                std::size_t rows, float width) {
  if (lines.size() <= rows) return lines;
  lines.resize(rows);
  TextLine& last = lines.back();
  if (last.runs.empty()) return lines;
  TextRun& run = last.runs.back();
  while (!run.text.empty() && run.x + ui.paint.text_width(role, run.text + "…") > width)
    erase_last_character(run.text);
  run.text += "…";
  last.width = run.x + ui.paint.text_width(role, run.text);
  return lines;
}

// On one line as large as wanted or a size smaller; else on as many lines as the box has.
Fitted fit(const Ui& ui, const Rect& box, TextRole wanted, std::string_view text) {
  TextRole role = wanted;
  while (ui.paint.text_width(role, text) > box.width() && smaller(role) != role)
    role = smaller(role);
  if (ui.paint.text_width(role, text) <= box.width())
    return {role, wrap_text(ui.paint, role, text, box.width() + 1)};
  for (role = wanted;; role = smaller(role)) {
    auto lines = wrap_text(ui.paint, role, text, box.width());
    const bool fits = lines.size() <= rows_in(ui, box, role) && text.find(' ') != text.npos;
    if (fits) return {role, std::move(lines), true};
    if (smaller(role) == role)
      return {role, shortened(ui, std::move(lines), role, rows_in(ui, box, role), box.width()),
              false};
  }
}

}  // namespace

float put_text(Ui& ui, const Rect& box, TextRole role, Rgb colour, std::string_view text,
               Align align) {
  if (text.empty()) return 0;
  const Fitted fitted = fit(ui, box, role, text);
  if (!fitted.fits) ui.state.overflows.emplace_back(text);
  const float height = static_cast<float>(fitted.lines.size()) * ui.paint.line_height(fitted.role);
  const float top = std::round(box.centre_y() - height / 2);
  draw_lines(ui, fitted.lines, box, top, fitted.role, colour, align);
  const float width = widest(fitted.lines);
  const float x = start_of(box, width, align);
  tell(ui, {x, top, x + width, top + height}, text);
  return width;
}

float put_paragraph(Ui& ui, const Rect& box, TextRole role, Rgb colour, std::string_view marked,
                    Align align) {
  if (marked.empty()) return 0;
  const auto lines = wrap_text(ui.paint, role, marked, box.width());
  const float height = draw_lines(ui, lines, box, box.y0, role, colour, align);
  const std::string plain = without_marks(marked);
  if (height > box.height() + 1) ui.state.overflows.push_back(plain);
  const float width = widest(lines);
  const float x = start_of(box, width, align);
  tell(ui, {x, box.y0, x + width, box.y0 + height}, plain);
  return height;
}

void put_paragraph_lines(Ui& ui, const Rect& box, TextRole role, Rgb colour,
                         std::string_view marked, int first, int last) {
  auto lines = wrap_text(ui.paint, role, marked, box.width());
  last = std::clamp(last, 0, static_cast<int>(lines.size()));
  first = std::clamp(first, 0, last);
  lines = {lines.begin() + first, lines.begin() + last};
  const float height = draw_lines(ui, lines, box, box.y0, role, colour, Align::kLeft);
  tell(ui, {box.x0, box.y0, box.x0 + widest(lines), box.y0 + height}, without_marks(marked));
}

void put_paragraph_middle(Ui& ui, const Rect& box, TextRole role, Rgb colour,
                          std::string_view marked, Align align) {
  Rect placed = box;
  const float height = paragraph_height(ui, role, marked, box.width());
  placed.y0 = std::round(box.centre_y() - height / 2);
  placed.y1 = std::max(box.y1, placed.y0);
  if (height > box.height() + 1) ui.state.overflows.push_back(without_marks(marked));
  placed.y1 = placed.y0 + height;
  put_paragraph(ui, placed, role, colour, marked, align);
}

float paragraph_height(const Ui& ui, TextRole role, std::string_view marked, float width) {
  const auto lines = wrap_text(ui.paint, role, marked, width);
  return static_cast<float>(lines.size()) * ui.paint.line_height(role);
}

float put_labelled(Ui& ui, const Rect& box, std::string_view label, std::string_view value,
                   Rgb label_colour, Rgb value_colour) {
  Rect rest = box;
  rest.x0 += put_text(ui, rest, TextRole::kSmall, label_colour, label);
  rest.x0 += ui.paint.text_width(TextRole::kSmall, " ");
  rest.x0 += put_text(ui, rest, TextRole::kSmall, value_colour, value);
  return rest.x0 - box.x0;
}

}  // namespace batchwright::ui
