// The report on a check's validation, as PDF and as JSON with the same numbers (row E8).
#pragma once

#include <string>

#include "paper/document.h"
#include "vision/check.h"
#include "vision/evidence.h"
#include "vision/validation.h"

namespace batchwright::client::report {

struct ValidationFacts {
  const vision::Check& check;
  const vision::ChallengeManifest& manifest;
  vision::EngineIdentity engine;
  std::vector<std::string> splits;  // that were asked for; empty = all
  std::int64_t frames = 0;          // judged
};

// The bytes of a PDF. Its only date is the manifest's. kFull when it would have too many pages.
[[nodiscard]] Result<std::string> validation_pdf(const ValidationFacts& facts,
                                                 const vision::Validation& validation);

[[nodiscard]] Json validation_json(const ValidationFacts& facts,
                                   const vision::Validation& validation);

// "1.0 %", and never "0 %" of what is not nothing.
[[nodiscard]] std::string percent(double share);

// One curve in a box of this width and height: good cases that passed (discs) and others that were
// accepted (squares), by the parameter, each with its 95 % interval.
void draw_curve(paper::Document& document, paper::Spot at, double width_mm, double height_mm,
                const vision::Curve& curve);

}  // namespace batchwright::client::report
