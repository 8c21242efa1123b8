#include "client/camera/attempt.h"

#include <utility>

#include "client/camera/picture.h"
#include "client/camera/vote.h"

namespace batchwright::client {

namespace {

using vision::Verdict;
using Quality = ui::LookView::Quality;

Quality quality_of(const vision::Look& look) {
  if (!look.seen) return Quality::kGone;
  switch (look.quality.advice) {
    case vision::Advice::kNone: return look.quality.good ? Quality::kSharp : Quality::kNone;
    case vision::Advice::kHoldStill: return Quality::kHoldStill;
    case vision::Advice::kCloser: return Quality::kCloser;
    case vision::Advice::kLessGlare: return Quality::kLessGlare;
    case vision::Advice::kMoreLight: return Quality::kMoreLight;
    case vision::Advice::kLessLight: return Quality::kLessLight;
    case vision::Advice::kShowLabel: return Quality::kShowLabel;
    default: return Quality::kNone;  // advice that this screen has no words for yet
  }
}

ui::PictureRef shown(Preview& preview, const std::string& camera, const vision::Look& look) {
  const auto [width, height] = preview.wanted_px();
  ui::LookView view{camera, quality_of(look), picture_of(look.preview, width, height)};
  auto picture = view.picture;
  preview.give(std::move(view));
  return picture;
}

// Pictures of one attempt, and when they are enough.
class Attempt {
 public:
  Attempt(Lookout& lookout, Preview& preview, const CheckJob& job)
      : lookout_(lookout), preview_(preview), job_(job) {}

  // True when it came to its end.
  bool look_once(int& due_ms) {
    vision::LookRequest request;
    request.camera = job_.camera;
    request.preview_width = std::min(preview_.wanted_px().first, vision::kPreviewWidthMax);
    // A sequence is watched from its beginning, picture by picture; else the newest one counts.
    if (job_.is_sequence) request.turn = looks_ == 0 ? vision::Turn::kFirst : vision::Turn::kNext;
    request.check = *job_.check;
    request.expected = job_.expected;
    request.restart = looks_ == 0;
    request.keep = true;
    ++looks_;
    const vision::Look look = lookout_.look(request);
    due_ms = look.due_ms;
    auto picture = shown(preview_, job_.camera, look);
    auto result = look.result ? *look.result : nobody_looked(look.reason);
    if (result.verdict != Verdict::kNotPerformed) {
      if (auto kept = keep_frame(look); !kept) {
        // What it looked at and the advice still say what would help.
        result.verdict = Verdict::kNotPerformed;
        result.reason = kept.error().message;
        result.readings.clear();
      }
    }
    if (result.verdict == Verdict::kNotPerformed) {
      outcome_.trouble = result.reason;
    } else {
      outcome_.still = std::move(picture);
      outcome_.width = look.width;
      outcome_.height = look.height;
    }
    return job_.is_sequence ? sequence_ended(std::move(result), look) : voted(std::move(result));
  }

  CheckOutcome finish(bool stopped) {
    outcome_.stopped = stopped;
    if (stopped && outcome_.result.verdict == Verdict::kPass)
      outcome_.result.verdict = Verdict::kUndecided;
    return std::move(outcome_);
  }

 private:
  // A verdict whose picture is lost can't be proved: nobody looked. A device that stands still
  // doesn't see what is in front of it now; its noise alone makes two pictures differ.
  Result<void> keep_frame(const vision::Look& look) {
    if (!look.kept) return fail(ErrorCode::kRefused, "The picture was not kept.");
    const auto png = lookout_.frame(job_.camera, look.number);
    if (!png) return std::unexpected(png.error());
    std::string frame(png->begin(), png->end());
    if (job_.source == vision::CameraKind::kV4l2 && !outcome_.frames.empty() &&
        frame == outcome_.frames.back())
      return fail(ErrorCode::kRefused, "The camera shows the same picture again.");
    bytes_ += frame.size();
    outcome_.frames.push_back(std::move(frame));
    return {};
  }

  bool voted(vision::CheckResult result) {
    const bool ended = vote_.add(result);
    // What the record says must come out again of the frames that are kept: a picture that nobody
    // looked at is not among them.
    const bool nobody = result.verdict == Verdict::kNotPerformed;
    if (!nobody || outcome_.frames.empty() || vote_.verdict() == Verdict::kNotPerformed)
      outcome_.result = std::move(result);
    outcome_.result.verdict = vote_.verdict();
    return ended;
  }

  // The rule itself remembers what came before; its word is final when it is pass or fail. A
  // picture that nobody looked at breaks the chain.
  bool sequence_ended(vision::CheckResult result, const vision::Look& look) {
    const bool decided = result.verdict != Verdict::kUndecided;
    const bool full =
        outcome_.frames.size() >= kSequenceFramesMax || bytes_ >= kSequenceBytesMax || look.ended;
    outcome_.result = std::move(result);
    return decided || full;
  }

  Lookout& lookout_;
  Preview& preview_;
  const CheckJob& job_;
  Vote vote_;
  CheckOutcome outcome_;
  std::size_t bytes_ = 0;
  int looks_ = 0;
};

}  // namespace

vision::CheckResult nobody_looked(std::string reason) {
  vision::CheckResult result;
  result.verdict = Verdict::kNotPerformed;
  result.reason = std::move(reason);
  return result;
}

int show_look(Lookout& lookout, Preview& preview, const std::string& camera) {
  vision::LookRequest request;
  request.camera = camera;
  request.preview_width = std::min(preview.wanted_px().first, vision::kPreviewWidthMax);
  const auto look = lookout.look(request);
  shown(preview, camera, look);
  return look.seen ? kLookEveryMs : kLookAgainMs;
}

CheckOutcome run_attempt(Lookout& lookout, Preview& preview, const CheckJob& job,
                         const Watching& watching) {
  Attempt attempt(lookout, preview, job);
  for (int looks = 1; !watching.stopped(); ++looks) {
    int due_ms = 0;
    const bool ended = attempt.look_once(due_ms);
    watching.looked(looks);
    if (ended) return attempt.finish(false);
    if (job.is_sequence) watching.wait(due_ms > 0 ? due_ms : kSequenceEveryMs);
  }
  return attempt.finish(true);
}

}  // namespace batchwright::client
