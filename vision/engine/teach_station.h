// Makes the references of a station's check from frames of it: what a trainer's pictures become.
#pragma once

#include <string>
#include <vector>

#include "vision/check.h"
#include "vision/frame.h"

namespace batchwright::vision {

inline constexpr std::size_t kFramesTaughtMax = 32;

// A part as it was shown: in which region, and at least one frame with it lying there. Frames that
// differ (another piece, another light, a little moved) teach what may differ.
struct PartShown {
  std::string id;
  std::string region;
  int symmetry = 1;  // PartKind
  std::vector<Frame> frames;
};

// `draft` has station, regions and, as its rule, a LayoutCheck with slots and limits; parts and
// references are replaced. `empty`: frames of the station without parts; they are evened to the
// light that most of them share and averaged. kRefused with the words of put_on_plane when a frame
// can't be put on the station's plane; kMalformed when the result could not be made ready
// (CheckEngine).
[[nodiscard]] Result<Check> teach_layout(Check draft, const std::vector<Frame>& empty,
                                         const std::vector<PartShown>& parts);

// `draft` has station, regions and a ClearanceCheck.
[[nodiscard]] Result<Check> teach_clearance(Check draft, const std::vector<Frame>& cleared);

}  // namespace batchwright::vision
