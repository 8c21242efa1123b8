#include "vision/engine/internal/dense_spots.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "vision/engine/internal/crop.h"

namespace batchwright::vision {

namespace {

constexpr int kWorkingSide = 960;  // pixels of the longer side that changes are counted in
constexpr int kCell = 4;           // working pixels
constexpr int kAround = 5;         // cells
constexpr int kContrastMin = 24;   // grey levels within a neighbourhood; less is noise
constexpr double kLined = 0.7;     // from here on changes have one direction: bars
constexpr std::size_t kOutlinesMax = 16;
// Changes per working pixel, in parts of the neighbourhood's contrast. A straight edge through the
// neighbourhood gives 0.05, a thin line 0.1; modules of 3 to 6 pixels of the frame 0.2 to 0.7.
constexpr std::array kDensities{0.14, 0.24};
constexpr std::array kBarDensities{0.09, 0.14, 0.24};  // wide bars stand far apart

// One number for each cell.
struct Cells {
  cv::Mat change;         // mean of |dx| + |dy|
  cv::Mat low, high;      // grey levels
  cv::Mat along, across;  // the changes' direction as a vector of twice its angle
  cv::Mat strength;       // of that vector, were all changes alike
};

void add_row(const std::uint8_t* row, const std::uint8_t* next, int cells, Cells& out, int at) {
  auto* change = out.change.ptr<float>(at);
  auto* along = out.along.ptr<float>(at);
  auto* across = out.across.ptr<float>(at);
  auto* strength = out.strength.ptr<float>(at);
  auto* low = out.low.ptr<std::uint8_t>(at);
  auto* high = out.high.ptr<std::uint8_t>(at);
  for (int cell = 0; cell < cells; ++cell) {
    int sum = 0, xx = 0, yy = 0, xy = 0;
    for (int x = cell * kCell; x < (cell + 1) * kCell; ++x) {
      const int dx = row[x + 1] - row[x], dy = next[x] - row[x];
      sum += std::abs(dx) + std::abs(dy);
      // A direction needs both parts at one place: the middle of four pixels.
      const int lower_dx = next[x + 1] - next[x], right_dy = next[x + 1] - row[x + 1];
      const int gx = dx + lower_dx, gy = dy + right_dy;
      xx += gx * gx;
      yy += gy * gy;
      xy += gx * gy;
      low[cell] = std::min(low[cell], row[x]);
      high[cell] = std::max(high[cell], row[x]);
    }
    change[cell] += static_cast<float>(sum);
    along[cell] += static_cast<float>(xx - yy);
    across[cell] += static_cast<float>(2 * xy);
    strength[cell] += static_cast<float>(xx + yy);
  }
}

Cells cells_of(const cv::Mat& small) {
  const cv::Size size((small.cols - 1) / kCell, (small.rows - 1) / kCell);
  Cells cells;
  for (auto* part : {&cells.change, &cells.along, &cells.across, &cells.strength})
    *part = cv::Mat::zeros(size, CV_32F);
  cells.low = cv::Mat(size, CV_8U, cv::Scalar(255));
  cells.high = cv::Mat(size, CV_8U, cv::Scalar(0));
  for (int y = 0; y < size.height * kCell; ++y)
    add_row(small.ptr<std::uint8_t>(y), small.ptr<std::uint8_t>(y + 1), size.width, cells,
            y / kCell);
  cells.change /= kCell * kCell;
  return cells;
}

// What noise alone changes: the quiet tenth of the frame has nothing else.
float noise_of(const cv::Mat& change) {
  std::vector<float> values(change.begin<float>(), change.end<float>());
  const auto tenth = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 10);
  std::ranges::nth_element(values, tenth);
  return *tenth;
}

struct Density {
  cv::Mat density, lined;
};

Density density_of(Cells& cells) {
  const cv::Size around(kAround, kAround);
  const auto box = cv::getStructuringElement(cv::MORPH_RECT, around);
  cells.change = cv::max(cells.change - noise_of(cells.change), 0);
  for (auto* part : {&cells.change, &cells.along, &cells.across, &cells.strength})
    cv::blur(*part, *part, around);
  cv::erode(cells.low, cells.low, box);
  cv::dilate(cells.high, cells.high, box);
  cv::Mat contrast, alike;
  cv::subtract(cells.high, cells.low, contrast, cv::noArray(), CV_32F);
  Density out;
  out.density = cells.change / cv::max(contrast, 1);
  out.density.setTo(0, contrast < kContrastMin);
  cv::magnitude(cells.along, cells.across, alike);
  out.lined = alike > kLined * cells.strength;
  return out;
}

struct Found {
  cv::Rect box;
  Spot spot;
};

bool already_there(const std::vector<Found>& found, const cv::Rect& box, bool bars) {
  return std::ranges::any_of(found, [&](const Found& other) {
    const double both = (other.box & box).area(), either = (other.box | box).area();
    return other.spot.bars == bars && both > 0.8 * either;
  });
}

class Finder {
 public:
  Finder(const cv::Mat& grey, double scale, const Cells& cells)
      : grey_(grey), cell_px_(kCell / scale), cells_(cells) {}

