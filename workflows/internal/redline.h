// A redline: a governed change to one running batch (requirement A9). The change is one JSON object
// in the MBR's own language (docs/formats/mbr.md, "Redlines"):
//   {"op":"replace_step","step":PATH,"with":STEP}   the step's content, its place stays
//   {"op":"insert_after","step":PATH,"with":STEP}   a new step between this one and what follows
//   {"op":"set_parameter","parameter":ID,"value":DECIMAL}
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "workflows/mbr.h"

namespace batchwright::workflows {

// The path of the step that is changed or added; empty for a parameter or an unreadable change.
[[nodiscard]] std::string redline_target(std::string_view change);

// True for replace_step: the step exists and gets other words.
[[nodiscard]] bool redline_changes_step(std::string_view change);

// The recipe with the change, checked as a whole by the static checker: kMalformed with its first
// error. Hash and text stay those of `mbr`: the master is not touched.
[[nodiscard]] Result<std::shared_ptr<const Mbr>> apply_redline(const Mbr& mbr,
                                                               std::string_view change);

}  // namespace batchwright::workflows
