#include "ui/widgets/chart.h"

#include <algorithm>
#include <optional>

#include "ui/widgets/button.h"
#include "ui/widgets/pages.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

constexpr double kBoxHeightMm = 16;
constexpr double kBoxWidthMm = 50;
constexpr double kStemMinMm = 5;
constexpr double kStemMaxMm = 12;
constexpr double kBarMm = 1.8;  // between the two lines of a double bar
constexpr double kLineMm = 0.7;

// Where a row is entered from above and left below.
struct Ends {
  float in_x = 0, out_x = 0, bottom = 0;
};

class Chart {
 public:
  Chart(Ui& ui, const Rect& area, float stem) : ui_(ui), area_(area), stem_(stem) {}

  void draw(const std::vector<MapRowView>& rows) {
    float y = area_.y0;
    std::optional<Ends> above;
    for (const MapRowView& row : rows) {
      const bool is_sequence = row.branches.size() == 1;
      const float top = above ? y + stem_ : y;
      const Ends ends =
          is_sequence ? draw_sequence(row.branches.front(), top) : draw_branches(row, top);
      // A bar takes a stem anywhere, a box only in its middle.
      if (above) {
        const bool from_bar = above->in_x < 0;
        const float out_x = from_bar ? (is_sequence ? ends.in_x : area_.centre_x()) : above->out_x;
        connect({out_x, y}, {is_sequence ? ends.in_x : out_x, top});
      }
      above = ends;
      y = ends.bottom;
    }
  }

  [[nodiscard]] const std::string& tapped() const { return tapped_; }

 private:
  void line(Point from, Point to) { ui_.paint.line(from, to, ui_.colours().done, ui_.px(kLineMm)); }

  void connect(Point from, Point to) {
    const float middle = std::round((from.y + to.y) / 2);
    if (from.x == to.x) return line(from, to);
    line(from, {from.x, middle});
    line({from.x, middle}, {to.x, middle});
    line({to.x, middle}, to);
  }

  Ends draw_sequence(const std::vector<MapNodeView>& nodes, float y) {
    const float width = ui_.px(kBoxWidthMm);
    const float height = ui_.px(kBoxHeightMm);
    const auto count = static_cast<float>(nodes.size());
    const float spare = count > 1 ? (area_.width() - count * width) / (count - 1) : 0;
    const float gap = std::floor(std::min(ui_.px(16), spare));
    float x = std::round(area_.centre_x() - (count * width + (count - 1) * gap) / 2);
    const float first = x + std::round(width / 2);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (i > 0) line({x - gap, y + height / 2}, {x, y + height / 2});
      draw_box(nodes[i], {x, y, x + width, y + height});
      x += width + gap;
    }
    return {first, x - gap - std::round(width / 2), y + height};
  }

  Ends draw_branches(const MapRowView& row, float y) {
    const float bar = ui_.px(kBarMm);
    const float end = y + height_of(ui_, row, stem_);
    draw_bar(y, row.parallel);
    draw_bar(end - bar, row.parallel);
    const float column = area_.width() / static_cast<float>(row.branches.size());
    const float width = std::floor(std::min(ui_.px(kBoxWidthMm + 4), column - ui_.px(3)));
    for (std::size_t i = 0; i < row.branches.size(); ++i) {
      const float x = std::round(area_.x0 + (static_cast<float>(i) + 0.5F) * column);
      draw_branch(row.branches[i], x, y + bar, end - bar, width);
    }
    return {-1, -1, end};
  }

  void draw_branch(const std::vector<MapNodeView>& branch, float x, float top, float bottom,
                   float width) {
    const float left = std::round(x - width / 2);
    float y = top;
    for (const MapNodeView& node : branch) {
      line({x, y}, {x, y + stem_});
      y += stem_;
      const Rect box{left, y, left + width, y + ui_.px(kBoxHeightMm)};
      draw_box(node, box);
      y = box.y1;
    }
    line({x, y}, {x, bottom});
  }

  void draw_bar(float y, bool parallel) {
    const float side = area_.width() * 0.04F;
    const float bar = ui_.px(kBarMm);
    if (parallel) line({area_.x0 + side, y}, {area_.x1 - side, y});
    line({area_.x0 + side, y + bar}, {area_.x1 - side, y + bar});
  }

  void draw_box(const MapNodeView& node, const Rect& rect) {
    const Colours& c = ui_.colours();
    Touched touched;
    if (!node.path.empty()) {
      const Target target{
          .id = "node:" + node.path, .label = node.title, .kind = WidgetKind::kRow, .group = "map"};
      touched = touch_target(ui_, rect, target);
    }
    if (touched.tapped) tapped_ = node.path;
    const bool done = node.progress == Progress::kDone;
    const bool exception = node.progress == Progress::kException;
    const bool current = node.progress == Progress::kCurrent;
    const float corner = ui_.px(ui_.sizes().corner_small);
    const Rgb fill = touched.pressed ? c.pressed : done ? c.done : exception ? c.warning : c.well;
    const Rgb words = touched.pressed ? c.on_pressed
                      : done          ? c.on_done
                      : exception     ? c.on_warning
                                      : c.ink;
    ui_.paint.fill(rect, fill, corner);
    ui_.paint.outline(rect, current ? c.focus : c.done, corner, ui_.px(current ? 0.9 : 0.4));
    const std::string sign = done ? "✓\u00a0" : exception ? "!\u00a0" : current ? "●\u00a0" : "";
    Rect inner = inset(rect, ui_.px(1.5), ui_.px(1));
    if (!node.who.empty())
      put_text(ui_, cut_bottom(inner, ui_.px(6.5)), TextRole::kSmall,
               done || exception ? words : c.muted, node.who, Align::kCentre);
    put_text(ui_, inner, TextRole::kSmallBold, words, sign + node.title, Align::kCentre);
  }

 public:
  static float height_of(const Ui& ui, const MapRowView& row, float stem) {
    const float box = ui.px(kBoxHeightMm);
    if (row.branches.size() < 2) return box;
    std::size_t longest = 1;
    for (const auto& branch : row.branches) longest = std::max(longest, branch.size());
    return static_cast<float>(longest) * (box + stem) + stem + 2 * ui.px(kBarMm);
  }

 private:
  Ui& ui_;
  Rect area_;
  float stem_;
  std::string tapped_;
};

