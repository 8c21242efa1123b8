// Cameras as the panel knows them: by a stable id, wherever their pictures come from. The worker
// process owns them (vision/worker.h); folders and clips stand in for devices in demonstrations,
// training and tests, and nothing behind this header knows the difference.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vision/check_result.h"
#include "vision/frame.h"
#include "vision/quality.h"

namespace batchwright::vision {

inline constexpr std::size_t kCamerasMax = 8;
inline constexpr int kPreviewWidthMax = 1920;        // pixels
inline constexpr std::size_t kFramesKeptMax = 4;     // of one camera
inline constexpr std::size_t kPicturesMax = 10'000;  // of a folder or clip

enum class CameraKind : std::uint8_t {
  kV4l2,    // a device, /dev/v4l/by-id/...
  kFolder,  // shows one picture of a folder at a time; files are seen as they come and go
  kClip,    // a video file, or a folder of its frames: each look is the next one
};

// "v4l2", "folder", "clip".
[[nodiscard]] const char* to_string(CameraKind kind);

struct CameraSource {
  std::string id;  // stable, of the place: "CAM-A"
  CameraKind kind = CameraKind::kFolder;
  std::string path;
  double frames_per_s = 0;  // of a clip; 0 = what a video file says, 25 of a folder

  bool operator==(const CameraSource&) const = default;
};

// "CAM-A=v4l2:/dev/v4l/by-id/NAME", "CAM-B=folder:/demo/b", "CAM-C=clip:/demo/c.avi" or
// "CAM-C=clip:/demo/c@12.5". kMalformed when it is none of them: ids are letters, digits and '-',
// at most 40; devices are in /dev.
[[nodiscard]] Result<CameraSource> camera_from_text(std::string_view text);
[[nodiscard]] std::string to_text(const CameraSource& source);

// What a setting came to after the worker asked for it to stay as it is.
enum class Lock : std::uint8_t { kNotOffered, kLocked, kAutomatic };

// "not_offered", "locked", "automatic".
[[nodiscard]] const char* to_string(Lock lock);
[[nodiscard]] std::optional<Lock> lock_from_text(std::string_view name);

struct CameraState {
  std::string id;
  bool open = false;
  std::string problem;        // for people, when it isn't open
  int width = 0, height = 0;  // pixels of a frame, when known before the first look
  Lock exposure = Lock::kNotOffered, focus = Lock::kNotOffered;

  bool operator==(const CameraState&) const = default;
};

// Which picture a look takes.
enum class Turn : std::uint8_t {
  kLive,   // the newest of a device; the same of a folder; the next of a clip
  kNext,   // of a folder: the one after; else as kLive
  kFirst,  // of folders and clips: the first one, by name; else as kLive
};

struct LookRequest {
  std::string camera{};
  int preview_width = 0;  // pixels, 0..kPreviewWidthMax; 0 = no preview. Never scaled up
  Turn turn = Turn::kLive;
  std::string_view check{};   // a check file to judge by; empty = none
  ExpectedValues expected{};  // of the check
  bool restart = false;       // of a sequence: this is its first frame
  bool keep = false;          // the frame can be asked for until kFramesKeptMax newer ones are kept
};

struct Look {
  bool seen = false;          // false: there is no picture, and `reason` says why
  std::string reason;         // for people
  std::uint64_t number = 0;   // of the camera's looks; goes on when the worker was started again
  std::string picture;        // name of a folder's or clip's file
  int width = 0, height = 0;  // pixels, of the frame
  int dropped = 0;            // older frames of a device that were passed over for this one
  bool ended = false;         // the clip's last frame, which it shows from now on
  int due_ms = 0;             // of a clip: how long this frame stays
  bool kept = false;          // Worker::frame gives it
  Quality quality;            // with a check: by its limits, of what it looks at
  Frame preview;              // BGR of the whole frame; no bytes when none was asked for
  std::optional<CheckResult> result;  // always there when a check was given; a failed look is
                                      // kNotPerformed
  std::int64_t took_ms = 0;

  bool operator==(const Look&) const = default;
};

}  // namespace batchwright::vision
