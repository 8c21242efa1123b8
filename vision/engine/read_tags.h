// Reads the square tags of a frame.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "vision/frame.h"
#include "vision/tags.h"

namespace batchwright::vision {

// The tags of `dictionary` whose id is in `wanted` (empty: any), by id, at most kTagsSeenMax. A tag
// that is there twice is listed twice. Of 36h11 one wrong cell is forgiven, of 4x4 none: a tag that
// is not read is looked for again in the next frame, a wrong one would not be. Empty when the
// dictionary is not known. Found in a reduced picture first, its corners measured in the full one;
// only while a wanted tag is missing is the full one searched, and small squares enlarged.
[[nodiscard]] std::vector<Tag> read_tags(const Frame& frame, std::string_view dictionary,
                                         std::span<const int> wanted = {});

}  // namespace batchwright::vision
