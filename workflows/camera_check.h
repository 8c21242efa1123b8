// What the panel needs to perform a camera check of a step, and whether a camera may stand in for a
// second person (requirements E3, E11).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "workflows/site_facts.h"
#include "workflows/state.h"

namespace batchwright::workflows {

// What the object must bear by now, name and text: what the MBR writes, a material's item, the
// equipment that is bound, a parameter. kNotFound, with the name as place, when one isn't known
// yet: then the check can't be performed.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> expected_values(
    const RunState& run, const CameraCheck& check);

// "camera:CAM-A": the source of a value that this check read.
[[nodiscard]] std::string camera_source(const CameraCheck& check);

struct StandInAnswer {
  std::string why_not;  // in words; empty = it may
  // Market, and what its policy says: "equipment_performs, confirms_entry; step approved".
  std::vector<std::pair<std::string, std::string>> policy;

  [[nodiscard]] bool may() const { return why_not.empty(); }
};

// Whether a camera may replace the signature of `rule` at the step `path`, by the recipe, every
// market it names and the site. Unknown is never a yes: no market, a market without policy, or no
// facts of the site means two persons. Mode confirms_entry replaces nobody for the market US unless
// the site's quality approved this step. Says nothing of whether a check passed.
[[nodiscard]] StandInAnswer may_stand_in(const Mbr& mbr, const SiteFacts* site,
                                         const SignatureRule& rule, const std::string& path);

}  // namespace batchwright::workflows
