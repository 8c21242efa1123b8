// A camera check or challenge as the screen shows it.
#pragma once

#include "client/camera/cameras.h"
#include "client/camera/check_library.h"
#include "client/presenter/presenter.h"

namespace batchwright::client::presenter {

// What is known of the entry that a camera looks at, besides the record: as long as the panel runs.
struct LiveCheck {
  std::string run, step, entry;  // whose it is; step is path#instance
  bool checking = false;
  bool is_stopped = false;       // a person asked for its end
  int pictures = 0;              // of a challenge: cases
  std::string by = {};           // who started it
  ChallengeProgress asked = {};  // of a challenge
  std::string card_camera = {};  // where cards are shown, while the challenge of that check goes on
  CheckOutcome outcome = {};     // of the newest attempt, without its frames
  const KnownCheck* known = nullptr;  // the check of that outcome
  // Of a challenge: the check's title and what it came to.
  std::vector<std::pair<std::string, ChallengeOutcome>> challenged = {};
};

// Nothing when the step's next thing to do is no camera's. `live` may be of another entry.
[[nodiscard]] std::optional<ui::CameraView> camera_view(const workflows::RunState& run,
                                                        const workflows::StepRef& step,
                                                        const LiveCheck& live,
                                                        const workflows::SiteFacts* site,
                                                        const Viewer& viewer);

}  // namespace batchwright::client::presenter
