#include "workflows/internal/reviews.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace batchwright::workflows {
namespace {

constexpr std::array<std::string_view, 2> kStages = {"production", "quality"};

std::ptrdiff_t in_force(const RunState& run) {
  return std::ranges::count(run.reviews, false, &Review::ended);
}

template <typename Known, typename... Events>
inline constexpr bool kIsOneOf = (std::is_same_v<Known, Events> || ...);

// A late result that is good ends nothing: whoever waits for it says so in its consequence.
template <typename Known>
inline constexpr bool kEnds =
    kIsOneOf<Known, ExceptionOpened, EntryComputed, EntryCorrected, LimitsComputed,
             ValueInvalidated, EntryNotApplicable, StepReopened, StepRepeated, StepForced,
             StepCompleted, StepReleased, SignatureMade, EquipmentBound, MaterialIdentified,
             CameraChecked, CheckPutRight, CheckDecided, CameraChallenged, CameraStoodIn,
             RunRelated, RedlineProposed, RedlineApproved, RedlineRejected>;

}  // namespace

bool is_reviewed(const RunState& run) {
  return in_force(run) > 0;
}

std::string next_review(const RunState& run) {
  const auto done = static_cast<std::size_t>(in_force(run));
  return done < kStages.size() ? std::string(kStages[done]) : "";
}

void end_reviews(RunState& run) {
  for (Review& review : run.reviews) review.ended = true;
}

bool ends_reviews(const Event& event) {
  return std::visit([]<typename Known>(const Known&) { return kEnds<std::remove_cvref_t<Known>>; },
                    event);
}

}  // namespace batchwright::workflows
