// What the teaching screen shows: a draft check on its way from regions over references to a
// threshold. Plain values, as in ui/view_model.h.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "ui/camera_view.h"

namespace batchwright::ui {

// Corners of a box in parts of the picture: x0, y0, x1, y1.
using PictureBox = std::array<float, 4>;

struct TaughtRegionView {
  std::string id, title;
  PictureBox box{};
};

// Something to show the camera.
struct SubjectView {
  enum class Kind { kEverything, kEmpty, kPart, kReference };
  std::string id;  // what Teach names it by
  Kind kind = Kind::kEmpty;
  std::string name;  // of the part or reference
  int pictures = 0, pictures_max = 1;
};

// What the samples prove; percentages are 95 % bounds.
struct ThresholdView {
  std::string threshold, good_lowest, bad_highest;  // text with '.'
  std::string false_accept, false_reject;           // percent, text with '.'
};

struct TeachView {
  enum class Stage { kRegions, kReferences, kSamples };
  std::string title, camera;
  Stage stage = Stage::kRegions;
  PictureRef still;  // what regions are drawn on; null: what the camera sees
  std::vector<TaughtRegionView> regions;
  bool may_add_regions = false;            // where every region is judged, whatever it is called
  std::vector<SubjectView> subjects;       // of kReferences; empty = the check needs none
  int good = 0, bad = 0;                   // samples
  bool has_threshold = true;               // of this kind of check
  std::optional<ThresholdView> threshold;  // when the samples gave one
  std::string selected;                    // region, subject, "good" or "bad"; empty = a new region
  std::string problem;                     // why the last thing did not work
  std::vector<std::string> findings;       // what stands in the way of a threshold
  bool busy = false;                       // the camera looks, or references are made
  std::string saved;                       // file, once it was written
};

}  // namespace batchwright::ui
