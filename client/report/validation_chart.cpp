#include <fmt/format.h>

#include <algorithm>

#include "client/report/validation_report.h"

namespace batchwright::client::report {

namespace {

constexpr paper::TextStyle kSmall{.size_pt = 6.5};
constexpr paper::TextStyle kSmallRight{.size_pt = 6.5, .align = paper::Align::kRight};
constexpr paper::TextStyle kSmallCentre{.size_pt = 6.5, .align = paper::Align::kCentre};
constexpr paper::Colour kGood{0.1, 0.3, 0.6}, kWrong{0.75, 0.2, 0.1};

// Where shares and bins lie on the page.
struct Plot {
  double left = 0, top = 0, width = 0, height = 0;
  std::size_t bins = 1;
  [[nodiscard]] double y_of(double share) const { return top + height * (1 - share); }
  [[nodiscard]] double x_of(std::size_t bin) const {
    return left + width * (static_cast<double>(bin) + 0.5) / static_cast<double>(bins);
  }
};

void draw_axes(paper::Document& document, const Plot& plot) {
  for (const double share : {0.0, 0.5, 1.0}) {
    document.line({plot.left, plot.y_of(share)}, {plot.left + plot.width, plot.y_of(share)}, 0.1,
                  paper::kGrey);
    document.text({plot.left - 11, plot.y_of(share) - 1.5}, 10,
                  fmt::format("{:.0f} %", 100 * share), kSmallRight);
  }
}

void draw_whisker(paper::Document& document, const Plot& plot, double x, const ShareBounds& bounds,
                  const paper::Colour& colour) {
  document.line({x, plot.y_of(bounds.lower)}, {x, plot.y_of(bounds.upper)}, 0.25, colour);
  for (const double end : {bounds.lower, bounds.upper})
    document.line({x - 0.8, plot.y_of(end)}, {x + 0.8, plot.y_of(end)}, 0.25, colour);
}

void draw_bin(paper::Document& document, const Plot& plot, std::size_t index,
              const vision::CurveBin& bin) {
  const double x = plot.x_of(index);
  if (const auto& missed = bin.not_passed; missed.trials > 0) {
    const ShareBounds passed{1 - missed.two_sided.upper, 1 - missed.two_sided.lower};
    const auto share =
        static_cast<double>(missed.trials - missed.errors) / static_cast<double>(missed.trials);
    draw_whisker(document, plot, x - 1.2, passed, kGood);
    document.disc({x - 1.2, plot.y_of(share)}, 0.8, kGood);
  }
  if (const auto& accepted = bin.accepted; accepted.trials > 0) {
    const auto share = static_cast<double>(accepted.errors) / static_cast<double>(accepted.trials);
    draw_whisker(document, plot, x + 1.2, accepted.two_sided, kWrong);
    document.box({x + 0.5, plot.y_of(share) - 0.7}, 1.4, 1.4, kWrong);
  }
  const double room = plot.width / static_cast<double>(plot.bins);
  const auto range = bin.low == bin.high ? fmt::format("{:.3g}", bin.low)
                                         : fmt::format("{:.3g}\n–{:.3g}", bin.low, bin.high);
  document.text({x - room / 2, plot.top + plot.height + 1}, room, range, kSmallCentre);
}

}  // namespace

void draw_curve(paper::Document& document, paper::Spot at, double width_mm, double height_mm,
                const vision::Curve& curve) {
  document.text({at.x_mm, at.y_mm}, width_mm, curve.parameter, {.size_pt = 8.5, .bold = true});
  const Plot plot{at.x_mm + 12, at.y_mm + 6, width_mm - 15, height_mm - 15,
                  std::max<std::size_t>(curve.bins.size(), 1)};
  draw_axes(document, plot);
  for (std::size_t i = 0; i < curve.bins.size(); ++i) draw_bin(document, plot, i, curve.bins[i]);
}

}  // namespace batchwright::client::report
