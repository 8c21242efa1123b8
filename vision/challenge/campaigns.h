// The campaigns of the program vision-campaign, each made in a file of its own:
// vision/challenge/NAME_campaign.cpp.
#pragma once

#include "vision/challenge/campaign.h"

namespace batchwright::vision::challenge {

// One SHA-256 over the canonical results of frames of every kind: the same in every run and build.
[[nodiscard]] Result<std::string> determinism(const CampaignOptions& options);

}  // namespace batchwright::vision::challenge
