#include "vision/engine/ready_check.h"

#include "base/bytes.h"
#include "base/sha256.h"

namespace batchwright::vision {

namespace {

constexpr std::size_t kReasonBytesMax = 400;
constexpr const char* kUnusable = "The check can't be used: ";

}  // namespace

CheckEngine* ReadyCheck::prepare(std::span<const std::uint8_t> check, std::string& problem) {
  const std::string_view bytes(reinterpret_cast<const char*>(check.data()), check.size());
  if (engine_ && engine_->check().sha256_hex == to_hex(sha256(bytes))) return &*engine_;
  engine_.reset();
  auto reading = check_from_json(bytes);
  if (!reading.check) {
    problem = kUnusable + reading.findings.front().place + ": " + reading.findings.front().message;
    return nullptr;
  }
  auto engine = CheckEngine::prepare(std::move(*reading.check));
  if (!engine) {
    problem = kUnusable + engine.error().message;
    return nullptr;
  }
  engine_ = std::move(*engine);
  return &*engine_;
}

CheckResult not_judged(std::string reason) {
  CheckResult result;
  // Cut where no character is broken.
  std::size_t end = std::min(reason.size(), kReasonBytesMax);
  while (end < reason.size() && end > 0 && (static_cast<unsigned char>(reason[end]) & 0xc0) == 0x80)
    --end;
  reason.resize(end);
  result.reason = std::move(reason);
  return result;
}

}  // namespace batchwright::vision
