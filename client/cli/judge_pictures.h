// What the commands on camera checks share: the check file, the worker beside this program, and
// frames judged one after the other.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vision/check.h"
#include "vision/evidence.h"
#include "vision/worker.h"

namespace batchwright::client::cli {

struct ApprovedCheck {
  std::string bytes;  // the file as it is; the worker reads them again
  vision::Check check;
};

// Says every finding on standard error; the error is that the file can't be used.
[[nodiscard]] Result<ApprovedCheck> load_check(const std::string& file);

// "name=value" each; kRefused for what isn't, and for a name given twice.
[[nodiscard]] Result<vision::ExpectedValues> expected_from_text(
    const std::vector<std::string>& texts);

// The worker with its clock. One thread at a time.
[[nodiscard]] std::unique_ptr<vision::Worker> make_worker();

// The worker program's own name and hash.
[[nodiscard]] Result<vision::EngineIdentity> engine_identity();

// The first frame as a beginning; the result of the last, with the verdict of `decision`.
[[nodiscard]] vision::CheckResult judge_frames(vision::Worker& worker,
                                               const ApprovedCheck& approved,
                                               std::span<const std::string_view> frames,
                                               const vision::ExpectedValues& expected,
                                               vision::Decision decision);

// Control characters in sight: what was read off a picture goes to a terminal.
[[nodiscard]] std::string visible(std::string_view text);

}  // namespace batchwright::client::cli
