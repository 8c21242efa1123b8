#include "vision/engine/internal/search.h"

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>

#include "vision/engine/internal/decoders.h"

namespace batchwright::vision {

namespace {

constexpr int kSmallSide = 700;         // pixels; up to here a picture is treated whole
constexpr std::size_t kAreasMax = 8;    // treated in a larger one
constexpr int kRepeatsMax = 8;          // bars are read one symbol after the other
constexpr int kBarsChecksMax = 60;      // of one frame
constexpr int kBarsChecksOfOneMax = 8;  // of one number

enum For : std::uint8_t { kMatrix = 1, kBars = 2, kBoth = 3 };

struct Rung {
  Treatment treatment;
  For good_for;
  bool zbar = false;  // ask it, too
};

// Measured: what reads most pictures that the rungs before it did not read, for the least time.
constexpr std::array kRungs{
    Rung{Treatment::kEvenLight, kBoth},
    Rung{Treatment::kSharpen, kBoth},
    Rung{Treatment::kGlobalThreshold, kBoth},
    Rung{Treatment::kTwice, kBoth},
    Rung{Treatment::kNone, kBars, true},
    Rung{Treatment::kTwiceSharpen, kBoth, true},
    Rung{Treatment::kMargin, kBoth},
    Rung{Treatment::kMadeTall, kBars, true},
    Rung{Treatment::kSmallThreshold, kBoth},
    Rung{Treatment::kInverted, kMatrix},
    Rung{Treatment::kAlongBars, kBars, true},
    Rung{Treatment::kAlongBarsSharpen, kBars, true},
    Rung{Treatment::kSoften, kBoth},
    Rung{Treatment::kLargeThreshold, kBoth},
    Rung{Treatment::kOtsu, kBoth},
    Rung{Treatment::kFourTimes, kBoth},
    Rung{Treatment::kAlongBarsLarge, kBars},
    Rung{Treatment::kHalf, kBoth, true},
    Rung{Treatment::kOpen, kMatrix},
    Rung{Treatment::kClose, kMatrix},
    Rung{Treatment::kThird, kMatrix},
    Rung{Treatment::kTurnedLeft, kBoth, true},
    Rung{Treatment::kTurnedRight, kBoth, true},
    Rung{Treatment::kTurnedFarLeft, kBoth},
    Rung{Treatment::kTurnedFarRight, kBoth},
    Rung{Treatment::kTurnedHalf, kMatrix},
};

struct Area {
  Picture picture;
  For good_for = kBoth;
};

class Searcher {
 public:
  Searcher(const cv::Mat& grey, Symbologies wanted, const Deadline& deadline)
      : grey_(grey), wanted_(wanted), deadline_(deadline) {}

  SearchResult run() {
    first_round();
    if (!ballot_.any_confirmed()) second_round();
    if (complete_) ballot_.close();
    return {ballot_.confirmed(wanted_), complete_, ballot_.module_px()};
  }

 private:
  [[nodiscard]] bool spent() {
    if (deadline_.over()) complete_ = false;
    return !complete_ || texts_ + 2 * kSymbolsMax > kTextsMax;
  }

  void take(const Candidates& candidates, const Picture& picture, Treatment treatment) {
    for (auto candidate : candidates) {
      if (texts_ + 1 >= kTextsMax) return;
      candidate.corners = mapped(picture.to_frame, candidate.corners);
      auto& votes = ballot_.add(candidate, treatment);
      ++texts_;  // counts reads: at least as many as texts
      if (kRetailSymbologies.has(candidate.symbology)) check(votes, candidate);
    }
  }

  // Every read brings corners of its own, and one of them fits best.
  void check(Votes& votes, const Candidate& candidate) {
    if (ballot_.is_confirmed(votes) || bars_checks_ >= kBarsChecksMax) return;
    if (votes.bars_checks >= kBarsChecksOfOneMax) return;
    ++bars_checks_;
    ++votes.bars_checks;
    const auto bars = check_bars(grey_, candidate);
    if (!bars || (votes.bars && votes.bars->fit >= bars->fit && !bars->agrees)) return;
    votes.bars = bars;
    if (bars->agrees) votes.first.corners = bars->corners;
  }

  [[nodiscard]] Symbologies wanted_for(For good_for) const {
    Symbologies all;
    if ((good_for & kMatrix) != 0) all = kMatrixSymbologies;
    if ((good_for & kBars) != 0) all = all | kLinearSymbologies;
    return wanted_ & all;
  }

  std::size_t look(const Picture& picture, Treatment treatment, For good_for, bool zbar) {
    const auto wanted = wanted_for(good_for);
    if (picture.grey.empty() || wanted.empty()) return 0;
    ZxingOptions options;
    if (treatment == Treatment::kGlobalThreshold) options.binarizer = Binarizer::kGlobal;
    const auto found = read_with_zxing(picture.grey, wanted, options);
    take(found, picture, treatment);
    const auto retail = wanted & kRetailSymbologies;
    if (zbar && !retail.empty()) take(read_with_zbar(picture.grey, retail), picture, treatment);
    return found.size();
  }

