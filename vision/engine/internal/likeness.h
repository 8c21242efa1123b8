// How alike two small pictures are, whatever the light: zero-mean normalised cross-correlation over
// all pixels and the three colours with one common mean, so that colours count and a change of
// brightness or contrast doesn't.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace batchwright::vision {

// A picture made small, with mean 0 and length 1. Empty when it is all of one colour.
class Look32 {
 public:
  // `bgr` of 8 bits; its longer side becomes at most 32 pixels, each the mean of what it covers.
  [[nodiscard]] static Look32 of(const cv::Mat& bgr);

  [[nodiscard]] bool empty() const { return values_.empty(); }
  // -1..1; 0 when one is empty or they are of different sizes.
  [[nodiscard]] double likeness(const Look32& other) const;

  // Where this lies between two others: -1 at `from`, 0 in the middle, 1 at `to`; noise that is in
  // neither of them moves it towards 0. 0 when any of them is empty or the two are the same.
  [[nodiscard]] double between(const Look32& from, const Look32& to) const;

 private:
  std::vector<float> values_;
};

}  // namespace batchwright::vision
