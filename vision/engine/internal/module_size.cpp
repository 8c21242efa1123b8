#include "vision/engine/internal/module_size.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace batchwright::vision {

namespace {

constexpr double kAlikeMin = 0.75;    // correlation of grey levels with the pattern
constexpr double kModulePxMin = 1.2;  // below it the pattern can't be told from the pixels' own

double grey_at(const cv::Mat& grey, cv::Point2d at) {
  const double x = std::clamp(at.x, 0.0, grey.cols - 1.001);
  const double y = std::clamp(at.y, 0.0, grey.rows - 1.001);
  const int left = static_cast<int>(x), top = static_cast<int>(y);
  const int right = std::min(left + 1, grey.cols - 1), bottom = std::min(top + 1, grey.rows - 1);
  const double u = x - left, v = y - top;
  const auto level = [&](int row, int column) {
    return static_cast<double>(grey.at<std::uint8_t>(row, column));
  };
  return (1 - v) * ((1 - u) * level(top, left) + u * level(top, right)) +
         v * ((1 - u) * level(bottom, left) + u * level(bottom, right));
}

// Pearson's r of the grey levels with the pattern (true = dark), sign included.
double alike(const std::vector<double>& levels, const std::vector<bool>& dark) {
  const auto n = static_cast<double>(levels.size());
  double mean = 0, mean_dark = 0;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    mean += levels[i] / n;
    mean_dark += (dark[i] ? 1 : 0) / n;
  }
  double both = 0, one = 0, other = 0;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const double a = mean - levels[i], b = (dark[i] ? 1 : 0) - mean_dark;
    both += a * b;
    one += a * a;
    other += b * b;
  }
  return one * other > 0 ? both / std::sqrt(one * other) : 0;
}

// The symbol as a unit square.
class Square {
 public:
  Square(const cv::Mat& grey, const Corners& corners) : grey_(grey) {
    const std::array<cv::Point2f, 4> unit{cv::Point2f(0, 0), {1, 0}, {1, 1}, {0, 1}};
    std::array<cv::Point2f, 4> to;
    for (std::size_t i = 0; i < to.size(); ++i)
      to[i] = {static_cast<float>(corners[i].x), static_cast<float>(corners[i].y)};
    map_ = cv::getPerspectiveTransform(unit.data(), to.data());
  }

  [[nodiscard]] double level(double u, double v) const {
    const cv::Vec3d at = map_ * cv::Vec3d(u, v, 1);
    const double w = std::abs(at[2]) < 1e-9 ? 1e-9 : at[2];
    return grey_at(grey_, {std::clamp(at[0] / w, -1e5, 1e5), std::clamp(at[1] / w, -1e5, 1e5)});
  }

  // `count` modules beside each other, `across` from the top; of the columns when `turned`.
  [[nodiscard]] std::vector<double> line(int count, double across, bool turned) const {
    std::vector<double> levels;
    for (int i = 0; i < count; ++i) {
      const double along = (i + 0.5) / count;
      levels.push_back(turned ? level(across, along) : level(along, across));
    }
    return levels;
  }

 private:
  const cv::Mat& grey_;
  cv::Matx33d map_;
};

double side_px(const Corners& corners, std::size_t from) {
  const auto& a = corners[from];
  const auto& b = corners[(from + 1) % 4];
  return std::hypot(a.x - b.x, a.y - b.y);
}

double shorter_side_px(const Corners& corners) {
  double least = side_px(corners, 0);
  for (std::size_t i = 1; i < 4; ++i) least = std::min(least, side_px(corners, i));
  return least;
}

struct Best {
  double alike = kAlikeMin;
  int modules = 0;
  void offer(double how_alike, int count) {
    if (how_alike > alike) *this = {how_alike, count};
  }
};

std::optional<double> of_qr(const Square& square, const Corners& corners) {
  Best best;
  for (int count = 21; count <= 177; count += 4) {
    std::vector<bool> dark;
    for (int i = 0; i < count; ++i) {
      const int from_end = std::min(i, count - 1 - i);
      dark.push_back(from_end < 7 || (from_end > 7 && i % 2 == 0));
    }
    for (const bool turned : {false, true})
      best.offer(alike(square.line(count, 6.5 / count, turned), dark), count);
  }
  if (best.modules == 0) return std::nullopt;
  return shorter_side_px(corners) / best.modules;
}