  // zxing gives one symbol of bars at a time: paint over it and ask again.
  void look_for_more_bars() {
    cv::Mat rest;
    for (int i = 0; i < kRepeatsMax && !spent(); ++i) {
      const auto known = ballot_.confirmed(wanted_ & kLinearSymbologies);
      if (static_cast<int>(known.size()) <= i) return;
      rest = grey_.clone();
      for (const auto& symbol : known) {
        std::vector<cv::Point> outline;
        for (const auto& corner : symbol.corners) outline.emplace_back(corner.x, corner.y);
        cv::Rect box = cv::boundingRect(outline);
        // One scan line has no height: what is beside it belongs to it.
        const int reach = std::max(box.width, box.height) / 6 + 2;
        box += cv::Size(2 * reach, 2 * reach);
        box -= cv::Point(reach, reach);
        cv::rectangle(rest, box, cv::Scalar(255), cv::FILLED);
      }
      look({rest, {1, 0, 0, 0, 1, 0}}, Treatment::kNone, kBars, false);
    }
  }

  void first_round() {
    const Picture whole{grey_, {1, 0, 0, 0, 1, 0}};
    look(whole, Treatment::kNone, kBoth, false);
    spots_ = find_spots(grey_);
    for (const auto& spot : spots_) {
      if (spent()) return;
      look(spot.picture, Treatment::kNone, spot.bars ? kBars : kMatrix, false);
    }
    look_for_more_bars();
  }

  [[nodiscard]] std::vector<Area> areas() const {
    std::vector<Area> areas;
    const bool small = std::max(grey_.cols, grey_.rows) <= kSmallSide;
    if (small) areas.push_back({{grey_, {1, 0, 0, 0, 1, 0}}, kBoth});
    for (const auto& spot : spots_) {
      if (areas.size() == kAreasMax) break;
      if (small && !spot.bars) continue;  // it is in the whole
      areas.push_back({spot.picture, spot.bars ? kBars : kMatrix});
    }
    if (!small) areas.push_back({{grey_, {1, 0, 0, 0, 1, 0}}, kBoth});
    return areas;
  }

  void second_round() {
    const auto all = areas();
    for (const auto& rung : kRungs) {
      for (const auto& area : all) {
        if (spent()) return;
        const auto good_for = static_cast<For>(rung.good_for & area.good_for);
        if (wanted_for(good_for).empty()) continue;
        look(treat(area.picture, rung.treatment), rung.treatment, good_for, rung.zbar);
      }
      if (ballot_.any_confirmed()) return;
    }
    bends(all);
    if (!ballot_.any_confirmed()) others(all);
  }

  void bends(const std::vector<Area>& all) {
    for (int which = 0; which < kBends; ++which) {
      for (const auto& area : all) {
        if (spent() || ballot_.any_confirmed()) return;
        const auto good_for = static_cast<For>(kMatrix & area.good_for);
        if (wanted_for(good_for).empty() || area.picture.grey.total() > 1'500'000) continue;
        const auto bent = bend(area.picture, which);
        look(bent, Treatment::kBent, good_for, false);
        take_global(bent, good_for);
      }
    }
  }

  void take_global(const Picture& picture, For good_for) {
    take(read_with_zxing(picture.grey, wanted_for(good_for), {Binarizer::kGlobal}), picture,
         Treatment::kBent);
  }

  // The other decoders: WeChat's reads count for QR, libdmtx only shows zxing the place.
  void others(const std::vector<Area>& all) {
    for (const auto& area : all) {
      if ((area.good_for & kMatrix) == 0) continue;
      if (wanted_.has(Symbology::kQr) && !spent())
        take(read_with_wechat(area.picture.grey), area.picture, Treatment::kNone);
      if (wanted_.has(Symbology::kDataMatrix) && !spent()) look_where_dmtx_points(area.picture);
    }
  }

  void look_where_dmtx_points(const Picture& picture) {
    for (const auto& place : read_with_dmtx(picture.grey, std::min(200, deadline_.left_ms()))) {
      std::vector<cv::Point> outline;
      for (const auto& corner : place.corners) outline.emplace_back(corner.x, corner.y);
      cv::Rect box = cv::boundingRect(outline);
      box = (box + cv::Size(80, 80) - cv::Point(40, 40)) &
            cv::Rect(0, 0, picture.grey.cols, picture.grey.rows);
      if (box.empty()) continue;
      const cv::Matx23d shift{1, 0, static_cast<double>(box.x), 0, 1, static_cast<double>(box.y)};
      look({picture.grey(box), chain(picture.to_frame, shift)}, Treatment::kNone, kMatrix, false);
    }
  }

  const cv::Mat& grey_;
  const Symbologies wanted_;
  const Deadline& deadline_;
  Ballot ballot_;
  std::vector<Spot> spots_;
  std::size_t texts_ = 0;
  int bars_checks_ = 0;
  bool complete_ = true;
};

}  // namespace

SearchResult search(const cv::Mat& grey, Symbologies wanted, const Deadline& deadline) {
  return Searcher(grey, wanted, deadline).run();
}

}  // namespace batchwright::vision
