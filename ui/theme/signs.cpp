// Rasterising of signs: each pixel row is sampled on 8 lines, each line in steps of 1/8 pixel.
#include "ui/theme/signs.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace batchwright::ui {
namespace {

constexpr int kSamples = 8;  // per pixel and direction

int floor_div(int a, int b) {
  return a / b - ((a % b != 0 && (a < 0) != (b < 0)) ? 1 : 0);
}
int ceil_div(int a, int b) {
  return -floor_div(-a, b);
}

struct Span {
  double x0 = 0, x1 = -1;  // thousandths of an em; x1 < x0: nothing
};

// What a convex piece covers of the line at height y.
Span span_at(const SignPiece& piece, double y) {
  if (piece.corners.size() == 1) {
    const double dy = y - piece.corners[0].y;
    const double square = static_cast<double>(piece.radius) * piece.radius - dy * dy;
    if (square <= 0) return {};
    const double half = std::sqrt(square);
    return {piece.corners[0].x - half, piece.corners[0].x + half};
  }
  Span span{1e9, -1e9};
  for (std::size_t i = 0; i < piece.corners.size(); ++i) {
    const SignPoint a = piece.corners[i];
    const SignPoint b = piece.corners[(i + 1) % piece.corners.size()];
    if ((a.y <= y) == (b.y <= y)) continue;
    const double x = a.x + (y - a.y) * (b.x - a.x) / (b.y - a.y);
    span.x0 = std::min(span.x0, x);
    span.x1 = std::max(span.x1, x);
  }
  return span;
}

// The samples of one line, a byte of eight for each pixel.
class SampleLine {
 public:
  explicit SampleLine(int width_px) : bits_(static_cast<std::size_t>(width_px)) {}

  void clear() { std::ranges::fill(bits_, std::uint8_t{0}); }

  void set(int from, int to, bool on) {
    while (from < to) {
      const int first = from % kSamples;
      const int last = std::min(first + to - from, kSamples);
      const auto mask = static_cast<std::uint8_t>((0xff << first) & (0xff >> (kSamples - last)));
      std::uint8_t& bits = bits_[static_cast<std::size_t>(from / kSamples)];
      bits = static_cast<std::uint8_t>(on ? bits | mask : bits & ~mask);
      from += last - first;
    }
  }

  void add_to(std::vector<int>& sums) const {
    for (std::size_t i = 0; i < bits_.size(); ++i) sums[i] += std::popcount(bits_[i]);
  }

 private:
  std::vector<std::uint8_t> bits_;
};

}  // namespace

SignBitmap rasterise(const Sign& sign, int em_px) {
  SignBitmap bitmap;
  bitmap.left_px = floor_div(sign.x0 * em_px, 1000);
  bitmap.top_px = ceil_div(sign.y1 * em_px, 1000);
  bitmap.width_px = std::max(1, ceil_div(sign.x1 * em_px, 1000) - bitmap.left_px);
  bitmap.height_px = std::max(1, bitmap.top_px - floor_div(sign.y0 * em_px, 1000));
  bitmap.advance_px = (sign.advance * em_px + 500) / 1000;
  bitmap.coverage.reserve(static_cast<std::size_t>(bitmap.width_px) *
                          static_cast<std::size_t>(bitmap.height_px));

  const double per_sample = 1000.0 / (em_px * kSamples);
  const auto sample_at = [&](double x) {
    const double at = x / per_sample - bitmap.left_px * kSamples - 0.5;
    return std::clamp(static_cast<int>(std::ceil(at)), 0, bitmap.width_px * kSamples);
  };
  SampleLine line(bitmap.width_px);
  std::vector<int> sums(static_cast<std::size_t>(bitmap.width_px));
  for (int row = 0; row < bitmap.height_px; ++row) {
    std::ranges::fill(sums, 0);
    for (int sub = 0; sub < kSamples; ++sub) {
      const double y = (bitmap.top_px * kSamples - row * kSamples - sub - 0.5) * per_sample;
      line.clear();
      for (const SignPiece& piece : sign.pieces) {
        if (y < piece.y0 || y > piece.y1) continue;
        const Span span = span_at(piece, y);
        if (span.x1 > span.x0) line.set(sample_at(span.x0), sample_at(span.x1), !piece.erases);
      }
      line.add_to(sums);
    }
    for (const int sum : sums) {
      bitmap.coverage.push_back(static_cast<std::uint8_t>(sum * 255 / (kSamples * kSamples)));
    }
  }
  return bitmap;
}

}  // namespace batchwright::ui
