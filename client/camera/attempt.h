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
inline constexpr std::size_t kChallengeBytesMax = 512u << 20;  // pictures of all cards of a check
inline constexpr std::size_t kChallengeManifestBytesMax = 4u << 20;  // evidence, too

inline constexpr int kLookEveryMs = 66;     // 15 pictures a second for the screen
inline constexpr int kLookAgainMs = 1'000;  // after one that did not come
// A card without a verdict (a finger on it, a hand that still moved) is shown again so often.
inline constexpr int kCardAttemptsMax = 3;

struct Watching {
  std::function<bool()> stopped;           // a person ended it, or the program ends
  std::function<void(int)> looked;         // after each picture: how many so far
  std::function<void(std::int64_t)> wait;  // ms until the next picture of a clip
};

// Of a challenge: `looked` counts cases.
struct Challenging : Watching {
  // Asks a person to show this to the camera; false: nobody can.
  std::function<bool(const ChallengeProgress&)> ask_for;
  std::function<bool(int request)> in_view;  // what was asked for
};

[[nodiscard]] CheckOutcome run_attempt(Lookout& lookout, Preview& preview, const CheckJob& job,
                                       const Watching& watching);

[[nodiscard]] ChallengeOutcome run_challenge(Lookout& lookout, Preview& preview,
                                             const ChallengeJob& job,
                                             const Challenging& challenging);

// Verdict "not performed".
[[nodiscard]] vision::CheckResult nobody_looked(std::string reason);

// One picture for the screen; no verdict. Milliseconds until the next one is worth a look.
int show_look(Lookout& lookout, Preview& preview, const std::string& camera);

}  // namespace batchwright::client
