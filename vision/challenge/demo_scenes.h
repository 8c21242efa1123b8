// Check files and frames of the shipped recipe's demo, made when they are needed: nothing here is
// stored as a picture. Each owner of a kind of check adds its functions.
#pragma once

#include <string>

#include "base/error.h"
#include "vision/frame.h"

namespace batchwright::vision::challenge {

// Step 23, "Lay out the assembly": check `filter-layout` on CAM-B. The file's bytes are the same
// each time, so the recipe can name their hash.
[[nodiscard]] Result<std::string> demo_layout_check_file();
// CAM-B's picture with everything in its place, and with the filter's arrow away from the bags.
// `take` tells pictures of the same thing apart.
[[nodiscard]] Frame demo_layout_good(int take = 0);
[[nodiscard]] Frame demo_layout_filter_reversed(int take = 0);

}  // namespace batchwright::vision::challenge
