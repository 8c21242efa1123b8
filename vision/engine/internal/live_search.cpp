#include "vision/engine/internal/live_search.h"

#include <algorithm>
#include <array>

#include "vision/engine/internal/ballot.h"
#include "vision/engine/internal/bars_check.h"
#include "vision/engine/internal/decoders.h"
#include "vision/engine/internal/dense_spots.h"

namespace batchwright::vision {

namespace {

constexpr int kBarsChecksMax = 4;  // of one frame; each draws a number's bars many times
constexpr int kTreatedMax = 8;     // spots of bars, and as many of others

// What reads most of the frames inside the quality gate that the bare crop does not.
constexpr std::array kForMatrix{Treatment::kSharpen, Treatment::kTwice, Treatment::kGlobalThreshold,
                                Treatment::kTwiceSharpen, Treatment::kSmallThreshold};
constexpr std::array kForBars{Treatment::kAlongBars, Treatment::kTwice,
                              Treatment::kGlobalThreshold};

class LiveSearcher {
 public:
  LiveSearcher(const cv::Mat& grey, Symbologies wanted) : grey_(grey), wanted_(wanted) {}

  LiveResult run() {
    const auto spots = find_dense_spots(grey_);
    for (const auto& spot : spots) look(spot.picture, spot.bars, Treatment::kNone);
    if (!ballot_.any_confirmed()) look_harder(spots);
    return {ballot_.confirmed(wanted_), complete_, ballot_.module_px()};
  }

 private:
  void look_harder(const std::vector<Spot>& spots) {
    const Picture whole{grey_, {1, 0, 0, 0, 1, 0}};
    look(whole, false, Treatment::kNone);
    look(whole, true, Treatment::kNone);
    for (std::size_t rung = 0; rung < std::max(kForMatrix.size(), kForBars.size()); ++rung) {
      if (ballot_.any_confirmed()) return;
      treat_spots(spots, kForMatrix, rung, false);
      treat_spots(spots, kForBars, rung, true);
    }
  }

  template <typename Treatments>
  void treat_spots(const std::vector<Spot>& spots, const Treatments& treatments, std::size_t rung,
                   bool bars) {
    if (rung >= treatments.size()) return;
    int treated = 0;
    for (const auto& spot : spots)
      if (spot.bars == bars && ++treated <= kTreatedMax)
        look(treat(spot.picture, treatments[rung]), bars, treatments[rung]);
  }

  void look(const Picture& picture, bool bars, Treatment treatment) {
    const auto wanted = wanted_ & (bars ? kLinearSymbologies : kMatrixSymbologies);
    const auto pixels = static_cast<std::int64_t>(picture.grey.total());
    if (pixels == 0 || wanted.empty()) return;
    if (pixels > pixels_left_ || texts_ + kSymbolsMax > kTextsMax) {
      complete_ = false;
      return;
    }
    pixels_left_ -= pixels;
    ZxingOptions options;
    options.rotated = !bars;  // bars stand upright already
    if (treatment == Treatment::kGlobalThreshold) options.binarizer = Binarizer::kGlobal;
    for (auto candidate : read_with_zxing(picture.grey, wanted, options)) {
      candidate.corners = mapped(picture.to_frame, candidate.corners);
      auto& votes = ballot_.add(candidate, treatment);
      ++texts_;
      if (kRetailSymbologies.has(candidate.symbology)) check_retail(votes, candidate);
    }
  }

  void check_retail(Votes& votes, const Candidate& candidate) {
    if (ballot_.is_confirmed(votes) || bars_checks_ >= kBarsChecksMax) return;
    ++bars_checks_;
    const auto bars = check_bars(grey_, candidate);
    if (!bars || (votes.bars && votes.bars->fit >= bars->fit && !bars->agrees)) return;
    votes.bars = bars;
    if (bars->agrees) votes.first.corners = bars->corners;
  }

  const cv::Mat& grey_;
  const Symbologies wanted_;
  Ballot ballot_;
  std::int64_t pixels_left_ = kLivePixelsMax;
  std::size_t texts_ = 0;
  int bars_checks_ = 0;
  bool complete_ = true;
};

}  // namespace

LiveResult search_live(const cv::Mat& grey, Symbologies wanted) {
  return LiveSearcher(grey, wanted).run();
}

}  // namespace batchwright::vision
