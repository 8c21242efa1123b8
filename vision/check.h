// A camera check as it was approved: what is looked at, by which rule, with which limits. It is one
// file (docs/formats/check.md) whose SHA-256 the MBR names, so that a check can't change without a
// new version of the procedure. Immutable values; read by check_from_json.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/finding.h"
#include "vision/checks/clearance.h"
#include "vision/checks/display.h"
#include "vision/checks/gauge.h"
#include "vision/checks/label.h"
#include "vision/checks/lamps.h"
#include "vision/checks/layout.h"
#include "vision/checks/sequence.h"
#include "vision/frame.h"

namespace batchwright::vision {

inline constexpr std::size_t kCheckBytesMax = 16u << 20;  // of a check file, references included
inline constexpr std::size_t kRegionsMax = 64;
inline constexpr std::size_t kReferencesMax = 200;
inline constexpr std::size_t kTagsMax = 32;

using Words = std::map<std::string, std::string>;  // BCP 47 language -> text; "en" always present

// Upright, in pixels: of the station's plane where the check has a station, else of the frame.
struct Box {
  int x = 0, y = 0, width = 0, height = 0;
  bool operator==(const Box&) const = default;
};

// A place that is judged by itself and named in the verdict.
struct Region {
  std::string id;  // slug, unique in the check
  Words title;
  Box box;
};

// A taught picture: PNG bytes, decoded by the engine.
struct Reference {
  std::string id;  // unique in the check
  std::string png;
};

// Tags at known places put every frame on the same plane, however the camera was pushed.
struct StationTag {
  int id = 0;                 // in the dictionary
  double x_mm = 0, y_mm = 0;  // centre, from the station's top left
  double side_mm = 0;
};
struct Station {
  std::string dictionary;  // "apriltag_36h11", "aruco_4x4_50"
  double width_mm = 0, height_mm = 0;
  double px_per_mm = 0;  // of the plane that regions are given in
  int tags_min = 0;      // fewer in sight: undecided
  std::vector<StationTag> tags;
};

// Below these a frame says nothing: the verdict is undecided, with advice. Quality has the units.
struct QualityLimits {
  double contrast_min = 25;
  double sharpness_min = 0.08;
  double glare_share_max = 0.1;
  double extreme_share_max = 0.97;  // of dark_share and of bright_share
  double module_px_min = 0;         // of labels; 0 = not asked
};

// How good the check was when it was taught or validated: said beside every verdict.
struct Taught {
  std::string when;                                       // YYYY-MM-DD
  int good = 0, bad = 0;                                  // samples
  double false_accept_upper = 1, false_reject_upper = 1;  // one-sided 95 % bounds (Clopper-Pearson)
};

using CheckRule = std::variant<LabelCheck, LayoutCheck, ClearanceCheck, SequenceCheck, DisplayCheck,
                               GaugeCheck, LampsCheck>;

struct Check {
  std::string id, version;
  Words title;
  std::string camera;  // stable id of the camera at its place, "CAM-A"
  QualityLimits quality;
  std::optional<Station> station;
  std::vector<Region> regions;
  std::vector<Reference> references;
  std::optional<Taught> taught;
  CheckRule rule;
  std::string sha256_hex;  // of the file's bytes

  [[nodiscard]] const Region* region(std::string_view region_id) const;
  [[nodiscard]] const Reference* reference(std::string_view reference_id) const;
};

// "label", "layout", "clearance", "sequence", "display", "gauge", "lamps".
[[nodiscard]] const char* kind_of(const Check& check);

struct CheckReading {
  std::optional<Check> check;  // only when no finding is an error
  Findings findings;           // all of them; the place is a JSON path such as "regions[2].box"
};

// Reads format batchwright/check/1. Unknown keys, names and kinds are errors: a check that is half
// understood is no check.
[[nodiscard]] CheckReading check_from_json(std::string_view bytes);

// The same for a check that is still being taught: what its rule says of references needn't be
// there yet, nor a clearance's regions.
[[nodiscard]] CheckReading draft_from_json(std::string_view bytes);

// The file for `check`, references included; reading it gives the same check (but for its hash).
[[nodiscard]] std::string file_of(const Check& check);

}  // namespace batchwright::vision
