#include "client/camera/vote.h"

namespace batchwright::client {

namespace {

using vision::Verdict;

// Two pictures agree when they say the same of the same places, and read the same. Scores may
// differ: no two pictures are alike.
std::string said(const vision::CheckResult& result) {
  std::string text = to_string(result.verdict);
  for (const auto& [name, value] : result.readings) text += "\n" + name + "=" + value;
  if (result.verdict != Verdict::kFail) return text;
  for (const auto& region : result.regions)
    if (region.verdict == Verdict::kFail) text += "\n" + region.region + ":" + region.code;
  return text;
}

}  // namespace

bool Vote::add(const vision::CheckResult& result) {
  ++pictures_;
  // A picture that says nothing is no vote; with others it may still come to a verdict.
  bool counts = result.verdict != Verdict::kUndecided;
  failed_ = failed_ || result.verdict == Verdict::kFail;
  // What one good picture showed to be wrong, others don't make right.
  if (result.verdict == Verdict::kPass && failed_) counts = false;
  // Once a picture was judged, it isn't true that nobody looked.
  if (result.verdict == Verdict::kNotPerformed && judged_) counts = false;
  judged_ = judged_ || result.verdict != Verdict::kNotPerformed;
  if (counts && ++votes_[said(result)] >= kAgreeing) {
    verdict_ = result.verdict;
    return true;
  }
  return pictures_ >= kPicturesMax;
}

}  // namespace batchwright::client
