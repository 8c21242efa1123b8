// The campaigns of the program vision-campaign, each made in a file of its own:
// vision/challenge/NAME_campaign.cpp.
#pragma once

#include "vision/challenge/campaign.h"

namespace batchwright::vision::challenge {

[[nodiscard]] Campaign label_campaign();

// Canonical result text of the first frame of scene `number` of each kind, for determinism().
[[nodiscard]] std::string label_result(std::uint64_t seed, int number);
[[nodiscard]] std::string display_result(std::uint64_t seed, int number);
[[nodiscard]] std::string gauge_result(std::uint64_t seed, int number);
[[nodiscard]] std::string lamp_result(std::uint64_t seed, int number);
// All orders of six actions as clips; 1440 cases are all of them plain and disturbed.
[[nodiscard]] Campaign sequences();
[[nodiscard]] Campaign display_campaign();
[[nodiscard]] Campaign gauge_campaign();
[[nodiscard]] Campaign lamp_campaign();
// Stations: station_campaigns.cpp.
[[nodiscard]] Campaign kits_campaign();
[[nodiscard]] Campaign more_kits_campaign();
[[nodiscard]] Campaign clearance_campaign();
[[nodiscard]] Campaign tags_campaign();

// One SHA-256 over the canonical results of frames of every kind: the same in every run and build.
[[nodiscard]] Result<std::string> determinism(const CampaignOptions& options);

}  // namespace batchwright::vision::challenge