  void add(const cv::Mat& mask, const cv::Mat& density, bool bars) {
    std::vector<std::vector<cv::Point>> outlines;
    cv::findContours(mask, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
    std::ranges::stable_sort(outlines, std::greater{},
                             [](const auto& outline) { return cv::boundingRect(outline).area(); });
    if (outlines.size() > kOutlinesMax) outlines.resize(kOutlinesMax);
    for (const auto& outline : outlines) add_one(outline, density, bars);
  }

  std::vector<Spot> spots() {
    std::ranges::stable_sort(found_, std::greater{},
                             [](const Found& one) { return one.spot.weight; });
    std::vector<Spot> spots;
    for (auto& one : found_)
      if (spots.size() < kDenseSpotsMax) spots.push_back(std::move(one.spot));
    return spots;
  }

 private:
  void add_one(const std::vector<cv::Point>& outline, const cv::Mat& density, bool bars) {
    const cv::Rect cells = cv::boundingRect(outline);
    if (std::max(cells.width, cells.height) < 4 || cells.area() < 12) return;
    const cv::Rect box(static_cast<int>(cells.x * cell_px_) - kMarginPx,
                       static_cast<int>(cells.y * cell_px_) - kMarginPx,
                       static_cast<int>(cells.width * cell_px_) + 2 * kMarginPx,
                       static_cast<int>(cells.height * cell_px_) + 2 * kMarginPx);
    if (already_there(found_, box, bars)) return;
    cv::Mat inside = cv::Mat::zeros(cells.size(), CV_8U);
    cv::drawContours(inside, std::vector<std::vector<cv::Point>>{outline}, 0, cv::Scalar(255),
                     cv::FILLED, cv::LINE_8, cv::noArray(), 0, -cells.tl());
    const double filled = cv::countNonZero(inside) / static_cast<double>(cells.area());
    const double area = std::min(cv::countNonZero(inside), 400);
    Found one{box, {{}, bars, cv::mean(density(cells), inside)[0] * std::sqrt(area)}};
    if (bars) {
      const double direction = std::atan2(cv::mean(cells_.across(cells), inside)[0],
                                          cv::mean(cells_.along(cells), inside)[0]) /
                               2;
      one.spot.picture = turned_crop(grey_, turned_box(outline), direction);
    } else {
      one.spot.weight *= filled;
      one.spot.picture = crop(grey_, box);
    }
    found_.push_back(std::move(one));
  }

  [[nodiscard]] cv::RotatedRect turned_box(const std::vector<cv::Point>& outline) const {
    auto box = cv::minAreaRect(outline);
    const auto scale = static_cast<float>(cell_px_);
    // Outlines run through the cells' middles.
    box.center = (box.center + cv::Point2f(0.5F, 0.5F)) * scale;
    box.size.width = (box.size.width + 1) * scale;
    box.size.height = (box.size.height + 1) * scale;
    return box;
  }

  const cv::Mat& grey_;
  const double cell_px_;  // of the frame
  const Cells& cells_;
  std::vector<Found> found_;
};

}  // namespace

std::vector<Spot> find_dense_spots(const cv::Mat& grey) {
  const int side = std::max(grey.cols, grey.rows);
  if (side < 160 || std::min(grey.cols, grey.rows) < 40) return {};
  const double scale = std::min(1.0, static_cast<double>(kWorkingSide) / side);
  cv::Mat small = grey;
  if (scale < 1) cv::resize(grey, small, {}, scale, scale, cv::INTER_AREA);
  auto cells = cells_of(small);
  const auto [density, lined] = density_of(cells);
  Finder finder(grey, scale, cells);
  for (const double least : kBarDensities) finder.add((density > least) & lined, density, true);
  for (const double least : kDensities) {
    const cv::Mat dense = density > least;
    finder.add(dense & ~lined, density, false);
    finder.add(dense, density, false);
  }
  return finder.spots();
}

}  // namespace batchwright::vision
