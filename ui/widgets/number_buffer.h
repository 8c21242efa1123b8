// What has been typed on the numeric pad. Pure; knows nothing of limits: there is no verdict before
// OK.
#pragma once

#include <string>

namespace batchwright::ui {

enum class PadKey { k0, k1, k2, k3, k4, k5, k6, k7, k8, k9, kPoint, kSign, kBackspace, kClear };

// Why a key changed nothing; kDone when it did.
enum class PadAnswer { kDone, kNoMorePlaces, kTooLong, kNothingThere };

class NumberBuffer {
 public:
  static constexpr int kDigitsMax =
      12;  // what fits the echo at a size that is read at arm's length

  // `places` = decimals the entry allows; 0 refuses the point.
  PadAnswer press(PadKey key, int places);

  void clear() { *this = NumberBuffer(); }
  [[nodiscard]] bool empty() const { return digits_.empty(); }

  // As typed, with '.', e.g. "-25.3"; ".5" becomes "0.5" at once. A trailing point is shown in
  // text(), left out in raw().
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string raw() const;

 private:
  std::string digits_;  // digits and at most one '.'
  bool negative_ = false;
};

}  // namespace batchwright::ui
