// Reads the symbols on a label. Runs in the worker process only: a decoder's assertion ends the
// process that calls it.
#pragma once

#include "base/time.h"
#include "vision/frame.h"
#include "vision/label.h"

namespace batchwright::vision {

// kRead with every symbol that was confirmed, else kBadImage when the picture is too poor, else
// kNone. A poor picture that was read is kRead: what is confirmed is confirmed. A frame that breaks
// check_frame is kNotPerformed. The same frame and request give the same symbols, but for what time
// cuts off: then `complete` is false. `clock` is asked for the budget alone.
[[nodiscard]] LabelReading read_label(const Frame& frame, const LabelRequest& request,
                                      const Clock& clock);

// The same for a camera's live frames: bounded by work instead of time, so that the same frame
// gives the same reading on every machine. Reads less of poor pictures. `took_ms` is left 0.
[[nodiscard]] LabelReading read_label_live(const Frame& frame, Symbologies symbologies);

}  // namespace batchwright::vision
