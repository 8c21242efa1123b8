#include "client/cli/judge_pictures.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/sha256.h"
#include "client/camera/vote.h"
#include "client/cli/cli.h"
#include "client/file.h"
#include "client/resources.h"

namespace batchwright::client::cli {

Result<ApprovedCheck> load_check(const std::string& file) {
  auto bytes = load_file(file, vision::kCheckBytesMax);
  if (!bytes) return std::unexpected(bytes.error());
  auto reading = vision::check_from_json(*bytes);
  print_findings(reading.findings, stderr);
  if (!reading.check)
    return fail(ErrorCode::kMalformed, "This is no check that can be used.", file);
  return ApprovedCheck{std::move(*bytes), std::move(*reading.check)};
}

Result<vision::ExpectedValues> expected_from_text(const std::vector<std::string>& texts) {
  vision::ExpectedValues values;
  for (const auto& text : texts) {
    const auto sign = text.find('=');
    if (sign == 0 || sign == std::string::npos)
      return fail(ErrorCode::kRefused, "What is expected is written NAME=VALUE.", text);
    auto name = text.substr(0, sign);
    if (std::ranges::find(values, name, &std::pair<std::string, std::string>::first) !=
        values.end())
      return fail(ErrorCode::kRefused, "This value is given twice.", name);
    if (values.size() == vision::kReadingsMax)
      return fail(ErrorCode::kRefused, "These are more values than a check can expect.", name);
    values.emplace_back(std::move(name), text.substr(sign + 1));
  }
  return values;
}

std::unique_ptr<vision::Worker> make_worker() {
  static const SystemClock clock;
  return std::make_unique<vision::Worker>(
      vision::WorkerOptions{program_beside("batchwright-vision")}, clock);
}

Result<vision::EngineIdentity> engine_identity() {
  const auto program = load_file(program_beside("batchwright-vision"));
  if (!program) return std::unexpected(program.error());
  return vision::EngineIdentity{vision::kEngineName, to_hex(sha256(*program))};
}

vision::CheckResult judge_frames(vision::Worker& worker, const ApprovedCheck& approved,
                                 std::span<const std::string_view> frames,
                                 const vision::ExpectedValues& expected,
                                 vision::Decision decision) {
  vision::CheckResult result;
  Vote vote;
  bool first = true;
  for (const auto frame : frames) {
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(frame.data()), frame.size());
    result = worker.check(approved.bytes, bytes, expected, first);
    first = false;
    // A worker that ended has forgotten the frames before: what would follow judges something else.
    if (result.verdict == vision::Verdict::kNotPerformed) return result;
    (void)vote.add(result);  // every frame that was kept was needed
  }
  if (decision == vision::Decision::kTwoAgree) result.verdict = vote.verdict();
  return result;
}

std::string visible(std::string_view text) {
  std::string shown;
  for (const char c : text) {
    if (c == '\x1d')
      shown += "<GS>";
    else
      shown += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  }
  return shown;
}

}  // namespace batchwright::client::cli
