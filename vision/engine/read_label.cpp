#include "vision/engine/read_label.h"

#include <algorithm>

#include "vision/engine/internal/live_search.h"
#include "vision/engine/internal/search.h"
#include "vision/engine/measure_quality.h"

namespace batchwright::vision {

namespace {

const char* words_of(Advice advice) {
  switch (advice) {
    case Advice::kHoldStill: return "The picture is blurred. Hold still and take it again.";
    case Advice::kCloser: return "The symbol is too small in the picture. Go closer.";
    case Advice::kLessGlare: return "A reflection hides part of it. Tilt the label.";
    case Advice::kMoreLight: return "The picture is nearly black. More light is needed.";
    case Advice::kLessLight: return "The picture is nearly white. Less light is needed.";
    case Advice::kShowLabel: return "There is nothing to read in the picture. Show the label.";
    case Advice::kNone: break;
  }
  return "";
}

void conclude(LabelReading& reading) {
  if (!reading.symbols.empty()) {
    reading.verdict = LabelVerdict::kRead;
  } else if (!reading.quality.good) {
    reading.verdict = LabelVerdict::kBadImage;
    reading.reason = words_of(reading.quality.advice);
  } else {
    reading.verdict = LabelVerdict::kNone;
  }
}

}  // namespace

LabelReading read_label(const Frame& frame, const LabelRequest& request, const Clock& clock) {
  LabelReading reading;
  if (const auto checked = check_frame(frame); !checked) {
    reading.reason = checked.error().message;
    return reading;
  }
  const auto began_ms = clock.monotonic_ms();
  const Deadline deadline(clock, std::clamp(request.budget_ms, 1, kBudgetMsMax));
  reading.quality = measure_quality(frame);
  try {
    auto found = search(grey_of(frame), request.symbologies, deadline);
    reading.symbols = std::move(found.symbols);
    reading.complete = found.complete;
    reading.quality.module_px = found.module_px;
  } catch (const cv::Exception&) {
    reading.reason = "The picture could not be worked on.";
    return reading;
  }
  reading.took_ms = clock.monotonic_ms() - began_ms;
  conclude(reading);
  return reading;
}

LabelReading read_label_live(const Frame& frame, Symbologies symbologies) {
  LabelReading reading;
  if (const auto checked = check_frame(frame); !checked) {
    reading.reason = checked.error().message;
    return reading;
  }
  try {
    reading.quality = measure_quality(frame);
    auto found = search_live(grey_of(frame), symbologies);
    reading.symbols = std::move(found.symbols);
    reading.complete = found.complete;
    reading.quality.module_px = found.module_px;
  } catch (const cv::Exception&) {
    reading.reason = "The picture could not be worked on.";
    return reading;
  }
  conclude(reading);
  return reading;
}

}  // namespace batchwright::vision
