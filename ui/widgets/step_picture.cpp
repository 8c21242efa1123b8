#include "ui/widgets/step_picture.h"

#include <array>
#include <cmath>
#include <numbers>

#include "ui/widgets/rect_cut.h"

namespace batchwright::ui {
namespace {

constexpr Rgb kLiquid{0xC9, 0xDC, 0xEB};
constexpr Rgb kPale{0x9A, 0xA3, 0xA9};

// A square of 100 x 100 units in the middle of a box.
class Easel {
 public:
  Easel(Ui& ui, const Rect& box) : ui_(ui) {
    const float side = std::min(box.width(), box.height()) * 0.88F;
    unit_ = side / 100;
    x_ = box.centre_x() - side / 2;
    y_ = box.centre_y() - side / 2;
  }
  [[nodiscard]] Point at(float x, float y) const { return {x_ + x * unit_, y_ + y * unit_}; }
  [[nodiscard]] Rect rect(float x0, float y0, float x1, float y1) const {
    const Point a = at(x0, y0);
    const Point b = at(x1, y1);
    return {a.x, a.y, b.x, b.y};
  }
  [[nodiscard]] float size(float units) const { return units * unit_; }
  void line(float x0, float y0, float x1, float y1, Rgb colour, float width = 2.2F) {
    ui_.paint.line(at(x0, y0), at(x1, y1), colour, size(width));
  }
  void outline(float x0, float y0, float x1, float y1, Rgb colour, float corner = 0,
               float width = 2.2F) {
    ui_.paint.outline(rect(x0, y0, x1, y1), colour, size(corner), size(width));
  }
  void fill(float x0, float y0, float x1, float y1, Rgb colour, float corner = 0) {
    ui_.paint.fill(rect(x0, y0, x1, y1), colour, size(corner));
  }
  Painter& paint() { return ui_.paint; }
  [[nodiscard]] const Colours& colours() const { return ui_.colours(); }

