// One attempt of a camera check, from the first picture to a verdict; and one challenge.
#pragma once

#include <functional>

#include "client/camera/cameras.h"
#include "client/camera/lookout.h"
#include "client/camera/preview.h"

namespace batchwright::client {

// A sequence that takes more pictures than the record names, or more room, ends undecided. Looked
// at twice a second, as many pictures are most of a minute.
inline constexpr std::size_t kSequenceFramesMax = 100;
inline constexpr std::size_t kSequenceBytesMax = 256u << 20;
inline constexpr int kSequenceEveryMs = 500;

struct Watching {
  std::function<bool()> stopped;           // a person ended it, or the program ends
  std::function<void(int)> looked;         // after each picture: how many so far
  std::function<void(std::int64_t)> wait;  // ms until the next picture of a clip
};

[[nodiscard]] CheckOutcome run_attempt(Lookout& lookout, Preview& preview, const CheckJob& job,
                                       const Watching& watching);

[[nodiscard]] ChallengeOutcome run_challenge(Lookout& lookout, const ChallengeJob& job,
                                             const Watching& watching);

// One picture for the screen; no verdict.
void show_look(Lookout& lookout, Preview& preview, const std::string& camera);

}  // namespace batchwright::client
