// What a trainer shows the camera, so that a draft becomes a check: pictures by subject. Values
// only; the worker makes the references of them (engine/teach_check.h).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "vision/check.h"

namespace batchwright::vision {

inline constexpr std::size_t kPicturesTaughtMax = 200;  // of all subjects

// Something that has to be shown: the station with nothing on it, a part in its region, or a region
// as one reference has it.
struct Subject {
  enum class Kind { kEmpty, kPart, kReference };
  Kind kind = Kind::kEmpty;
  std::string id;      // of the part or reference; empty for kEmpty
  std::string region;  // where to look; empty for kEmpty
  std::size_t pictures_max = 1;
  bool operator==(const Subject&) const = default;
};

// "empty", "part:ID" or "reference:ID": unique in a check.
[[nodiscard]] std::string key_of(const Subject& subject);

// All subjects of the check's rule, in the order to show them. None for labels, displays and
// gauges: they have no references.
[[nodiscard]] std::vector<Subject> subjects_of(const Check& draft);

// A picture file (PNG, JPEG ...) of a whole frame, and what it shows: a board with every part in
// its place shows several subjects.
struct ShownPicture {
  std::vector<std::string> subjects;  // key_of, at least one
  std::string bytes;
};

}  // namespace batchwright::vision
