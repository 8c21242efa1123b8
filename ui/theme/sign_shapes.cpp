// How the signs look.
#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "ui/theme/signs.h"

namespace batchwright::ui {
namespace {

constexpr int kStroke = 84;  // about the stem of Noto Sans Bold at these sizes

class Drawing {
 public:
  Drawing(char32_t character, int advance) {
    sign_.character = character;
    sign_.advance = advance;
  }

  Drawing& polygon(std::vector<SignPoint> corners, bool erases = false) {
    sign_.pieces.push_back({std::move(corners), 0, erases, 0, 0});
    return *this;
  }
  Drawing& disc(SignPoint centre, int radius, bool erases = false) {
    sign_.pieces.push_back({{centre}, radius, erases, 0, 0});
    return *this;
  }
  // A line with round ends and joints.
  Drawing& line(std::initializer_list<SignPoint> points, int width = kStroke, bool erases = false) {
    const SignPoint* from = nullptr;
    for (const SignPoint& to : points) {
      disc(to, width / 2, erases);
      if (from != nullptr) segment(*from, to, width, erases);
      from = &to;
    }
    return *this;
  }

  Sign done() {
    sign_.x0 = sign_.y0 = 1000;
    sign_.x1 = sign_.y1 = 0;
    for (SignPiece& piece : sign_.pieces) {
      const auto [low, high] = std::ranges::minmax(piece.corners, {}, &SignPoint::y);
      const auto [left, right] = std::ranges::minmax(piece.corners, {}, &SignPoint::x);
      piece.y0 = low.y - piece.radius;
      piece.y1 = high.y + piece.radius;
      sign_.x0 = std::min(sign_.x0, left.x - piece.radius);
      sign_.x1 = std::max(sign_.x1, right.x + piece.radius);
      sign_.y0 = std::min(sign_.y0, piece.y0);
      sign_.y1 = std::max(sign_.y1, piece.y1);
    }
    return sign_;
  }

 private:
  void segment(SignPoint a, SignPoint b, int width, bool erases) {
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double scale = width / 2.0 / std::sqrt(dx * dx + dy * dy);
    const int ox = static_cast<int>(std::lround(-dy * scale));
    const int oy = static_cast<int>(std::lround(dx * scale));
    polygon(
        {{a.x + ox, a.y + oy}, {b.x + ox, b.y + oy}, {b.x - ox, b.y - oy}, {a.x - ox, a.y - oy}},
        erases);
  }

  Sign sign_;
};

std::vector<Sign> make_signs() {
  std::vector<Sign> all;
  all.push_back(Drawing(U'✓', 760).line({{90, 340}, {290, 110}, {670, 620}}, 104).done());
  all.push_back(Drawing(U'✗', 720)
                    .line({{120, 110}, {600, 600}}, 104)
                    .line({{120, 600}, {600, 110}}, 104)
                    .done());
  all.push_back(Drawing(U'▲', 800).polygon({{40, 10}, {760, 10}, {400, 690}}).done());
  all.push_back(Drawing(U'▼', 800).polygon({{40, 690}, {760, 690}, {400, 10}}).done());
  all.push_back(Drawing(U'●', 700).disc({350, 357}, 300).done());
  all.push_back(Drawing(U'○', 700).disc({350, 357}, 300).disc({350, 357}, 214, true).done());
  all.push_back(Drawing(U'⌫', 1080)
                    .line({{70, 357}, {330, 640}, {980, 640}, {980, 74}, {330, 74}, {70, 357}}, 76)
                    .line({{500, 480}, {750, 234}}, 76)
                    .line({{500, 234}, {750, 480}}, 76)
                    .done());
  all.push_back(Drawing(U'⇧', 840)
                    .line({{420, 700},
                           {80, 370},
                           {250, 370},
                           {250, 50},
                           {590, 50},
                           {590, 370},
                           {760, 370},
                           {420, 700}},
                          76)
                    .done());
  all.push_back(Drawing(U'←', 900)
                    .line({{90, 357}, {810, 357}})
                    .line({{350, 600}, {90, 357}, {350, 114}})
                    .done());
  all.push_back(Drawing(U'→', 900)
                    .line({{90, 357}, {810, 357}})
                    .line({{550, 600}, {810, 357}, {550, 114}})
                    .done());
  all.push_back(Drawing(U'↑', 700)
                    .line({{350, 30}, {350, 690}})
                    .line({{110, 450}, {350, 690}, {590, 450}})
                    .done());
  all.push_back(Drawing(U'↓', 700)
                    .line({{350, 690}, {350, 30}})
                    .line({{110, 270}, {350, 30}, {590, 270}})
                    .done());
  all.push_back(Drawing(U'−', 572).polygon({{50, 320}, {522, 320}, {522, 394}, {50, 394}}).done());
  all.push_back(Drawing(U'≤', 572)
                    .line({{490, 620}, {90, 420}, {490, 220}}, 74)
                    .line({{90, 60}, {490, 60}}, 74)
                    .done());
  all.push_back(Drawing(U'≥', 572)
                    .line({{90, 620}, {490, 420}, {90, 220}}, 74)
                    .line({{90, 60}, {490, 60}}, 74)
                    .done());
  all.push_back(Drawing(U'⚠', 940)
                    .polygon({{30, 0}, {910, 0}, {470, 760}})
                    .line({{470, 500}, {470, 290}}, 92, true)
                    .disc({470, 130}, 56, true)
                    .done());
  std::ranges::sort(all, {}, &Sign::character);
  return all;
}

}  // namespace

const std::vector<Sign>& signs() {
  static const std::vector<Sign> all = make_signs();
  return all;
}

const Sign* find_sign(char32_t character) {
  const auto at = std::ranges::lower_bound(signs(), character, {}, &Sign::character);
  return at != signs().end() && at->character == character ? &*at : nullptr;
}

}  // namespace batchwright::ui
