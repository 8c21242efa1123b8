// Square tags in a frame: what equipment and stations are known by when a camera looks at them.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace batchwright::vision {

// ArUco's own 50 tags of 4 x 4 cells (Garrido-Jurado et al., Pattern Recognition 47, 2014) and
// AprilTag 36h11 (Olson, ICRA 2011). 36h11 has 587 tags that differ in 11 or more cells.
inline constexpr std::array<std::string_view, 2> kTagDictionaries{"apriltag_36h11", "aruco_4x4_50"};
// How many ids a dictionary has; 0 when there is no such dictionary.
[[nodiscard]] constexpr int tag_count(std::string_view dictionary) {
  if (dictionary == kTagDictionaries[0]) return 587;
  return dictionary == kTagDictionaries[1] ? 50 : 0;
}

inline constexpr double kTagSideMin_px = 12;  // smaller ones are not looked for
inline constexpr std::size_t kTagsSeenMax = 256;

struct SubPixel {
  double x = 0, y = 0;  // pixels of the frame; whole numbers are the middles of pixels
  bool operator==(const SubPixel&) const = default;
};

// A tag that was read. The corners are those of its black square: first the tag's own top left,
// then around as the hands of a clock go, so they tell how it is turned.
struct Tag {
  int id = 0;
  std::array<SubPixel, 4> corners{};
  bool operator==(const Tag&) const = default;
};

// The mean length of the four sides.
[[nodiscard]] double side_px(const Tag& tag);

}  // namespace batchwright::vision
