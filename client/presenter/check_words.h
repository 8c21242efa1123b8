// What a check came to, in words, rows and lines over its picture.
#pragma once

#include <string>
#include <vector>

#include "client/camera/cameras.h"
#include "client/presenter/presenter.h"
#include "vision/check.h"

namespace batchwright::client::presenter {

// "Not in order"; by kind of check and verdict.
[[nodiscard]] std::string verdict_headline(const vision::Check* check, vision::Verdict verdict,
                                           const Viewer& viewer);
// What decided, place by place, or what would help.
[[nodiscard]] std::string verdict_text(const vision::Check& check,
                                       const vision::CheckResult& result, const Viewer& viewer);
// What decided first.
[[nodiscard]] std::vector<ui::CheckRowView> rows_of(const vision::Check& check,
                                                    const vision::CheckResult& result,
                                                    const Viewer& viewer);
[[nodiscard]] std::vector<ui::OverlayView> overlay_of(const vision::Check& check,
                                                      const CheckOutcome& outcome,
                                                      const Viewer& viewer);

}  // namespace batchwright::client::presenter
