#include "ui/widgets/number_buffer.h"

#include <algorithm>

namespace batchwright::ui {

PadAnswer NumberBuffer::press(PadKey key, int places) {
  const std::size_t point = digits_.find('.');
  switch (key) {
    case PadKey::kClear: {
      const bool nothing = digits_.empty() && !negative_;
      clear();
      return nothing ? PadAnswer::kNothingThere : PadAnswer::kDone;
    }
    case PadKey::kBackspace:
      if (digits_.empty()) {
        if (!negative_) return PadAnswer::kNothingThere;
        negative_ = false;
      } else {
        digits_.pop_back();
      }
      return PadAnswer::kDone;
    case PadKey::kSign: negative_ = !negative_; return PadAnswer::kDone;
    case PadKey::kPoint:
      if (places == 0 || point != std::string::npos) return PadAnswer::kNoMorePlaces;
      digits_ += digits_.empty() ? "0." : ".";
      return PadAnswer::kDone;
    default: break;
  }
  if (point != std::string::npos && digits_.size() - point > static_cast<std::size_t>(places)) {
    return PadAnswer::kNoMorePlaces;
  }
  if (std::ranges::count_if(digits_, [](char c) { return c != '.'; }) >= kDigitsMax) {
    return PadAnswer::kTooLong;
  }
  if (digits_ == "0") digits_.clear();  // 07 is typed by a glove, never meant
  digits_ += static_cast<char>('0' + static_cast<int>(key));
  return PadAnswer::kDone;
}

std::string NumberBuffer::text() const {
  return (negative_ ? "-" : "") + digits_;
}

std::string NumberBuffer::raw() const {
  std::string raw = digits_.empty() ? std::string() : text();
  if (raw.ends_with('.')) raw.pop_back();
  return raw;
}

}  // namespace batchwright::ui
