// How large an MBR may be (docs/formats/mbr.md, Limits). Readers refuse more; the checker relies on
// it.
#pragma once

#include <cstddef>

namespace batchwright::workflows {

inline constexpr std::size_t kMbrBytesMax = 32u << 20;
inline constexpr int kElementDepthMax = 16;
inline constexpr int kGroupDepthMax = 16;
inline constexpr int kStepsMax = 100'000;
inline constexpr int kElementsMax = 200'000;
inline constexpr std::size_t kNodesMax = 400'000;  // of one chart
inline constexpr std::size_t kLinksMax = 800'000;  // of one chart
inline constexpr std::size_t kEntriesMax = 200;
inline constexpr std::size_t kChoicesMax = 100;
inline constexpr std::size_t kSignaturesMax = 10;
inline constexpr std::size_t kParametersMax = 10'000;
inline constexpr std::size_t kPlansMax = 1'000;
inline constexpr std::size_t kGatesMax = 50;  // also effects and relied-on steps of one step
inline constexpr std::size_t kRequirementsMax = 1'000;
inline constexpr std::size_t kExpectationsMax = 10'000;
inline constexpr std::size_t kScenarioEventsMax = 1'000;
inline constexpr std::size_t kLanguagesMax = 50;
inline constexpr std::size_t kMarketsMax = 50;
inline constexpr std::size_t kFillsMax = 50;    // also what an object must bear
inline constexpr std::size_t kChecksMax = 100;  // of one challenge
inline constexpr int kCheckAttemptsMax = 10;    // further ones after a fail
inline constexpr int kPlacesMax = 20;
inline constexpr int kRemeasureMax = 10;
inline constexpr int kSecondsMax = 365 * 24 * 3600;
inline constexpr std::size_t kSlugMax = 64;
inline constexpr std::size_t kElementIdMax = 80;

}  // namespace batchwright::workflows