// A sequence longer than the chart is wide goes on in the next row.
std::vector<MapRowView> folded(const Ui& ui, const std::vector<MapRowView>& rows, float width) {
  const float box = ui.px(kBoxWidthMm);
  const auto fit = static_cast<std::size_t>(std::max(1.0F, (width + ui.px(5)) / (box + ui.px(5))));
  std::vector<MapRowView> result;
  for (const MapRowView& row : rows) {
    if (row.branches.size() != 1) {
      if (!row.branches.empty()) result.push_back(row);
      continue;
    }
    const std::vector<MapNodeView>& nodes = row.branches.front();
    for (std::size_t i = 0; i < nodes.size(); i += fit) {
      const auto first = nodes.begin() + static_cast<std::ptrdiff_t>(i);
      const auto last =
          nodes.begin() + static_cast<std::ptrdiff_t>(std::min(i + fit, nodes.size()));
      result.push_back({{std::vector<MapNodeView>(first, last)}, row.parallel});
    }
  }
  return result;
}

float total_height(const Ui& ui, const std::vector<MapRowView>& rows, float stem) {
  float height = rows.empty() ? 0 : -stem;
  for (const MapRowView& row : rows) height += Chart::height_of(ui, row, stem) + stem;
  return height;
}

// Rows from `first` on that fit with the shortest stems; at least one.
std::vector<MapRowView> that_fit(const Ui& ui, const std::vector<MapRowView>& rows,
                                 std::size_t first, float height) {
  std::vector<MapRowView> shown;
  for (std::size_t i = first; i < rows.size(); ++i) {
    shown.push_back(rows[i]);
    if (shown.size() > 1 && total_height(ui, shown, ui.px(kStemMinMm)) > height) {
      shown.pop_back();
      break;
    }
  }
  return shown;
}

}  // namespace

std::string draw_chart(Ui& ui, const std::vector<MapRowView>& rows, const Rect& area) {
  Rect chart = area;
  std::vector<MapRowView> all = folded(ui, rows, chart.width());
  std::vector<MapRowView> shown = that_fit(ui, all, 0, chart.height());
  if (shown.size() < all.size()) {
    const Rect column = cut_right(chart, page_column_width(ui));
    skip_right(chart, ui.px(ui.sizes().gap_groups));
    all = folded(ui, rows, chart.width());
    std::vector<std::size_t> starts{0};
    while (true) {
      const std::size_t next =
          starts.back() + that_fit(ui, all, starts.back(), chart.height()).size();
      if (next >= all.size()) break;
      starts.push_back(next);
    }
    const Page page = current_page(ui, "map", static_cast<int>(starts.size()), 1);
    draw_page_buttons(ui, "map", page, column);
    shown = that_fit(ui, all, starts[static_cast<std::size_t>(page.number)], chart.height());
  }
  float stem = ui.px(kStemMinMm);
  while (stem < ui.px(kStemMaxMm) && total_height(ui, shown, stem + 1) <= chart.height()) ++stem;
  const float spare = chart.height() - total_height(ui, shown, stem);
  chart.y0 += std::round(spare / 2);
  Chart drawing(ui, chart, stem);
  drawing.draw(shown);
  return drawing.tapped();
}

}  // namespace batchwright::ui