 private:
  Ui& ui_;
  float x_ = 0, y_ = 0, unit_ = 1;
};

void draw_letters(Easel& easel, Point centre, std::string_view letters) {
  Painter& paint = easel.paint();
  const float x = centre.x - paint.text_width(TextRole::kSmallBold, letters) / 2;
  paint.text(TextRole::kSmallBold, easel.colours().focus, x,
             paint.baseline_at(TextRole::kSmallBold, centre.y), letters);
}

void draw_vessel(Easel& s) {
  const Rgb dark = s.colours().done;
  const Rgb focus = s.colours().focus;
  for (const float side : {0.0F, 1.0F}) {  // jacket
    const float outer = side == 0 ? 14.0F : 74.0F;
    const float inner = side == 0 ? 22.0F : 66.0F;
    s.line(inner, 30, outer, 30, kPale);
    s.line(outer, 29, outer, 79, kPale);
    s.line(outer, 78, inner, 78, kPale);
  }
  s.fill(23, 42, 65, 80, kLiquid);
  s.paint().filled_ellipse(s.at(44, 80), s.size(21), s.size(9), kLiquid);
  s.paint().filled_ellipse(s.at(44, 42), s.size(21), s.size(7), kLiquid);
  s.paint().ellipse(s.at(44, 19), s.size(22), s.size(7.5F), dark, s.size(2.2F));
  s.line(44, 4, 44, 37, dark, 2.6F);
  s.line(22, 19, 22, 80, dark);
  s.line(66, 19, 66, 80, dark);
  std::array<Point, 13> bottom{};
  for (std::size_t i = 0; i < bottom.size(); ++i) {
    const float t = static_cast<float>(i) / 12 * std::numbers::pi_v<float>;
    bottom[i] = s.at(44 - 22 * std::cos(t), 80 + 10 * std::sin(t));
  }
  s.paint().path(bottom, dark, s.size(2.2F));
  s.line(66, 50, 78, 50, focus, 2.6F);
  s.paint().disc(s.at(88, 50), s.size(11), s.colours().well);
  s.paint().ring(s.at(88, 50), s.size(11), focus, s.size(2));
  draw_letters(s, s.at(88, 50), "TI");
}

void draw_scale(Easel& s) {
  const Rgb dark = s.colours().done;
  s.fill(32, 26, 68, 58, kLiquid, 2);  // container on the pan
  s.outline(30, 16, 70, 59, dark, 3);
  s.line(26, 16, 74, 16, dark);
  s.line(14, 62, 86, 62, dark, 3);
  s.line(50, 62, 50, 70, dark, 4);
  s.outline(8, 70, 92, 92, dark, 4);
  s.fill(32, 75, 68, 87, s.colours().selected, 1.5F);
  s.outline(32, 75, 68, 87, s.colours().focus, 1.5F, 1.6F);
  draw_letters(s, s.at(50, 81), "0.0");
}

void draw_filter(Easel& s) {
  const Rgb dark = s.colours().done;
  s.line(2, 50, 26, 50, dark, 3);
  s.line(74, 50, 98, 50, dark, 3);
  s.fill(28, 28, 72, 72, kLiquid, 7);
  s.outline(26, 26, 74, 74, dark, 8);
  for (float x = 36; x <= 64; x += 7) s.line(x, 33, x, 67, kPale, 1.6F);
  s.line(50, 26, 50, 14, dark);
  s.outline(44, 6, 56, 14, dark, 2);
  const std::array arrow{s.at(38, 86), s.at(64, 86)};
  s.paint().path(arrow, s.colours().focus, s.size(2.4F));
  const std::array head{s.at(60, 80), s.at(70, 86), s.at(60, 92)};
  s.paint().polygon(head, s.colours().focus);
}

void draw_label(Easel& s) {
  const Rgb dark = s.colours().done;
  s.outline(8, 16, 92, 84, dark, 5);
  s.line(18, 30, 62, 30, dark, 3.4F);
  s.line(18, 42, 52, 42, kPale);
  s.line(18, 52, 56, 52, kPale);
  constexpr std::array kBars{1.6F, 3.0F, 1.2F, 2.2F, 3.4F, 1.2F, 2.6F, 1.4F, 3.0F, 1.6F};
  float x = 18;
  for (const float bar : kBars) {
    s.fill(x, 62, x + bar, 76, dark);
    x += bar + 2.2F;
  }
  s.outline(66, 48, 84, 66, s.colours().focus, 0, 2);
  for (int i = 0; i < 9; ++i) {
    if (i % 2 == 1) continue;
    const int column = i % 3, row = i / 3;
    const float cx = 69.5F + static_cast<float>(column) * 4.2F;
    const float cy = 51.5F + static_cast<float>(row) * 4.2F;
    s.fill(cx, cy, cx + 3.4F, cy + 3.4F, s.colours().focus);
  }
}

void draw_checklist(Easel& s) {
  const Rgb dark = s.colours().done;
  s.outline(18, 12, 82, 94, dark, 5);
  s.fill(36, 6, 64, 18, s.colours().well, 3);
  s.outline(36, 6, 64, 18, dark, 3);
  for (int row = 0; row < 3; ++row) {
    const float y = 34 + static_cast<float>(row) * 21;
    const bool is_next = row == 2;
    s.outline(27, y - 6, 39, y + 6, is_next ? s.colours().focus : dark, 1.5F, 2);
    s.line(46, y, 73, y, kPale, 3);
    if (is_next) continue;
    const std::array tick{s.at(29.5F, y), s.at(32.5F, y + 3), s.at(37, y - 3)};
    s.paint().path(tick, dark, s.size(2));
  }
}

using Draw = void (*)(Easel&);

Draw drawing_of(std::string_view name) {
  if (name == "vessel") return draw_vessel;
  if (name == "scale") return draw_scale;
  if (name == "filter") return draw_filter;
  if (name == "label") return draw_label;
  if (name == "checklist") return draw_checklist;
  return nullptr;
}

}  // namespace

bool has_step_picture(std::string_view name) {
  return drawing_of(name) != nullptr;
}

void draw_step_picture(Ui& ui, const Rect& box, std::string_view name) {
  const Draw draw = drawing_of(name);
  if (draw == nullptr || box.empty()) return;
  ui.paint.fill(box, ui.colours().well, ui.px(ui.sizes().corner_small));
  ui.paint.outline(box, ui.colours().divider, ui.px(ui.sizes().corner_small),
                   ui.px(ui.sizes().edge));
  Easel easel(ui, box);
  draw(easel);
}

}  // namespace batchwright::ui
