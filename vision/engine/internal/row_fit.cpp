#include "vision/engine/internal/row_fit.h"

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>

namespace batchwright::vision {

namespace {

// Shift x and y, then shares: stretch x and y, turn, lean.
using Pose = std::array<double, 6>;

struct Scored {
  Pose pose{};
  double score = 0;
};

// How well characters stand out at a pose: for each place the character that parts light from dark
// best counts.
class Search {
 public:
  Search(const LightPicture& picture, const Typeface& face, const DigitRow& row, int places,
         bool light_on_dark)
      : picture_(picture),
        face_(face),
        row_(row),
        places_(places),
        sign_(light_on_dark ? 1 : -1),
        centre_(row.x + ((places - 1) * row.pitch + row.width) / 2, row.y + row.height / 2),
        levels_(face.elements.size()) {}

  [[nodiscard]] RowFit at(const Pose& pose) const {
    const cv::Matx22d turn(1 + pose[2], pose[5] - pose[4], pose[4], 1 + pose[3]);
    const cv::Vec2d centre(centre_.x, centre_.y);
    const cv::Vec2d shift = centre + cv::Vec2d(pose[0], pose[1]) - turn * centre;
    return {{turn(0, 0), turn(0, 1), shift[0], turn(1, 0), turn(1, 1), shift[1]}};
  }

  double score(const Pose& pose) {
    const auto fit = at(pose);
    double sum = 0;
    for (int i = 0; i < places_; ++i) sum += place(fit, {row_.x + i * row_.pitch, row_.y});
    return sum / places_;
  }

  Scored refine(Scored from, Pose step) {
    constexpr int kHalvings = 5, kSweeps = 3;
    for (int halving = 0; halving < kHalvings; ++halving) {
      for (int sweep = 0; sweep < kSweeps; ++sweep)
        if (!improve(from, step)) break;
      for (auto& one : step) one /= 2;
    }
    return from;
  }

 private:
  double mean(const RowFit& fit, cv::Point2d corner, const std::vector<cv::Point2d>& points) const {
    double sum = 0;
    for (const auto& point : points) sum += picture_.at(fit(corner + point));
    return sum / static_cast<double>(points.size());
  }

  double place(const RowFit& fit, cv::Point2d corner) {
    const double ground = mean(fit, corner, face_.background);
    double all = 0;
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      levels_[i] = sign_ * (mean(fit, corner, face_.elements[i]) - ground);
      all += levels_[i];
    }
    double best = 0;
    for (const auto& glyph : face_.glyphs) {
      double shown = 0;
      int count = 0;
      for (std::size_t i = 0; i < levels_.size(); ++i)
        if ((glyph.shown >> i & 1) != 0) {
          shown += levels_[i];
          ++count;
        }
      if (count == 0) continue;
      // The background counts as one more element that isn't shown.
      const auto hidden = static_cast<double>(levels_.size()) - count + 1;
      best = std::max(best, shown / count - (all - shown) / hidden);
    }
    return best;
  }

  bool improve(Scored& from, const Pose& step) {
    bool better = false;
    for (std::size_t i = 0; i < step.size(); ++i)
      for (const double sign : {1.0, -1.0}) {
        auto pose = from.pose;
        pose[i] = std::clamp(pose[i] + sign * step[i], -limit(i), limit(i));
        const double value = score(pose);
        if (value <= from.score + 1e-6) continue;
        from = {pose, value};
        better = true;
        break;
      }
    return better;
  }

  [[nodiscard]] double limit(std::size_t i) const {
    if (i < 2) return kRowReach * row_.height;
    return i < 4 ? 0.06 : 0.05;
  }

  const LightPicture& picture_;
  const Typeface& face_;
  const DigitRow& row_;
  int places_;
  double sign_;
  cv::Point2d centre_;
  std::vector<double> levels_;
};

constexpr std::size_t kStarts = 3;
constexpr int kCoarseSteps = 7;  // to each side at most

}  // namespace

double LightPicture::at(cv::Point2d plane) const {
  const double x = std::clamp(plane.x - origin.x, 0.0, light.cols - 1.001);
  const double y = std::clamp(plane.y - origin.y, 0.0, light.rows - 1.001);
  const int column = static_cast<int>(x), line = static_cast<int>(y);
  const double dx = x - column, dy = y - line;
  const float* above = light[line] + column;
  const float* below = light[line + 1] + column;
  return (1 - dy) * ((1 - dx) * above[0] + dx * above[1]) +
         dy * ((1 - dx) * below[0] + dx * below[1]);
}

LightPicture light_of(const cv::Mat& bgr, cv::Rect part, bool light_on_dark, double spot_px) {
  cv::Mat grey;
  const cv::Mat cut = bgr(part);
  if (light_on_dark) {
    std::array<cv::Mat, 3> channels;
    cv::split(cut, channels.data());
    grey = cv::max(channels[0], cv::max(channels[1], channels[2]));
  } else {
    cv::cvtColor(cut, grey, cv::COLOR_BGR2GRAY);
  }
  LightPicture picture;
  grey.convertTo(picture.light, CV_32F);
  const int side = std::max(1, static_cast<int>(spot_px));
  if (side > 1) cv::blur(picture.light, picture.light, {side, side});
  // An even side is averaged around a corner of pixels, not their middle.
  picture.origin = part.tl();
  return picture;
}

cv::Point2d RowFit::operator()(cv::Point2d taught) const {
  return {to_plane(0, 0) * taught.x + to_plane(0, 1) * taught.y + to_plane(0, 2),
          to_plane(1, 0) * taught.x + to_plane(1, 1) * taught.y + to_plane(1, 2)};
}

RowFit fit_row(const LightPicture& picture, const Typeface& face, const DigitRow& row, int places,
               bool light_on_dark) {
  Search search(picture, face, row, places, light_on_dark);
  const double reach = kRowReach * row.height;
  const double step_px = std::max(row.stroke * 0.6, reach / kCoarseSteps);
  const int steps = static_cast<int>(reach / step_px);
  std::vector<Scored> starts;
  for (int y = -steps; y <= steps; ++y)
    for (int x = -steps; x <= steps; ++x) {
      const Pose pose{x * step_px, y * step_px};
      starts.push_back({pose, search.score(pose)});
    }
  std::ranges::stable_sort(starts, std::greater{}, &Scored::score);
  if (starts.size() > kStarts) starts.resize(kStarts);
  // Steps that move the ends of the row by about half a stroke.
  const double length = std::max((places - 1) * row.pitch + row.width, row.height);
  const double along = row.stroke / length, across = row.stroke / row.height / 2;
  const Pose step{step_px / 2,           step_px / 2,
                  std::min(0.03, along), std::min(0.03, across),
                  std::min(0.02, along), std::min(0.03, across)};
  Scored best;
  for (const auto& start : starts)
    if (const auto refined = search.refine(start, step); refined.score > best.score) best = refined;
  return search.at(best.pose);
}

}  // namespace batchwright::vision
