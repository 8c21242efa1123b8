// What the screens show of a camera and of what it was asked to check: plain values, as in
// ui/view_model.h.
//
// The live picture changes many times a second and comes beside the AppView, so that nothing else
// is made anew for it. Nothing of a check is said before a person asked for it: a live picture has
// words about its quality, never a verdict.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "ui/backend/renderer.h"

namespace batchwright::ui {

// Pixels with their generation (Texture::version): two pictures that differ have different ones.
// Shared, and never changed once it is here. Whoever makes it scales it to
// UiState::camera_picture_px; another size is drawn as well, only slower and less smooth.
using PictureRef = std::shared_ptr<const Texture>;

// What the camera sees now.
struct LookView {
  // What would make the picture good enough. kNone: nothing is known yet; kGone: no picture comes.
  enum class Quality {
    kNone,
    kSharp,
    kHoldStill,
    kCloser,
    kLessGlare,
    kMoreLight,
    kLessLight,
    kShowLabel,
    kGone
  };
  std::string camera;
  Quality quality = Quality::kNone;
  PictureRef picture;  // null: none yet
};

// Three states, each by mark, line pattern and colour.
enum class CheckMark {
  kOk,      // tick, solid line
  kWrong,   // cross, long dashes
  kUnsure,  // question mark, dots
};

// A place in the picture that decided.
struct OverlayView {
  std::array<float, 8> corners{};  // x, y of four corners, in parts of the picture, clockwise
  std::string label;
  CheckMark mark = CheckMark::kUnsure;
};

struct CheckRowView {
  CheckMark mark = CheckMark::kUnsure;
  std::string seen, expected, score;  // score: text with '.'
};

// A value that was read from the picture and waits for a person's word.
struct ReadingView {
  std::string title, value, unit;  // value: text with '.'
};

struct CameraView {
  enum class State {
    kReady,      // nothing was asked of it yet, or the last attempt said nothing
    kChecking,   // pictures are being looked at
    kCard,       // of a challenge: something known is to be laid before the camera
    kFailed,     // a fail stands until somebody says how it was put right
    kPutRight,   // then it may be checked again
    kUndecided,  // no verdict: check again, or two people decide
    kClosed,     // disabled or out of reach: people decide
    kReading,    // passed; what was read waits to be taken over
    kConfirm,    // passed, and may stand in for a second person: somebody says that it worked
    kPassed      // nothing left to do here
  };
  std::string entry, title;  // entry id; what is checked
  std::string camera;        // "CAM-B"
  State state = State::kReady;
  bool is_sequence = false;  // goes on until it passes, fails, or a person stops it
  // Known-good and known-bad pictures instead of an object: no camera looks but while it has cards.
  bool is_challenge = false;
  bool may_check = false;  // of kUndecided: a further attempt is allowed
  PictureRef still;        // the picture that decided; null: show what the camera sees now
  std::vector<OverlayView> overlay;   // over `still`
  std::string headline, text;         // what it came to, and what to do now
  std::vector<CheckRowView> rows;     // what decided first
  std::vector<ReadingView> readings;  // kReading
  int attempt = 0, attempts = 0;      // of those that count; 0 = none yet
  std::string exception_number;       // of the fail that stands
  // kChecking: looked at so far, cases of a challenge; max 0 = no bound. kCard: what is asked for.
  int pictures = 0, pictures_max = 0;
};

}  // namespace batchwright::ui
