// When enough pictures were looked at: two that agree decide, five are enough. One picture alone
// decides nothing, neither for the object nor against it; but after one that fails there is no pass
// in this attempt (row E3).
#pragma once

#include <map>
#include <string>

#include "vision/check_result.h"

namespace batchwright::client {

class Vote {
 public:
  static constexpr int kPicturesMax = 5;
  static constexpr int kAgreeing = 2;

  // True when no further picture is needed.
  bool add(const vision::CheckResult& result);
  // Undecided until two agreed; of the pictures so far.
  [[nodiscard]] vision::Verdict verdict() const { return verdict_; }
  [[nodiscard]] int pictures() const { return pictures_; }

 private:
  std::map<std::string, int> votes_;
  vision::Verdict verdict_ = vision::Verdict::kUndecided;
  int pictures_ = 0;
  bool failed_ = false;  // one of them
  bool judged_ = false;  // one of them, well or poor
};

}  // namespace batchwright::client