Best alternating_side(const Square& square, const Corners& corners, std::size_t side) {
  Best best;
  for (int count = 8; count <= 144 && count * kModulePxMin < side_px(corners, side); count += 2) {
    std::vector<bool> dark;
    for (int i = 0; i < count; ++i) dark.push_back(i % 2 == 0);
    const double inside = 0.5 / count;
    const double across = side == 0 || side == 3 ? inside : 1 - inside;
    best.offer(std::abs(alike(square.line(count, across, side % 2 == 1), dark)), count);
  }
  return best;
}

// Two sides alternate, the other two are solid; the clearer one of each pair of opposite sides is
// the one that alternates. Rectangles have other numbers on each.
std::optional<double> of_data_matrix(const Square& square, const Corners& corners) {
  std::optional<double> least;
  for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
    const auto one = alternating_side(square, corners, side);
    const auto other = alternating_side(square, corners, side + 2);
    const auto& best = one.alike >= other.alike ? one : other;
    if (best.modules == 0) continue;
    const double module_px = side_px(corners, &best == &one ? side : side + 2) / best.modules;
    if (!least || module_px < *least) least = module_px;
  }
  return least;
}

// Widths of light and dark from the first bar to the last, along the middle.
std::vector<double> runs_px(const cv::Mat& grey, const Corners& corners) {
  const cv::Point2d from((corners[0].x + corners[3].x) / 2.0, (corners[0].y + corners[3].y) / 2.0);
  const cv::Point2d to((corners[1].x + corners[2].x) / 2.0, (corners[1].y + corners[2].y) / 2.0);
  const double length = cv::norm(to - from);
  constexpr int kPerPixel = 4;
  const int count = static_cast<int>(std::min(length, 20'000.0) * kPerPixel);
  std::vector<double> levels;
  for (int i = 0; i < count; ++i)
    levels.push_back(grey_at(grey, from + (to - from) * (static_cast<double>(i) / count)));
  if (levels.empty()) return {};
  const auto [low, high] = std::ranges::minmax(levels);
  std::vector<double> runs{0};
  for (int i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const bool changed =
        i > 0 && (levels[at] < (low + high) / 2) != (levels[at - 1] < (low + high) / 2);
    if (changed) runs.push_back(0);
    runs.back() += 1.0 / kPerPixel;
  }
  return runs;
}

// From each edge to the next one of its kind: ink that spreads moves both alike. The ends are left
// out, since a corner beside the first or the last bar adds a run that is none.
std::vector<double> pairs_px(const std::vector<double>& runs) {
  std::vector<double> pairs;
  for (std::size_t i = 2; i + 3 < runs.size(); ++i) pairs.push_back(runs[i] + runs[i + 1]);
  return pairs;
}

// A number of characters under which the widths are whole numbers of modules.
std::optional<double> of_code128(const cv::Mat& grey, const Symbol& symbol) {
  const auto runs = runs_px(grey, symbol.corners);
  const auto pairs = pairs_px(runs);
  if (pairs.size() < 8) return std::nullopt;
  double total = 0, least = 0.2;
  for (const double run : runs) total += run;
  const double widest = std::ranges::max(pairs);
  std::optional<double> best;
  const int text = static_cast<int>(symbol.text.size());
  for (int characters = text / 2 + 2; characters <= 2 * text + 4; ++characters) {
    const double module_px = total / (11 * characters + 13);
    // A bar and a gap have 2 to 7 modules together.
    if (widest > 7.6 * module_px || module_px < kModulePxMin) break;
    double off = 0;
    for (const double pair : pairs)
      off += std::abs(pair / module_px - std::round(pair / module_px)) /
             static_cast<double>(pairs.size());
    if (off < least) {
      least = off;
      best = module_px;
    }
  }
  return best;
}

}  // namespace

std::optional<double> module_px_of(const cv::Mat& grey, const Symbol& symbol) {
  if (grey.empty() || symbol.text.size() > kSymbolTextBytesMax) return std::nullopt;
  if (symbol.symbology == Symbology::kCode128) return of_code128(grey, symbol);
  if (shorter_side_px(symbol.corners) < 4) return std::nullopt;
  const Square square(grey, symbol.corners);
  if (symbol.symbology == Symbology::kQr) return of_qr(square, symbol.corners);
  if (symbol.symbology == Symbology::kDataMatrix) return of_data_matrix(square, symbol.corners);
  return std::nullopt;
}

std::optional<double> smallest_module_px(const cv::Mat& grey, const std::vector<Symbol>& symbols,
                                         std::optional<double> known) {
  for (const auto& symbol : symbols) {
    const auto one = module_px_of(grey, symbol);
    if (one && (!known || *one < *known)) known = one;
  }
  return known;
}

}  // namespace batchwright::vision
