#include "ui/widgets/marks.h"

#include <array>
#include <string>

#include "ui/widgets/rect_cut.h"

namespace batchwright::ui {
namespace {

void draw_tick(Ui& ui, Point centre, float size, Rgb colour) {
  const std::array points{Point{centre.x - size * 0.50F, centre.y + size * 0.02F},
                          Point{centre.x - size * 0.13F, centre.y + size * 0.38F},
                          Point{centre.x + size * 0.52F, centre.y - size * 0.36F}};
  ui.paint.path(points, colour, size * 0.24F);
}

void draw_exclamation(Ui& ui, Point centre, float height, Rgb colour) {
  const float half = height / 2;
  const float bar = height * 0.17F;
  const std::array shape{Point{centre.x - bar * 0.62F, centre.y - half},
                         Point{centre.x + bar * 0.62F, centre.y - half},
                         Point{centre.x + bar * 0.40F, centre.y + half * 0.34F},
                         Point{centre.x - bar * 0.40F, centre.y + half * 0.34F}};
  ui.paint.polygon(shape, colour);
  ui.paint.disc({centre.x, centre.y + half * 0.80F}, bar * 0.62F, colour);
}

void draw_centred(Ui& ui, Point centre, TextRole role, Rgb colour, std::string_view text) {
  const float x = centre.x - ui.paint.text_width(role, text) / 2;
  ui.paint.text(role, colour, x, ui.paint.baseline_at(role, centre.y), text);
}

}  // namespace

void draw_progress_mark(Ui& ui, Point centre, Progress progress, int number) {
  const Colours& c = ui.colours();
  const float radius = ui.px(4);
  switch (progress) {
    case Progress::kDone:
      ui.paint.disc(centre, radius, c.done);
      draw_tick(ui, centre, radius, c.on_done);
      return;
    case Progress::kException: {
      const float half = std::round(radius * 0.9F);  // a square of a disc's weight
      draw_alert_mark(ui, {centre.x - half, centre.y - half, centre.x + half, centre.y + half},
                      c.warning);
      return;
    }
    case Progress::kCurrent:
    case Progress::kTodo: {
      const bool is_current = progress == Progress::kCurrent;
      const Rgb colour = is_current ? c.focus : c.done;
      ui.paint.disc(centre, radius, c.well);
      ui.paint.ring(centre, radius, colour, ui.px(is_current ? 0.6 : 0.4));
      draw_centred(ui, centre, TextRole::kSmallBold, colour, std::to_string(number));
      return;
    }
  }
}

void draw_alert_mark(Ui& ui, const Rect& square, Rgb colour) {
  ui.paint.fill(square, colour, square.width() * 0.16F);
  draw_exclamation(ui, {square.centre_x(), square.centre_y()}, square.height() * 0.54F,
                   ui.colours().on_alarm);
}

void draw_initials(Ui& ui, Point centre, float radius, std::string_view initials) {
  ui.frame.fonts.want(initials);
  ui.paint.disc(centre, radius, ui.colours().divider);
  const bool roomy = radius >= ui.px(7);
  draw_centred(ui, centre, roomy ? TextRole::kAction : TextRole::kSmallBold, ui.colours().ink,
               initials);
}

void draw_badge_picture(Ui& ui, const Rect& box) {
  const Rgb colour = ui.colours().action;
  const float stroke = ui.px(0.9);
  const Rect card = box;
  ui.paint.outline(card, colour, ui.px(1.6), stroke);
  const Point head{card.x0 + card.width() * 0.34F, card.y0 + card.height() * 0.40F};
  ui.paint.ring(head, card.height() * 0.16F, colour, stroke);
  const std::array shoulders{
      Point{head.x - card.height() * 0.26F, card.y1 - card.height() * 0.18F},
      Point{head.x - card.height() * 0.16F, card.y1 - card.height() * 0.30F},
      Point{head.x + card.height() * 0.16F, card.y1 - card.height() * 0.30F},
      Point{head.x + card.height() * 0.26F, card.y1 - card.height() * 0.18F}};
  ui.paint.path(shoulders, colour, stroke);
  for (const float part : {0.36F, 0.60F}) {
    const float y = std::round(card.y0 + card.height() * part);
    ui.paint.line({card.x0 + card.width() * 0.66F, y}, {card.x1 - card.width() * 0.13F, y}, colour,
                  stroke);
  }
}

}  // namespace batchwright::ui
