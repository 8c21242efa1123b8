#include "client/camera/evidence.h"

#include "base/bytes.h"
#include "base/sha256.h"
#include "client/file.h"
#include "vision/evidence.h"

namespace batchwright::client {

namespace {

constexpr std::size_t kProgramBytesMax = 256u << 20;

}  // namespace

Result<std::string> engine_sha256(const std::filesystem::path& program) {
  const auto bytes = load_file(program, kProgramBytesMax);
  if (!bytes) return std::unexpected(bytes.error());
  return to_hex(sha256(*bytes));
}

std::string evidence_document(const vision::Check& check, const CheckJob& job,
                              const CheckOutcome& outcome, const std::string& engine_sha256_hex) {
  const std::vector<std::string_view> frames(outcome.frames.begin(), outcome.frames.end());
  vision::EngineIdentity engine;
  engine.sha256_hex = engine_sha256_hex;
  const auto decision =
      job.is_sequence ? vision::Decision::kLastFrame : vision::Decision::kTwoAgree;
  return file_of(vision::make_evidence(check, frames, job.expected, std::move(engine),
                                       outcome.result, decision, to_string(job.source)));
}

}  // namespace batchwright::client
