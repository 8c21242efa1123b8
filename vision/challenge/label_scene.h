// Rendered frames of a label on a cluttered table, with everything that is true of them. A scene is
// a function of (seed, number, gate); its frames show the same label, moved a little and with other
// noise of the sensor.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "vision/challenge/camera_model.h"
#include "vision/check_result.h"
#include "vision/frame.h"
#include "vision/label.h"

namespace batchwright::vision::challenge {

// What a scene is drawn for: a frame the quality gate must let pass, or one of each kind that it
// must not.
enum class Gate : std::uint8_t { kInside, kBlurred, kDark, kGlaring, kSmall };
inline constexpr std::array kOutside{Gate::kBlurred, Gate::kDark, Gate::kGlaring, Gate::kSmall};

// "inside", "blurred", "dark", "glaring", "small".
[[nodiscard]] const char* to_string(Gate gate);

// What a printer makes of the symbol.
struct PrintModel {
  double dot_gain_modules = 0;  // bars grow (or shrink) by this at each edge, -0.08..0.12
  int ink = 30, paper = 235;    // grey levels
  int missing_rows = 0;         // lines the print head left out
};

struct LabelPose {
  double x = 0, y = 0;  // centre of the symbol in the frame, pixels
  double module_px = 0;
  double rotation_deg = 0;  // any
  double tilt_deg = 0;      // out of the frame's plane
  double tilt_axis_deg = 0;
};

struct LabelScene {
  std::uint64_t seed = 0;
  int number = 0;
  Gate gate = Gate::kInside;
  Symbology symbology = Symbology::kDataMatrix;
  bool gs1 = true;
  std::string source;                                         // as zint takes it
  std::string text;                                           // as Symbol::text must be
  std::vector<std::pair<std::string, std::string>> on_label;  // "gtin", "lot" ... or "text"
  ExpectedValues expected;  // the same, but for one character where `wrong`
  bool wrong = false;       // what is expected is another batch's, one digit away
  PrintModel print;
  LabelPose pose;
  CameraModel camera;
  Glare glare;  // radius 0: none
};

// No picture is drawn for it: what the manifest is made of.
[[nodiscard]] LabelScene label_scene(std::uint64_t seed, int number, Gate gate);
// Every third number is of another gate than kInside, each in turn.
[[nodiscard]] LabelScene label_scene(std::uint64_t seed, int number);
[[nodiscard]] Json to_json(const LabelScene& scene);

struct RenderedLabel {
  Frame frame;        // grey, 1920 x 1080
  Corners corners{};  // of the symbol
};

inline constexpr int kFramesOfScene = 3;
[[nodiscard]] RenderedLabel render(const LabelScene& scene, int which_frame);

// The table alone: cluttered, with nothing to read.
[[nodiscard]] Frame render_empty_table(std::uint64_t seed, int number);

}  // namespace batchwright::vision::challenge
