#include "vision/engine/internal/find_tags.h"

#include <algorithm>
#include <cmath>
#include <opencv2/aruco.hpp>
#include <opencv2/imgproc.hpp>

namespace batchwright::vision {

namespace {

using Quad = std::vector<cv::Point2f>;

constexpr int kReducedSide_px = 960;  // of the longer side
constexpr double kSmallSide_px = 60;  // squares up to this are worth enlarging
constexpr std::size_t kSquaresEnlargedMax = 24;
constexpr double kErrorsForgiven = 0.25;  // of what the dictionary could correct

cv::Ptr<cv::aruco::Dictionary> dictionary_of(std::string_view name) {
  if (name == "apriltag_36h11")
    return cv::aruco::getPredefinedDictionary(cv::aruco::DICT_APRILTAG_36h11);
  if (name == "aruco_4x4_50") return cv::aruco::getPredefinedDictionary(cv::aruco::DICT_4X4_50);
  return {};
}

cv::Ptr<cv::aruco::DetectorParameters> parameters_for(cv::Size size, double side_min_px) {
  auto parameters = cv::aruco::DetectorParameters::create();
  parameters->adaptiveThreshWinSizeMin = 7;
  parameters->adaptiveThreshWinSizeMax = 23;
  parameters->adaptiveThreshWinSizeStep = 16;
  parameters->minMarkerPerimeterRate = 4 * side_min_px / std::max(size.width, size.height);
  parameters->polygonalApproxAccuracyRate = 0.05;
  parameters->errorCorrectionRate = kErrorsForgiven;
  parameters->cornerRefinementMethod = cv::aruco::CORNER_REFINE_NONE;
  parameters->minDistanceToBorder = 1;
  return parameters;
}

double side_of(const Quad& quad) {
  double sum = 0;
  for (std::size_t i = 0; i < 4; ++i) sum += cv::norm(quad[(i + 1) % 4] - quad[i]);
  return sum / 4;
}

cv::Point2f centre_of(const Quad& quad) {
  return (quad[0] + quad[1] + quad[2] + quad[3]) / 4;
}

// One search for tags in a whole frame; its parts add to what was found.
class Search {
 public:
  Search(const cv::Mat& grey, std::string_view dictionary, std::span<const int> wanted)
      : grey_(grey), dictionary_(dictionary_of(dictionary)), wanted_(wanted) {}

  std::vector<Tag> run() {
    if (dictionary_.empty() || std::min(grey_.cols, grey_.rows) < 16) return {};
    const double scale = static_cast<double>(kReducedSide_px) / std::max(grey_.cols, grey_.rows);
    if (scale < 0.8) look(scale, {0, 0, grey_.cols, grey_.rows}, true);
    if (!complete()) look(1, {0, 0, grey_.cols, grey_.rows}, true);
    for (const double enlarged : {2.0, 3.0})
      if (!complete()) look_at_squares(enlarged);
    std::ranges::sort(found_, {}, [](const Tag& tag) {
      return std::tuple(tag.id, tag.corners[0].y, tag.corners[0].x);
    });
    return std::move(found_);
  }

 private:
  bool complete() const {
    if (wanted_.empty()) return false;
    return std::ranges::all_of(wanted_, [this](int id) {
      return std::ranges::any_of(found_, [id](const Tag& tag) { return tag.id == id; });
    });
  }

  // Looks at `part` of the frame, resized. Squares without a known content are kept.
  void look(double scale, const cv::Rect& part, bool keep_squares) {
    cv::Mat resized = grey_(part);
    if (scale != 1)
      cv::resize(grey_(part), resized, {}, scale, scale,
                 scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
    std::vector<Quad> quads, unknown;
    std::vector<int> ids;
    cv::aruco::detectMarkers(resized, dictionary_, quads, ids,
                             parameters_for(resized.size(), kTagSideMin_px * std::max(1.0, scale)),
                             unknown);
    const auto to_frame = [&](Quad quad) {
      for (auto& corner : quad) {
        corner.x = static_cast<float>((corner.x + 0.5) / scale - 0.5 + part.x);
        corner.y = static_cast<float>((corner.y + 0.5) / scale - 0.5 + part.y);
      }
      return quad;
    };
    for (std::size_t i = 0; i < quads.size(); ++i) add(ids[i], to_frame(quads[i]));
    if (!keep_squares) return;
    for (const auto& quad : unknown)
      if (squares_.size() < kSquaresEnlargedMax) keep(to_frame(quad));
  }

  void keep(Quad quad) {
    const double side = side_of(quad);
    if (side > kSmallSide_px) return;
    for (const auto& other : squares_)
      if (cv::norm(centre_of(other) - centre_of(quad)) < side / 2) return;
    squares_.push_back(std::move(quad));
  }

  void look_at_squares(double scale) {
    const auto squares = squares_;
    for (const auto& quad : squares) {
      if (complete()) return;
      const int half = static_cast<int>(side_of(quad) * 1.2) + 8;
      const auto centre = centre_of(quad);
      const cv::Rect around(static_cast<int>(centre.x) - half, static_cast<int>(centre.y) - half,
                            2 * half, 2 * half);
      const cv::Rect part = around & cv::Rect(0, 0, grey_.cols, grey_.rows);
      if (std::min(part.width, part.height) >= 16) look(scale, part, false);
    }
  }

  void add(int id, Quad quad) {
    if (found_.size() >= kTagsSeenMax) return;
    if (!wanted_.empty() && std::ranges::find(wanted_, id) == wanted_.end()) return;
    refine(quad);
    const auto centre = centre_of(quad);
    for (const auto& other : found_) {
      const double dx = other.corners[0].x + other.corners[2].x - 2.0 * centre.x;
      const double dy = other.corners[0].y + other.corners[2].y - 2.0 * centre.y;
      if (other.id == id && std::hypot(dx, dy) < side_of(quad)) return;  // seen before
    }
    Tag tag{id, {}};
    for (std::size_t i = 0; i < 4; ++i) tag.corners[i] = {quad[i].x, quad[i].y};
    found_.push_back(tag);
  }

  // Corners to parts of a pixel. The window stays within the black border's one cell, or the cells
  // inside would pull.
  void refine(Quad& quad) const {
    const int cells = dictionary_->markerSize + 2;
    const int half = std::clamp(static_cast<int>(side_of(quad) / cells * 0.8), 2, 8);
    auto refined = quad;
    cv::cornerSubPix(grey_, refined, {half, half}, {-1, -1},
                     {cv::TermCriteria::COUNT + cv::TermCriteria::EPS, 30, 0.01});
    for (std::size_t i = 0; i < 4; ++i)
      if (cv::norm(refined[i] - quad[i]) <= half + 1) quad[i] = refined[i];
  }

  const cv::Mat& grey_;
  cv::Ptr<cv::aruco::Dictionary> dictionary_;
  std::span<const int> wanted_;
  std::vector<Tag> found_;
  std::vector<Quad> squares_;
};

}  // namespace

std::vector<Tag> find_tags(const cv::Mat& grey, std::string_view dictionary,
                           std::span<const int> wanted) {
  return Search(grey, dictionary, wanted).run();
}

}  // namespace batchwright::vision
