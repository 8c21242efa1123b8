// Makes a check of a draft and of what a trainer showed. Runs in the worker process only.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "vision/check.h"
#include "vision/frame.h"

namespace batchwright::vision {

struct ShownFrame {
  std::vector<std::string> subjects;  // key_of (vision/teaching.h)
  Frame frame;
};

// The station's plane as this frame shows it, else the frame itself; BGR. kRefused with the words
// of put_on_plane.
[[nodiscard]] Result<Frame> plane_of(const Check& draft, const Frame& frame);

// The draft with the references that these frames make, ready to judge by. kRefused names the
// subject that was not shown, not known, or can't be taught by its frames.
[[nodiscard]] Result<Check> teach_check(const Check& draft, const std::vector<ShownFrame>& shown);

}  // namespace batchwright::vision
