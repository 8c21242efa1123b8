// What the desk asks of cameras, and what it gets: values. Answers come as continuations on the
// session thread, as those of Jobs do.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ui/camera_view.h"
#include "vision/camera.h"
#include "vision/check.h"
#include "vision/check_result.h"

namespace batchwright::client {

class Lookout;

// The bytes of an approved check file.
using CheckFile = std::shared_ptr<const std::string>;

struct CheckJob {
  std::string camera;
  CheckFile check;
  vision::ExpectedValues expected;
  bool is_sequence = false;  // watched until it passes, fails or is stopped
  vision::CameraKind source = vision::CameraKind::kV4l2;
};

struct CheckOutcome {
  vision::CheckResult result;  // of the last picture; its verdict is that of the attempt
  // PNG files of every picture that was judged, in order; judging them again gives the result.
  std::vector<std::string> frames;
  ui::PictureRef still;       // the last of them; null when there is none
  int width = 0, height = 0;  // pixels of the frame that regions' corners are given in
  bool stopped = false;       // by a person, before it came to a verdict
  // Why a picture was no vote, for the log: result.reason can't say it of an attempt that other
  // pictures decided.
  std::string trouble;
  bool is_unavailable = false;  // there is no approved check file or no camera for it here
};

// Known-good and known-bad pictures and cards for one check: a folder with manifest.json.
struct ChallengeJob {
  CheckJob check;  // what it expects is each case's own
  std::string folder;
  std::string engine_sha256_hex = {};    // of the program that judges
  std::string manifest_sha256_hex = {};  // the approved set; empty: whichever lies in the folder
};

struct ChallengeProgress {
  int shown = 0, total = 0;  // cases that were judged, and all
  vision::Words card = {};   // to be shown to the camera now; empty = nothing is asked for
  int request = 0;           // counts what was asked for, from 1
  bool is_again = false;     // the same card once more: there was no verdict
};

struct ChallengeOutcome {
  bool stopped = false;  // by a person, before anything was judged wrong: nothing came of it
  int good = 0, good_passed = 0, bad = 0, bad_failed = 0;
  std::vector<vision::Words> wrong = {};  // what was judged wrong; at most kWrongMax
  std::string problem = {};               // why nothing was shown; empty = it was
  std::string document = {};              // evidence: manifest and verdicts, canonical JSON
  std::string manifest = {};              // its bytes, where cards were shown
  std::string manifest_sha256_hex = {};   // of the set that was shown
  std::vector<std::string> frames = {};   // PNG files of the cards that were looked at

  static constexpr std::size_t kWrongMax = 5;
};

class Cameras {
 public:
  using Progress = std::function<void(int pictures)>;
  virtual ~Cameras() = default;

  // The source that was named for this camera, or nullptr.
  [[nodiscard]] virtual const vision::CameraSource* find(const std::string& camera) const = 0;
  // Shows what it sees until another one, or "" for none, is watched. The worker runs only
  // meanwhile.
  virtual void watch(const std::string& camera) = 0;
  // One at a time; another one while it looks is answered with "not performed".
  virtual void check(CheckJob job, Progress progress,
                     std::function<void(const CheckOutcome&)> done) = 0;
  virtual void challenge(ChallengeJob job, std::function<void(const ChallengeProgress&)> progress,
                         std::function<void(const ChallengeOutcome&)> done) = 0;
  // What was asked for by this request is in view.
  virtual void card_in_view(int request) = 0;
  // `job` with the lookout, where it may wait; then `done`. Not run when too much waits already.
  virtual void ask(std::function<void(Lookout&)> job, std::function<void()> done) = 0;
  // Ends the check that looks now; its outcome still comes.
  virtual void cancel() = 0;
};

}  // namespace batchwright::client
