// A redline: a governed change to one running batch (requirement A9). The change is one JSON object
// in the MBR's own language (docs/formats/mbr.md, "Redlines"):
//   {"op":"replace_step","step":PATH,"with":STEP}   the step's content, its place and id stay
//   {"op":"insert_after","step":PATH,"with":STEP}   a new step between this one and what follows
//   {"op":"set_parameter","parameter":ID,"value":DECIMAL}
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "workflows/mbr.h"

namespace batchwright::workflows {

inline constexpr std::size_t kRedlinesMax = 1'000;  // of one run, rejected ones too

// What a change says, as far as it can be read; everything is empty when it can't.
struct RedlineWords {
  std::string op;
  std::string step;       // the path it names
  std::string target;     // path of the step that is changed or added
  std::string parameter;  // id

  // What it changes, for comparing: a path, or {parameter}, since a path has no braces.
  [[nodiscard]] std::string subject() const {
    return parameter.empty() ? target : "{" + parameter + "}";
  }
};
[[nodiscard]] RedlineWords read_redline(std::string_view change);

// The recipe with the change, checked as a whole by the static checker: kMalformed with its first
// error. Hash and text stay those of `mbr`: the master is not touched.
[[nodiscard]] Result<std::shared_ptr<const Mbr>> apply_redline(const Mbr& mbr,
                                                               std::string_view change);

}  // namespace batchwright::workflows
